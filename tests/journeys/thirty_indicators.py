"""Run in a process of its own: one officer's indicators become thirty, each with a quarter's figure due."""

from __future__ import annotations

import django
from django.conf import settings

django.setup()

# The models stand only once Django is set up.
from decimal import Decimal  # noqa: E402

from goldenthread.demo.people import NAME  # noqa: E402
from goldenthread.domain.kinds import Frequency, Unit  # noqa: E402
from goldenthread.domain.outturn import Accumulation  # noqa: E402
from goldenthread.domain.periods import FinancialYear, quarter  # noqa: E402
from goldenthread.domain.rating import Polarity, TargetFigures  # noqa: E402
from goldenthread.indicators.models import Indicator  # noqa: E402
from goldenthread.indicators.operations import (  # noqa: E402
    GivenFigure,
    add_indicator,
    record_history,
    set_target,
)
from goldenthread.organisation.models import Council  # noqa: E402
from goldenthread.plans.models import Plan  # noqa: E402
from goldenthread.plans.operations import place_indicator  # noqa: E402

POST = "Principal Economic Development Officer"
MANY = 30


def main() -> None:
    """Add indicators to the officer's post until there are thirty new ones."""
    council, at = Council.objects.get(name=NAME), settings.CLOCK()
    plan = Plan.objects.get(council=council, code="AESE")
    post = council.posts.get(title=POST)
    for number in range(1, MANY + 1):
        indicator = Indicator(
            council=council,
            reference=f"EDO{number:02}",
            definition=f"Firms helped in area {number}",
            polarity=Polarity.HIGH,
            unit=Unit.NUMBER,
            frequency=Frequency.QUARTERLY,
            accumulation=Accumulation.SUM,
            indicator_officer=post,
        )
        add_indicator(indicator, kinds=[], by=None, at=at)
        target = TargetFigures(value=Decimal(100))
        set_target(indicator=indicator, year=FinancialYear(2009), figures=target, by=None, at=at)
        given = GivenFigure(period=quarter(FinancialYear(2009), 1), value=Decimal(20))
        record_history(indicator=indicator, figures=[given], by=None, at=at)
        place_indicator(plan=plan, indicator=indicator, number=100 + number, by=None, at=at)
    print(f"{MANY} indicators")  # noqa: T201


if __name__ == "__main__":
    main()
