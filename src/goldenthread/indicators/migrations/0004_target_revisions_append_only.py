from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_target_revisions")]

    operations = [MakeAppendOnly("indicators_targetrevision")]
