from __future__ import annotations

from importlib import resources

import pytest

from goldenthread.domain.framework import FrameworkError, parse_framework
from goldenthread.domain.kinds import CycleKind

SHIPPED = (resources.files("goldenthread.organisation") / "framework.toml").read_text("utf-8")


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(FrameworkError) as caught:
        parse_framework(text)
    return caught.value.problems


def changed(before: str, after: str, *, times: int = -1) -> str:
    assert before in SHIPPED, before
    return SHIPPED.replace(before, after, times)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            changed('parts = ["actions", "indicators"]', 'parts = ["actions", "actions"]'),
            'reports.six_weekly.parts[2] is "actions", as reports.six_weekly.parts[1] is: '
            "it must be there only once",
            id="a part twice",
        ),
        pytest.param(
            changed('{ body = "SCRUTINY", days', '{ body = "DMT", days'),
            'timetable.most_days_after_quarter[2].body is "DMT", as '
            "timetable.most_days_after_quarter[1] is: it must be there only once",
            id="a longest wait twice",
        ),
        pytest.param(
            changed('{ body = "SCRUTINY", days', '{ body = "THEMATIC_PARTNERSHIPS", days'),
            'timetable.most_days_after_quarter[2].body is "THEMATIC_PARTNERSHIPS", which receives '
            "no report: it must be one of DMT, SCRUTINY, PDC, LSP_EXECUTIVE_BOARD, "
            "LSP_STRATEGIC_BOARD, COUNCIL",
            id="a longest wait of a forum that has no report",
        ),
        pytest.param(
            changed('{ body = "SCRUTINY", scope', '{ body = "DMT", scope', times=1),
            'reports.quarterly.receives[2].body is "DMT", as reports.quarterly.receives[1] is: '
            "it must be there only once",
            id="a forum twice",
        ),
        pytest.param(
            changed('{ body = "COUNCIL", scope', '{ body = "COUNSIL", scope'),
            'reports.annual.receives[3].body is "COUNSIL": it must be one of DMT, SCRUTINY, PDC, '
            "LSP_EXECUTIVE_BOARD, LSP_STRATEGIC_BOARD, THEMATIC_PARTNERSHIPS, COUNCIL, or the code of "
            "a forum in forums; did you mean COUNCIL?",
            id="a forum that nobody knows",
        ),
        pytest.param(
            changed('{ body = "COUNCIL", scope', '{ body = "xyz", scope'),
            'reports.annual.receives[3].body is "xyz": it must be one of DMT, SCRUTINY, PDC, '
            "LSP_EXECUTIVE_BOARD, LSP_STRATEGIC_BOARD, THEMATIC_PARTNERSHIPS, COUNCIL, or the code of "
            "a forum in forums",
            id="a forum unlike any",
        ),
        pytest.param(
            f'{SHIPPED}\n[[forums]]\ncode = "The Cabinet"\nlabel = "Cabinet"\n',
            'forums[1].code is "The Cabinet": it must be letters, digits, - and _ only, at most 40',
            id="a forum whose code is words",
        ),
        pytest.param(
            f'{SHIPPED}\n[[forums]]\ncode = "dmt"\nlabel = "Managers"\n',
            'forums[1].code is "dmt": the framework knows that forum already, so leave it out here '
            "or choose another code",
            id="a forum that is known",
        ),
        pytest.param(
            SHIPPED + 2 * '\n[[forums]]\ncode = "CABINET"\nlabel = "Cabinet"\n',
            'forums[2].code is "CABINET", as forums[1] is: it must be there only once',
            id="a forum of one's own twice",
        ),
        pytest.param(
            changed('"COUNCIL", scope', '"COUNCIL", parts = ["risks"], scope'),
            'reports.annual.receives[3].parts[1] is "risks": it must be one of the report\'s parts, '
            "actions, indicators, evaluations",
            id="a part that the report has not",
        ),
        pytest.param(
            changed('"COUNCIL", scope', '"COUNCIL", parts = ["actions", "actions"], scope'),
            'reports.annual.receives[3].parts[2] is "actions", as reports.annual.receives[3].parts[1] '
            "is: it must be there only once",
            id="a forum's part twice",
        ),
        pytest.param(
            changed(
                '"LSP_EXECUTIVE_BOARD", scope', '"LSP_EXECUTIVE_BOARD", parts = ["actions"], scope'
            ),
            'reports.quarterly.receives[4].parts lacks "indicators": with the scope laa_and_scs '
            "LSP_EXECUTIVE_BOARD would receive nothing else",
            id="targets without indicators",
        ),
        pytest.param(
            changed('key = "improvements"', 'key = "on_track"'),
            'overview.questions[2].key is "on_track", as overview.questions[1] is: '
            "it must be there only once",
            id="a question twice",
        ),
        pytest.param(
            changed('parts = ["actions", "indicators"]', "parts = []"),
            "reports.six_weekly.parts is empty: DMT would receive a report with nothing in it, "
            "so name its parts",
            id="a report of nothing",
        ),
        pytest.param(
            changed('"papers_out", forum = "DMT"', '"laa_data_from_county"', times=1),
            "timetable.six_weekly has no step papers_out: DMT would receive a report without "
            "papers, so say when they go out",
            id="a report without papers",
        ),
        pytest.param(
            changed('"papers_out", forum = "DMT"', '"papers_out", forum = "PDC"', times=1),
            'timetable.six_weekly[2].forum is "PDC": it must be one of those in '
            "reports.six_weekly.receives, DMT",
            id="papers for a forum that receives no report",
        ),
        pytest.param(
            changed('"papers_out", forum = "DMT"', '"papers_out"', times=1),
            'timetable.six_weekly[2].forum is "": it must be one of those in '
            "reports.six_weekly.receives, DMT",
            id="papers for nobody",
        ),
        pytest.param(
            changed('asks_for = ["action", "indicator", "risk_action"]', 'asks_for = ["action"]'),
            'reports.quarterly.asks_for lacks "risk_action": reports.quarterly.parts has "risks", '
            "made of those returns",
            id="a part that nobody is asked for",
        ),
        pytest.param(
            changed("exception_reports = true", "exception_reports = false"),
            "reports.quarterly.exception_reports is false: "
            'reports.quarterly.parts must not have "exception_reports"',
            id="exception reports shown but not asked",
        ),
        pytest.param(
            changed("exception_reports = false", "exception_reports = true", times=1),
            "reports.six_weekly.exception_reports is true: "
            'reports.six_weekly.parts must have "exception_reports"',
            id="exception reports asked but not shown",
        ),
        pytest.param(
            changed('ratings = ["red", "amber"]', 'ratings = ["red", "green"]'),
            'exception_reports.ratings[2] is "green": it must be red or amber',
            id="exceptions to nothing",
        ),
        pytest.param(
            changed('key = "limits"', 'key = "why"'),
            'exception_reports.questions lacks the key "limits": '
            "it must ask each of the six questions",
            id="a question that E-2 asks is gone",
        ),
        pytest.param(
            changed("green_within = 0\n", "green_within = 0.1\n"),
            "rating.rule.amber_within is 0.05: it must be at least green_within, which is 0.1",
            id="amber inside green",
        ),
        pytest.param(
            changed('anchor = "quarter_end"', 'anchor = "exceptions_discussed"'),
            'timetable.quarterly[1] counts from "exceptions_discussed", but no step before it is '
            "exceptions_discussed: it must come after it",
            id="a step counted from a later one",
        ),
        pytest.param(
            changed('"exceptions_discussed", forum = "DMT"', '"papers_out", forum = "DMT"').replace(
                "offset_days = 7", "offset_days = -7"
            ),
            'timetable.six_weekly[4] is "papers_out for DMT", as timetable.six_weekly[2] is: '
            "it must be there only once",
            id="a step twice",
        ),
    ],
)
def test_contradiction_is_named_with_its_places(text: str, problem: str) -> None:
    assert problem in problems_of(text)


