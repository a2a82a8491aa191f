from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("statements", "0005_sent_back")]

    operations = [
        MakeAppendOnly("statements_historicalplanstatement"),
        MakeAppendOnly("statements_historicalfinancestatement"),
    ]
