from __future__ import annotations

from django.db import migrations

from goldenthread.persistence.append_only import MakeAppendOnly


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_budgets_and_risks")]

    operations = [
        MakeAppendOnly("plans_historicalbudgetline"),
        MakeAppendOnly("plans_historicalriskaction"),
    ]
