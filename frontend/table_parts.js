// A table that folds into cards loses its meaning to some screen readers, so its parts are named.
const ROLES = { table: "table", "thead, tbody, tfoot": "rowgroup", tr: "row", td: "cell" };

export function nameTableParts(scope) {
  scope.querySelectorAll("table.gt-table--folds").forEach((table) => {
    Object.entries(ROLES).forEach(([selector, role]) => {
      const parts = selector === "table" ? [table] : table.querySelectorAll(selector);
      parts.forEach((part) => part.setAttribute("role", role));
    });
    table.querySelectorAll("th").forEach((heading) => {
      heading.setAttribute("role", heading.closest("thead") ? "columnheader" : "rowheader");
    });
  });
}
