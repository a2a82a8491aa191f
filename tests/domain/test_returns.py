from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.rating import Polarity, Rating
from goldenthread.domain.returns import (
    FigureAnswer,
    IndicatorAnswers,
    Problems,
    needs_judgement_reason,
    problems_with_action_return,
    problems_with_indicator_return,
)
from goldenthread.domain.suggestion import Suggestion

GREEN = Suggestion(rating=Rating.GREEN, reason="it is on target")
NONE = Suggestion(rating=None, reason="there is no figure yet")
WHOLE = IndicatorAnswers(
    rating=Rating.GREEN,
    commentary="The summer exhibition drew more than last year's.",
    estimated_outturn=Decimal(59000),
    no_estimate_reason="",
    judgement_reason="",
    figures={"june": FigureAnswer(value=Decimal(6000))},
)
UNTOUCHED = FigureAnswer()


def problems(
    answers: IndicatorAnswers,
    *,
    polarity: Polarity = Polarity.HIGH,
    suggestion: Suggestion = GREEN,
) -> Problems:
    return problems_with_indicator_return(
        answers, due=["june"], polarity=polarity, suggestion=suggestion
    )


class TestActionReturn:
    @pytest.mark.parametrize("rating", list(Rating))
    def test_rating_and_comment_are_enough(self, rating: Rating) -> None:
        assert problems_with_action_return(rating=rating, commentary="Sites visited.") == {}

    @pytest.mark.parametrize("rating", list(Rating))
    @pytest.mark.parametrize("commentary", ["", "  \n"], ids=["empty", "blank"])
    def test_comment_is_asked_for_whatever_the_rating(
        self, rating: Rating, commentary: str
    ) -> None:
        """Clause R-1."""
        assert set(problems_with_action_return(rating=rating, commentary=commentary)) == {
            "commentary"
        }

    def test_missing_rating_and_comment_are_both_named(self) -> None:
        assert set(problems_with_action_return(rating=None, commentary="")) == {
            "rating",
            "commentary",
        }


class TestIndicatorReturn:
    def test_whole_return_has_no_problem(self) -> None:
        assert problems(WHOLE) == {}

    @pytest.mark.parametrize("commentary", ["", " "], ids=["empty", "blank"])
    def test_comment_is_asked_for_also_when_ahead_of_target(self, commentary: str) -> None:
        """Clause R-2."""
        found = problems(replace(WHOLE, commentary=commentary))
        assert set(found) == {"commentary"}
        assert "also when they are good" in found["commentary"]

    def test_rating_is_asked_for(self) -> None:
        assert set(problems(replace(WHOLE, rating=None))) == {"rating"}

    def test_monitored_indicator_needs_no_rating(self) -> None:
        assert problems(replace(WHOLE, rating=None), polarity=Polarity.NONE, suggestion=NONE) == {}

    @pytest.mark.parametrize("reason", ["", "  "], ids=["empty", "blank"])
    def test_due_figure_is_asked_for(self, reason: str) -> None:
        answers = replace(WHOLE, figures={"june": FigureAnswer(unavailable_reason=reason)})
        assert set(problems(answers)) == {"june"}

    def test_nought_is_a_figure(self) -> None:
        answers = replace(WHOLE, figures={"june": FigureAnswer(value=Decimal(0))})
        assert problems(answers) == {}

    def test_reason_stands_in_for_a_due_figure(self) -> None:
        answers = replace(
            WHOLE, figures={"june": FigureAnswer(unavailable_reason="The counter broke.")}
        )
        assert problems(answers) == {}

    def test_figure_that_is_not_due_can_be_left_out(self) -> None:
        figures = {**WHOLE.figures, "july": UNTOUCHED}
        assert problems(replace(WHOLE, figures=figures)) == {}

    @pytest.mark.parametrize("name", ["june", "july"], ids=["due", "not due"])
    def test_figure_with_a_reason_for_having_none_is_refused(self, name: str) -> None:
        both = FigureAnswer(value=Decimal(0), unavailable_reason="The counter broke.")
        found = problems(replace(WHOLE, figures={**WHOLE.figures, name: both}))
        assert set(found) == {name}
        assert "not both" in found[name]

    def test_blank_reason_beside_a_figure_says_nothing(self) -> None:
        answer = FigureAnswer(value=Decimal(6000), unavailable_reason=" ")
        assert problems(replace(WHOLE, figures={"june": answer})) == {}

    @pytest.mark.parametrize("reason", ["", "  "], ids=["empty", "blank"])
    def test_estimate_or_its_reason_is_asked_for(self, reason: str) -> None:
        """Clause R-2."""
        answers = replace(WHOLE, estimated_outturn=None, no_estimate_reason=reason)
        assert set(problems(answers)) == {"estimated_outturn"}

    def test_reason_stands_in_for_an_estimate(self) -> None:
        """Oddity 5 of the source."""
        answers = replace(
            WHOLE, estimated_outturn=None, no_estimate_reason="The jobs come in two years."
        )
        assert problems(answers) == {}

    def test_estimate_with_a_reason_for_having_none_is_refused(self) -> None:
        found = problems(replace(WHOLE, no_estimate_reason="Too early to say."))
        assert set(found) == {"estimated_outturn"}
        assert "not both" in found["estimated_outturn"]

    @pytest.mark.parametrize("reason", ["", " \n "], ids=["empty", "blank"])
    def test_rating_against_the_figures_needs_its_reason(self, reason: str) -> None:
        answers = replace(WHOLE, rating=Rating.AMBER, judgement_reason=reason)
        found = problems(answers)
        assert set(found) == {"judgement_reason"}
        assert found["judgement_reason"].startswith(GREEN.sentence)

    def test_rating_against_the_figures_stands_with_its_reason(self) -> None:
        answers = replace(WHOLE, rating=Rating.AMBER, judgement_reason="A wing closes in May.")
        assert problems(answers) == {}

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        empty = IndicatorAnswers(
            rating=None,
            commentary="",
            estimated_outturn=None,
            no_estimate_reason="",
            judgement_reason="",
            figures={"june": UNTOUCHED},
        )
        assert set(problems(empty)) == {"june", "estimated_outturn", "rating", "commentary"}


@pytest.mark.parametrize(
    ("rating", "suggestion", "needs"),
    [
        pytest.param(Rating.GREEN, GREEN, False, id="as suggested"),
        pytest.param(Rating.RED, GREEN, True, id="worse"),
        pytest.param(
            Rating.GREEN, Suggestion(rating=Rating.RED, reason="short"), True, id="better"
        ),
        pytest.param(Rating.RED, NONE, False, id="nothing suggested"),
        pytest.param(None, GREEN, False, id="nothing chosen"),
    ],
)
def test_only_a_rating_that_differs_needs_a_reason(
    rating: Rating | None, suggestion: Suggestion, needs: bool
) -> None:
    assert needs_judgement_reason(rating, suggestion) is needs
