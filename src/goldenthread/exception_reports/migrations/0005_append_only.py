from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("exception_reports", "0004_words_for_going_back")]

    # SQLite lost the guards of what a migration before made anew.
    operations = [
        MakeAppendOnly("exception_reports_historicalexceptionreport"),
        MakeAppendOnly("exception_reports_historicalplannedstep"),
        MakeAppendOnly("exception_reports_stepfollowup"),
        MakeAppendOnly("exception_reports_endorsement"),
        MakeAppendOnly("exception_reports_countyfile"),
    ]
