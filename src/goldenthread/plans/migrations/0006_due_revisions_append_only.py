from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_due_revisions")]

    operations = [MakeAppendOnly("plans_duerevision")]
