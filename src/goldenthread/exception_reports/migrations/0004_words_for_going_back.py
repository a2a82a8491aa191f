from __future__ import annotations

from typing import Any

from django.db import migrations


def write_steps_as_words(apps: Any, schema_editor: Any) -> None:
    """Write each submitted report's steps, or the County's words, where they once were asked for."""
    reports = apps.get_model("exception_reports", "ExceptionReport").objects
    for report in reports.filter(submitted_at__isnull=False).prefetch_related("steps"):
        steps = [f"{step.what} by {step.due_on}" for step in report.steps.all() if step.what]
        countys = report.county_words or "See the County's exception report."
        report.why = report.why or countys
        report.planned = report.planned or "; ".join(steps) or countys
        report.needs_resources = bool(report.needs_resources)
        report.is_exceptional = bool(report.is_exceptional)
        report.save()


class Migration(migrations.Migration):
    dependencies = [("exception_reports", "0003_steps_review_and_the_countys_report")]

    operations = [migrations.RunPython(migrations.RunPython.noop, write_steps_as_words)]
