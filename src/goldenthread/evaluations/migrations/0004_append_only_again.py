from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_sent_back")]

    operations = [MakeAppendOnly("evaluations_historicalevaluation")]
