from __future__ import annotations

import pytest

from goldenthread.domain.framework_tables import AnswerKind, Question
from goldenthread.domain.statements import Said, problems_with_said

WORDS = Question(key="on_track", question="Is it on track?")
CHOICE = Question(key="resources", question="Does it need more?", kind=AnswerKind.YES_NO_TEXT)
OPTIONAL = Question(key="praise", question="Who did well?", required=False)


@pytest.mark.parametrize(
    ("question", "said", "problems"),
    [
        (WORDS, Said(), {"on_track": "Answer the question: Is it on track?"}),
        (WORDS, Said(words="  "), {"on_track": "Answer the question: Is it on track?"}),
        (WORDS, Said(words="It is."), {}),
        (OPTIONAL, Said(), {}),
        (CHOICE, Said(), {"resources__yes": "Select yes or no: Does it need more?"}),
        (CHOICE, Said(is_yes=False), {}),
        (
            CHOICE,
            Said(is_yes=True),
            {"resources": "Say more, since you answered yes: Does it need more?"},
        ),
        (CHOICE, Said(is_yes=True, words="Two wardens."), {}),
    ],
)
def test_a_question_is_refused_an_answer_that_says_nothing(
    question: Question, said: Said, problems: dict[str, str]
) -> None:
    assert problems_with_said([question], {question.key: said}) == problems


def test_a_question_of_which_nothing_is_sent_is_missing() -> None:
    assert set(problems_with_said([WORDS, CHOICE, OPTIONAL], {})) == {"on_track", "resources__yes"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(), ""),
        (Said(words="Well."), "Well."),
        (Said(is_yes=False), "No."),
        (Said(is_yes=True, words="Two wardens."), "Yes. Two wardens."),
    ],
)
def test_an_answer_is_said_in_words(said: Said, words: str) -> None:
    assert said.in_words == words
    assert said.is_empty is (words == "")
