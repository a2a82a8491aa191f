from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_filing_closing_and_sign_off")]

    # SQLite made the tables of versions anew, and lost their guards.
    operations = [
        MakeAppendOnly("reporting_historicalactionupdate"),
        MakeAppendOnly("reporting_historicalindicatorupdate"),
        MakeAppendOnly("reporting_correction"),
        MakeAppendOnly("reporting_lettingin"),
        MakeAppendOnly("reporting_signoff"),
    ]
