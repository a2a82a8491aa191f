from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.closing import Closing, Course, closing_on
from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.obligations import Window
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.organisation.models import Council
from goldenthread.persistence.fields import EnumField, OptionalEnumField

# A check that comes to NULL lets a row in, so each day is asked for by itself.
_HAS_DAYS = Q(starts_on__isnull=False, ends_on__isnull=False)


class ReportingCycle(models.Model):
    """One turn of reporting: the period it looks at, and the days in which it takes returns.

    A six-weekly cycle takes them before its quarter has ended, a quarterly and an annual one after.
    All days are inclusive. `year` is the calendar year that the financial year starts in. From
    `locks_on` on, or once somebody locks it, it takes nothing, also not from those who answer for its
    plans. Somebody who closed it to officers before the end of its last day did so at `closed_at`.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=20)
    kind = EnumField(CycleKind)
    quarter = models.PositiveSmallIntegerField()
    observes_from = models.DateField()
    observes_to = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    locks_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "year", "code"], name="cycle_code_unique_in_year"
            ),
            models.CheckConstraint(
                condition=Q(observes_from__lte=F("observes_to")), name="cycle_observes_some_days"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")), name="cycle_is_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__gt=F("observes_from")),
                name="cycle_opens_after_its_period_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind=CycleKind.SIX_WEEKLY) | Q(opens_on__gt=F("observes_to")),
                name="whole_period_ends_before_cycle_opens",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="cycle_is_locked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(locks_on=None) | Q(locks_on__gt=F("due_on")),
                name="cycle_is_locked_after_its_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.council.name})"

    @property
    def financial_year(self) -> FinancialYear:
        """The year it reports on, which starts in the month that its first quarter starts in."""
        quarters_before = 0 if self.kind is CycleKind.ANNUAL else self.quarter - 1
        first_month = (self.observes_from.month - 1 - 3 * quarters_before) % 12 + 1
        return FinancialYear(self.year, first_month)

    @property
    def title(self) -> str:
        """What people call the cycle: Quarter 1, 2009/10."""
        names = {
            CycleKind.SIX_WEEKLY: f"Six-weekly update {self.quarter}",
            CycleKind.QUARTERLY: f"Quarter {self.quarter}",
            CycleKind.ANNUAL: "Annual report",
        }
        return f"{names[self.kind]}, {FinancialYear(self.year).label}"

    @property
    def slug(self) -> str:
        """How a command names the cycle: 2009-10/Q1."""
        return f"{FinancialYear(self.year).slug}/{self.code}"

    def closing_on(self, today: date) -> Closing:
        """Say how far the cycle is closed on a day."""
        return closing_on(today, self.course)

    def is_locked_on(self, today: date) -> bool:
        """Test whether the cycle is locked on a day, by its date or by somebody."""
        return self.course.is_locked_on(today)

    @property
    def course(self) -> Course:
        """Its steps as their rules know them."""
        return Course(
            earliest=self.earliest_opening,
            opens_on=self.opens_on,
            due_on=self.due_on,
            locks_on=self.locks_on,
            is_closed=self.closed_at is not None,
            is_locked=self.locked_at is not None,
        )

    @property
    def earliest_opening(self) -> date:
        """The first day on which it could open: after its period, or after that has begun."""
        is_early = self.kind is CycleKind.SIX_WEEKLY
        return (self.observes_from if is_early else self.observes_to) + ONE_DAY

    @property
    def window(self) -> Window:
        return Window(
            observes_from=self.observes_from,
            observes_to=self.observes_to,
            opens_on=self.opens_on,
            due_on=self.due_on,
        )


class Milestone(models.Model):
    """An entry of the reporting timetable (clause T-1).

    One that was moved by hand keeps in words the date it first had, and why it was moved; one that
    was proposed keeps how its date followed from the meetings.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    step = EnumField(Step)
    forum = OptionalEnumField(BodyKind)
    precision = EnumField(Precision)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    first_planned = models.CharField(max_length=80, blank=True)
    moved_because = models.TextField(blank=True)
    derivation = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "number"], name="milestone_number_unique_in_cycle"
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.TO_BE_CONFIRMED, starts_on=None, ends_on=None)
                | (_HAS_DAYS & Q(precision=Precision.DAY, starts_on=F("ends_on")))
                | (
                    _HAS_DAYS
                    & Q(
                        precision__in=[Precision.WEEK, Precision.RANGE],
                        starts_on__lt=F("ends_on"),
                    )
                ),
                name="milestone_dates_suit_its_precision",
            ),
            models.CheckConstraint(
                condition=Q(first_planned="", moved_because="")
                | (~Q(first_planned="") & ~Q(moved_because="")),
                name="moved_milestone_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug} #{self.number}: {self.step.value} {self.forum or ''}".rstrip()

    @property
    def entry(self) -> TimetableEntry:
        """The milestone as the timetable's rules know it."""
        return TimetableEntry(
            quarter=self.cycle.quarter,
            report=self.cycle.kind,
            step=self.step,
            forum=self.forum,
            precision=self.precision,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )

    @property
    def when(self) -> str:
        """The date as a paper prints it: 8 June 2009, week commencing 29 June 2009."""
        return self.entry.when

    @property
    def what(self) -> str:
        """What happens on it: DMT receives the report."""
        return self.entry.what
