from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from goldenthread.audit.models import AuditEntry
from goldenthread.exception_reports.models import CountyFile, Endorsement, StepFollowUp
from goldenthread.indicators.models import TargetRevision
from goldenthread.packs.models import Pack, PackEdition, PackFile
from goldenthread.persistence.append_only import MakeAppendOnly
from goldenthread.plans.models import DueRevision
from goldenthread.reporting.models import Correction, LettingIn, SignOff, StepTaken
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    AuditEntryFactory,
    CorrectionFactory,
    CountyFileFactory,
    DueRevisionFactory,
    EndorsementFactory,
    EvaluationFactory,
    FinanceFigureFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    MeasurementFactory,
    PackEditionFactory,
    PackFileFactory,
    PlanStatementFactory,
    RiskActionUpdateFactory,
    SignOffFactory,
    StepFollowUpFactory,
    StepTakenFactory,
    TargetRevisionFactory,
)
from tests.guards import guards_lifted

HISTORIES = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if model.__name__.startswith("Historical") and model.__module__.startswith("goldenthread.")
)
TABLES = [
    *(
        model._meta.db_table
        for model in (
            *(AuditEntry, Correction, LettingIn, Pack, PackEdition, PackFile, SignOff),
            *(CountyFile, Endorsement, StepFollowUp, StepTaken),
            *(TargetRevision, DueRevision),
        )
    ),
    *HISTORIES,
]


def _fill() -> None:
    """Put a row at least into each of the tables."""
    AuditEntryFactory()
    PackEditionFactory()
    PackFileFactory()
    CorrectionFactory()
    LettingInFactory()
    SignOffFactory()
    StepTakenFactory()
    ActionFactory()
    TargetRevisionFactory()
    DueRevisionFactory()
    MeasurementFactory()
    ActionUpdateFactory()
    IndicatorUpdateFactory()
    StepFollowUpFactory()
    EndorsementFactory()
    CountyFileFactory()
    PlanStatementFactory()
    FinanceFigureFactory()
    RiskActionUpdateFactory()
    EvaluationFactory()


def _key(table: str) -> str:
    return "history_id" if table in HISTORIES else "id"


def _execute(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        changed: int = cursor.rowcount
    return changed


def _change_something_in(table: str) -> int:
    return _execute(f"UPDATE {table} SET {_key(table)} = {_key(table)}")  # noqa: S608


def test_every_record_with_versions_is_among_them() -> None:
    assert len(HISTORIES) == 15


@pytest.mark.parametrize("table", TABLES)
def test_nobody_can_change_what_is_kept_for_good(db: None, table: str) -> None:
    _fill()

    with pytest.raises(DatabaseError, match=f"{table} is append-only"):
        _change_something_in(table)


@pytest.mark.parametrize("table", TABLES)
def test_nobody_can_remove_what_is_kept_for_good(db: None, table: str) -> None:
    _fill()

    with pytest.raises(DatabaseError, match=f"{table} is append-only"):
        _execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_nobody_can_empty_a_table_at_once(db: None, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")

    with pytest.raises(DatabaseError, match=r"\w+ is append-only"):
        _execute(f"TRUNCATE {table} CASCADE")


def test_a_row_can_be_added(db: None) -> None:
    AuditEntryFactory()

    assert AuditEntry.objects.count() == 1


def test_every_guard_goes_backwards_and_forwards(transactional_db: None) -> None:
    _fill()

    with guards_lifted(connection.alias):
        assert all(_change_something_in(table) for table in TABLES)

    for table in TABLES:
        with pytest.raises(DatabaseError, match="append-only"):
            _change_something_in(table)


def test_a_migration_with_guards_goes_backwards_and_forwards(transactional_db: None) -> None:
    call_command("migrate", "audit", "0001", verbosity=0)
    AuditEntryFactory()
    assert _change_something_in("audit_auditentry") == 1

    call_command("migrate", "audit", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"):
        _change_something_in("audit_auditentry")


def test_the_operation_says_what_it_makes() -> None:
    operation = MakeAppendOnly("audit_auditentry")

    assert operation.describe() == "Make audit_auditentry append-only"
    assert operation.migration_name_fragment == "audit_auditentry_append_only"


def test_the_operation_changes_nothing_that_models_know() -> None:
    state = ProjectState()

    MakeAppendOnly("audit_auditentry").state_forwards("audit", state)

    assert state == ProjectState()
