from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        MakeAppendOnly("reporting_historicalactionupdate"),
        MakeAppendOnly("reporting_historicalindicatorupdate"),
    ]
