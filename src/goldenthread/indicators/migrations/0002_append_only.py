from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        MakeAppendOnly("indicators_historicalindicator"),
        MakeAppendOnly("indicators_historicalmeasurement"),
        MakeAppendOnly("indicators_historicaltarget"),
    ]