def test_report_that_nobody_receives_needs_no_papers() -> None:
    annual = SHIPPED[SHIPPED.index("[reports.annual]") : SHIPPED.index("[exception_reports]")]
    unread = annual[: annual.index("receives = [")] + "receives = []\n"
    steps = SHIPPED[SHIPPED.index("\nannual = [") :]
    text = SHIPPED.replace(annual, unread).replace(steps, "\nannual = []\n")
    assert parse_framework(text).timetable.rules[CycleKind.ANNUAL] == ()


def test_timetable_without_its_meeting_is_refused() -> None:
    meeting = SHIPPED.index('    { step = "forum_receives"')
    text = SHIPPED[:meeting] + SHIPPED[SHIPPED.index("\n", meeting) + 1 :]
    assert problems_of(text) == (
        "timetable.six_weekly has 0 steps forum_receives: it must have one, the meeting itself",
    )


def test_overview_without_questions_is_refused() -> None:
    start = SHIPPED.index("[[overview.questions]]")
    end = SHIPPED.index("[rating]")
    text = SHIPPED[:start] + "[overview]\nquestions = []\n" + SHIPPED[end:]
    assert problems_of(text) == ("overview.questions is empty: it must have at least one question",)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            "amber_within = 0.05",
            "amber_within = 5",
            "rating.rule.amber_within is 5: it must be a share of the target, such as 0.05 for 5%",
        ),
        (
            "green_within = 0\n",
            "green_within = -2\n",
            "rating.rule.green_within is -2: it must be a share of the target, such as 0.05 for 5%",
        ),
    ],
)
def test_a_share_of_the_target_written_as_a_percentage_is_pointed_out(
    before: str, after: str, problem: str
) -> None:
    assert problem in problems_of(changed(before, after))


def test_a_tolerance_in_the_unit_itself_may_be_more_than_one() -> None:
    absolute = changed('measure = "relative"', 'measure = "absolute"')
    framework = parse_framework(absolute.replace("amber_within = 0.05", "amber_within = 5"))
    assert framework.rating.rule.amber_within == 5


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            "officers_days_before = [10, 3, 0]",
            "officers_days_before = [10, 91]",
            "reminders.officers_days_before[2] is 91: it must be from 0 to 90 days",
        ),
        (
            "lead_officer_days_after = [2]",
            "lead_officer_days_after = [0]",
            "reminders.lead_officer_days_after[1] is 0: it must be from 1 to 90 days",
        ),
        (
            "officers_days_after = [1]",
            "officers_days_after = [1, 2, 1]",
            'reminders.officers_days_after[3] is "1", as reminders.officers_days_after[1] is: '
            "it must be there only once",
        ),
    ],
)
def test_a_day_of_reminders_that_cannot_be_is_pointed_out(
    before: str, after: str, problem: str
) -> None:
    assert problem in problems_of(changed(before, after))
