from __future__ import annotations

from importlib import resources

import pytest

from goldenthread.domain.framework import FrameworkError, parse_framework

SHIPPED = (resources.files("goldenthread.organisation") / "framework.toml").read_text("utf-8")


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(FrameworkError) as caught:
        parse_framework(text)
    return caught.value.problems


def changed(before: str, after: str, *, times: int = -1) -> str:
    assert before in SHIPPED, before
    return SHIPPED.replace(before, after, times)


PARTS = "overview, actions, indicators, exception_reports, risks, finance, evaluations"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            changed('"exception_reports", "risks",', '"exception_reports", "risk",'),
            f'reports.quarterly.parts[5] is "risk": it must be one of {PARTS}; did you mean risks?',
            id="a word that is not in the list",
        ),
        pytest.param(
            changed('measure = "relative"', 'measure = "xxxx"'),
            'rating.rule.measure is "xxxx": it must be one of relative, absolute, explicit',
            id="a word like none in the list",
        ),
        pytest.param(
            changed('label = "Quarterly performance report"\n', ""),
            "reports.quarterly.label is missing: it must be text in quotes",
            id="a missing key",
        ),
        pytest.param(
            changed("[[overview.questions]]", "[[overviews.questions]]"),
            "overview is missing: it must be a table of questions",
            id="a missing table",
        ),
        pytest.param(
            changed("[[overview.questions]]", "[[overviews.questions]]"),
            "overviews is not known: did you mean overview?",
            id="an unknown table",
        ),
        pytest.param(
            changed("amber_within = 0.05", "amber_withn = 0.05"),
            "rating.rule.amber_withn is not known: did you mean amber_within?",
            id="a key of the rating rule misspelt",
        ),
        pytest.param(
            changed('rates = "', 'zzz = 1\nrates = "'),
            "rating.zzz is not known: the keys here are "
            "words, rates, counts_not_due_to_start, rule",
            id="an unknown key like no other",
        ),
        pytest.param(
            changed('version = "2009-10"', "version = 2009-10-01"),
            "version is 2009-10-01: it must be text in quotes",
            id="a date for text",
        ),
        pytest.param(
            changed('items = ["action", "indicator"]', "items = 10:30:00"),
            "exception_reports.items is 10:30:00: it must be a list in [square brackets]",
            id="a time for a list",
        ),
        pytest.param(
            changed("exception_reports = true", 'exception_reports = "yes"'),
            'reports.quarterly.exception_reports is "yes": it must be true or false',
            id="text for a switch",
        ),
        pytest.param(
            changed("offset_days = -8", "offset_days = true"),
            "timetable.six_weekly[1].offset_days is true: it must be a whole number",
            id="a switch for a number",
        ),
        pytest.param(
            changed("green_within = 0\n", "green_within = []\n"),
            "rating.rule.green_within is an empty list: it must be a number",
            id="a list for a number",
        ),
        pytest.param(
            changed("amber_within = 0.05", "amber_within = nan"),
            "rating.rule.amber_within is nan: it must be a number",
            id="a number that is none",
        ),
        pytest.param(
            changed('label = "Annual report"', "label = { a = 1 }"),
            "reports.annual.label is a table: it must be text in quotes",
            id="a table for text",
        ),
        pytest.param(
            changed('body = "COUNCIL"', 'body = ["COUNCIL"]'),
            "reports.annual.receives[3].body is a list: it must be text in quotes",
            id="a list for a word",
        ),
        pytest.param(
            changed('papers_out", forum = "DMT"', 'papers_out", forum = 3'),
            "timetable.six_weekly[2].forum is 3: it must be one of DMT, SCRUTINY, PDC, "
            "LSP_EXECUTIVE_BOARD, LSP_STRATEGIC_BOARD, THEMATIC_PARTNERSHIPS, COUNCIL",
            id="a number for a word that may be left out",
        ),
        pytest.param(
            changed("starts_month = 4", "starts_month = 13"),
            "financial_year_starts_month is 13: it must be 12 or less",
            id="a number too large",
        ),
        pytest.param(
            changed("before_deadline = 14", "before_deadline = 0"),
            "timetable.opens_days_before_deadline is 0: it must be 1 or more",
            id="a number too small",
        ),
        pytest.param(
            changed('key = "on_track"', 'key = "On track"'),
            'overview.questions[1].key is "On track": it must be small letters, digits and _ only, '
            "beginning with a letter",
            id="a key with a space",
        ),
        pytest.param(
            changed('key = "on_track"', f'key = "{"a" * 41}"'),
            f'overview.questions[1].key is "{"a" * 39}…": it must be at most 40 characters long',
            id="a key too long",
        ),
        pytest.param(
            changed('version = "2009-10"', 'version = " "'),
            'version is " ": it must be some words',
            id="a blank",
        ),
        pytest.param(
            changed("offset_days = -5 },", "offset_days = 5 },", times=1),
            "timetable.six_weekly[2]: the step papers_out comes before its meeting: it must count "
            "from forum_receives, with days below 0",
            id="papers after their meeting",
        ),
    ],
)
def test_value_that_does_not_fit_is_named_with_what_is_right(text: str, problem: str) -> None:
    assert problem in problems_of(text)


def test_all_values_that_do_not_fit_are_named_at_once() -> None:
    text = changed("starts_month = 4", "starts_month = 0").replace('version = "', 'verson = "')
    assert len(problems_of(text)) == 3


def test_no_message_speaks_of_inputs_and_arrays() -> None:
    said = " ".join(problems_of("name = 3\nreports = 4\nrating = []\n"))
    assert "Input" not in said
    assert "valid" not in said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            'name "x"',
            'line 1, column 6 ("name "x""): there must be = between the key and its value',
            id="no equals sign",
        ),
        pytest.param(
            "a = 1\nversion = 2009/10\n",
            'line 2, column 15 ("version = 2009/10"): something is left over at the end of this line',
            id="text without quotes that begins as a number",
        ),
        pytest.param(
            "name = x",
            'line 1, column 8 ("name = x"): the value must be text in quotes, '
            "a number, true, false or a [list]",
            id="text without quotes",
        ),
        pytest.param(
            "a = 1\na = 2\n",
            'line 2, column 6 ("a = 2"): this is given twice; it must be there only once',
            id="a key twice",
        ),
        pytest.param(
            "a = [1\n", "The document ends too soon: a list must end with ]", id="an open list"
        ),
        pytest.param(
            "a = 2009-02-30",
            'line 1, column 5 ("a = 2009-02-30"): invalid date or datetime',
            id="a day that is none",
        ),
        pytest.param(
            f"a = {'9' * 5000}",
            "The document cannot be read: a number has too many digits",
            id="a number of 5,000 digits",
        ),
        pytest.param(
            f"a = {'[' * 100_000}",
            "The document has too many brackets inside brackets",
            id="100,000 brackets",
        ),
    ],
)
def test_broken_text_is_refused_with_its_line_and_column(text: str, problem: str) -> None:
    assert problems_of(text) == (problem,)
