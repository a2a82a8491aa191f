from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_initial")]

    operations = [MakeAppendOnly("risks_historicalriskactionupdate")]
