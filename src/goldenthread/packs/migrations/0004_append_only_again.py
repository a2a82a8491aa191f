from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("packs", "0003_issues_editions_and_exemptions")]

    operations = [
        MakeAppendOnly("packs_pack"),
        MakeAppendOnly("packs_packfile"),
        MakeAppendOnly("packs_packedition"),
    ]
