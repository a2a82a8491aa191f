from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("statements", "0003_finance")]

    operations = [
        MakeAppendOnly("statements_historicalfinancestatement"),
        MakeAppendOnly("statements_historicalfinancefigure"),
    ]
