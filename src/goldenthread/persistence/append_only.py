"""Tables that the database itself lets nobody change or empty."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION goldenthread_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""


class MakeAppendOnly(Operation):
    """Refuse every UPDATE, DELETE and TRUNCATE of a table, whoever asks.

    It may be repeated: SQLite loses a table's guards when a later migration makes the table anew.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django keeps track of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.database_backwards(app_label, schema_editor, to_state, from_state)
        for statement in self._guards(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        on_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in self._names(schema_editor.connection.vendor):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}", params=None)

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_append_only"

    def _names(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [f"{self.table}_append_only"]
        return [f"{self.table}_no_update", f"{self.table}_no_delete"]

    def _guards(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                _POSTGRESQL_FUNCTION,
                f"CREATE TRIGGER {self.table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {self.table} FOR EACH STATEMENT EXECUTE FUNCTION goldenthread_refuse_change()",
            ]
        return [
            f"CREATE TRIGGER {self.table}_no_{deed.lower()} BEFORE {deed} ON {self.table} "
            f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
            for deed in ("UPDATE", "DELETE")
        ]
