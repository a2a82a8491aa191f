from __future__ import annotations

from datetime import UTC, date, datetime

from goldenthread.domain.kinds import Precision
from goldenthread.reporting.models import Milestone
from tests.factories import MilestoneFactory, ReportingCycleFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import all_by_class, links_on, main_of, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

WHERE = "/ashby/timetable/"


def test_the_years_timetable_stands_there_cycle_by_cycle(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.clerk).get(WHERE)

    assert words_on(response).startswith("Reporting timetable 2009/10")
    of_files = ("/ashby/timetable/2009-10/", "/ashby/my-dates/")
    links = links_on(response).items()
    assert {words: to for words, to in links if not to.startswith(of_files)} == {
        "Six-weekly update 1, 2009/10": "/ashby/cycles/2009-10/6W1/",
        "Quarter 1, 2009/10": "/ashby/cycles/2009-10/Q1/",
    }
    assert rows_on(response) == [
        "Quarter 1 (April to June 2009)",
        "Six-weekly update 1, 2009/10",
        "11 June 2009Papers sent out to DMTDirectors' management teamDMT",
        "16 June 2009DMT receives the reportDirectors' management teamDMT",
        "Quarter 1, 2009/10",
        "6 August 2009Papers sent out to DMT Next Directors' management teamDMT",
        "11 August 2009DMT receives the reportDirectors' management teamDMT",
    ]


def test_the_year_starts_in_the_month_that_the_framework_says(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    starts_in_month(ashby, 7)
    manager = sign_in(ashby.posts.manager)

    for where in (f"{WHERE}?year=2009-10", f"{WHERE}2009-10/edit/"):
        assert manager.get(where).context["year"].starts_on == date(2009, 7, 1)
    assert manager.get(f"{WHERE}2009-10/csv/").status_code == 200


def test_a_council_without_a_timetable_is_in_its_own_year(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    Milestone.objects.all().delete()
    ashby.council.cycles.all().delete()
    starts_in_month(ashby, 10)
    manager = sign_in(ashby.posts.manager)

    assert manager.get(WHERE).context["year"].label == "2008/09"
    proposed = manager.get(f"{WHERE}propose/").context["form"]["year"]
    assert proposed.value() == "2008/09"


def starts_in_month(council: SmallCouncil, month: int) -> None:
    kept = council.council.frameworks.get()
    kept.text = kept.text.replace(
        "financial_year_starts_month = 4", f"financial_year_starts_month = {month}"
    )
    kept.save()


def test_the_next_date_is_marked_until_the_year_is_over(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    upcoming = all_by_class(main_of(sign_in(ashby.posts.clerk).get(WHERE)), "gt-next")
    set_clock(datetime(2010, 8, 1, 10, tzinfo=UTC))
    afterwards = all_by_class(main_of(sign_in(ashby.posts.clerk).get(WHERE)), "gt-next")

    assert (len(upcoming), len(afterwards)) == (1, 0)


def test_how_long_each_forum_waits_is_for_the_performance_manager(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    waits = "Directors' management team42not setnot setnot set"

    assert waits in rows_on(sign_in(ashby.posts.manager).get(WHERE))
    assert waits not in rows_on(sign_in(ashby.posts.clerk).get(WHERE))


def test_what_is_past_is_marked(ashby: SmallCouncil, sign_in: SignIn) -> None:
    past = all_by_class(main_of(sign_in(ashby.posts.clerk).get(WHERE)), "gt-past")

    assert len(past) == 2


def test_a_date_to_be_confirmed_is_said_to_be(ashby: SmallCouncil, sign_in: SignIn) -> None:
    MilestoneFactory(
        cycle=ashby.quarter,
        precision=Precision.TO_BE_CONFIRMED,
        starts_on=None,
    )

    assert any(
        row.startswith("To be confirmed") for row in rows_on(sign_in(ashby.posts.clerk).get(WHERE))
    )


def test_a_day_that_looks_odd_is_pointed_out(ashby: SmallCouncil, sign_in: SignIn) -> None:
    MilestoneFactory(
        cycle=ashby.quarter,
        precision=Precision.WEEK,
        starts_on=date(2010, 4, 5),
        ends_on=date(2010, 4, 11),
    )

    seen = words_on(sign_in(ashby.posts.manager).get(WHERE))

    assert "2 things worth a look" in seen
    pointed_out = seen.split("Worth a look")[1]
    assert "5 April 2010 begins on Easter Monday" in pointed_out
    assert "The first working day of that week is 6 April 2010." in pointed_out
    assert "Easter Monday" not in words_on(sign_in(ashby.posts.clerk).get(WHERE))


def test_on_paper_the_reason_for_which_dates_moved_stands_once_below_them(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ashby.quarter.milestones.update(first_planned="3 August 2009", moved_because="The hall is let.")

    response = sign_in(ashby.posts.director).get("/ashby/timetable/?year=2009-10")

    on_paper = [
        " ".join("".join(each.itertext()).split())
        for each in all_by_class(main_of(response), "gt-on-paper")
    ]
    assert on_paper.count("(was 3 August 2009; reason 1)") == 2
    assert on_paper[-1] == "Moved because: (1) The hall is let."


def test_whatever_goes_together_needs_no_look(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert "The dates of this year go together." in words_on(
        sign_in(ashby.posts.manager).get(WHERE)
    )


def test_the_year_shown_is_the_one_that_reports(ashby: SmallCouncil, sign_in: SignIn) -> None:
    later = ReportingCycleFactory(
        council=ashby.council,
        year=2010,
        observes_from=date(2010, 4, 1),
        observes_to=date(2010, 6, 30),
        opens_on=date(2010, 7, 6),
        due_on=date(2010, 7, 20),
    )
    MilestoneFactory(cycle=later, starts_on=date(2010, 8, 5))

    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "Reporting timetable 2009/10" in said
    assert "2010/11" in said
    of_next_year = sign_in(ashby.posts.clerk).get(f"{WHERE}?year=2010-11")
    assert "Reporting timetable 2010/11" in words_on(of_next_year)
    nonsense = sign_in(ashby.posts.clerk).get(f"{WHERE}?year=soon")
    assert "Reporting timetable 2009/10" in words_on(nonsense)


def test_without_a_timetable_it_says_who_plans_one(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    Milestone.objects.all().delete()
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    assert "No timetable yet The performance manager" in words_on(
        sign_in(ashby.posts.clerk).get(WHERE)
    )


def test_nobody_of_another_council_sees_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(found_small_council("bexley").posts.manager).get(WHERE).status_code == 404
