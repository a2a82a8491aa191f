import { keepsItself } from "./drafts.js";

// Warns before leaving a page on which words were typed and neither sent nor kept as a draft. A form
// that came back with errors holds such words from its start.
export function keepTyped(page) {
  const unsaved = new Set(
    page.querySelector(".govuk-error-summary") ? page.querySelectorAll("form[data-keep-typed]") : [],
  );
  const formOf = (event) => event.target.closest?.("form[data-keep-typed]");

  page.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) unsaved.add(form);
  });
  page.addEventListener("submit", (event) => unsaved.delete(formOf(event)));
  page.addEventListener("htmx:after:request", (event) => {
    const keeps = event.target.matches?.("form[data-keep-typed], [data-keeps-draft]");
    if (keeps && event.detail.ctx.response.raw.ok) unsaved.delete(formOf(event));
  });
  window.addEventListener("beforeunload", (event) => {
    const forms = [...unsaved].filter((form) => form.isConnected && !keepsItself(form));
    if (forms.length) event.preventDefault();
  });
}
