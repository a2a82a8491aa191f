from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_cycle_steps")]

    operations = [MakeAppendOnly("reporting_steptaken")]
