from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.notices import queries
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.notices.operations import CannotRetryError, Message, post_notice, retry_notice
from tests.factories import IN_Q1, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def post(**changes: object) -> Notice | None:
    message = Message(subject="Due", text="Three are due.", html="<p>Three are due.</p>")
    details = {"council": "arden", "kind": NoticeKind.REMINDER, "key": "due", "message": message}
    return post_notice(**{"to": UserFactory(), "at": IN_Q1} | details | changes)  # type: ignore[arg-type]


class TestPosting:
    def test_a_message_waits_in_the_outbox_at_once(self) -> None:
        ann = UserFactory(name="Ann Hill")
        notice = post(to=ann)

        assert notice is not None
        assert list(queries.due(IN_Q1)) == [notice]
        assert (notice.recipient_id, notice.recipient_name) == (ann.pk, "Ann Hill")
        assert notice.message_id.endswith("@goldenthread.invalid>")

    def test_the_same_thing_is_written_once(self) -> None:
        first = post()

        assert post(at=IN_Q1 + MINUTE) is None
        assert list(Notice.objects.all()) == [first]

    def test_somebody_who_has_left_is_refused_a_message(self) -> None:
        assert post(to=UserFactory(is_active=False)) is None
        assert not Notice.objects.exists()

    def test_hostile_words_do_no_harm(self) -> None:
        hostile = Message(
            subject="Due\r\nBcc: all@council.example\x00" + "!" * 300,
            text="One\x00\r\ntwo\ud800",
            html="<p>One\x00</p>",
        )
        notice = post(message=hostile)

        assert notice is not None
        notice.refresh_from_db()
        assert notice.subject.startswith("Due Bcc: all@council.example!!!")
        assert len(notice.subject) == 200
        assert (notice.text, notice.html) == ("One\ntwo", "<p>One</p>")


class TestTryingAgain:
    def test_a_refused_message_is_due_afresh_under_the_same_id(self) -> None:
        ann = UserFactory()
        refused = NoticeFactory(
            recipient_id=0, refused_at=IN_Q1, tries=9, latest_error="550 No such user"
        )
        at = IN_Q1 + MINUTE
        retry_notice(notice=refused, by=ann, at=at)

        [again] = queries.due(at)
        assert (again.message_id, again.tries) == (refused.message_id, 0)
        entry = AuditEntry.objects.get(verb=Verb.NOTICE_RETRIED)
        assert (entry.council, entry.actor_id) == (refused.council, ann.pk)
        assert entry.changes == {
            "refused": ["550 No such user", None],
            "address": [refused.address, refused.address],
        }

    def test_it_goes_to_the_address_that_the_recipient_has_by_now(self) -> None:
        ann = UserFactory(email="ann.hill@arden.example")
        refused = NoticeFactory(recipient_id=ann.pk, address="ann.hil@x.example", refused_at=IN_Q1)
        retry_notice(notice=refused, by=None, at=IN_Q1)

        assert queries.due(IN_Q1).get().address == "ann.hill@arden.example"

    def test_to_somebody_who_has_left_it_is_refused(self) -> None:
        left = UserFactory(is_active=False)
        refused = NoticeFactory(recipient_id=left.pk, refused_at=IN_Q1)

        with pytest.raises(CannotRetryError, match="has left"):
            retry_notice(notice=refused, by=None, at=IN_Q1)
        assert not queries.due(IN_Q1).exists()

    def test_without_a_person_it_was_the_system(self) -> None:
        retry_notice(notice=NoticeFactory(refused_at=IN_Q1), by=None, at=IN_Q1)

        assert AuditEntry.objects.get().actor_name == "Goldenthread"

    @pytest.mark.parametrize("stands", [{}, {"sent_at": IN_Q1}])
    def test_a_message_that_waits_or_was_sent_is_refused(self, stands: dict[str, object]) -> None:
        with pytest.raises(CannotRetryError):
            retry_notice(notice=NoticeFactory(**stands), by=None, at=IN_Q1)
        assert not AuditEntry.objects.exists()


class TestQueries:
    def test_a_councils_messages_are_told_apart_by_where_they_stand_newest_first(self) -> None:
        made = {
            name: [
                NoticeFactory(council="arden", written_at=IN_Q1 + number * MINUTE, **stands)
                for number in range(2)
            ]
            for name, stands in (
                ("waiting", {}),
                ("sent", {"sent_at": IN_Q1}),
                ("refused", {"refused_at": IN_Q1}),
                ("lapsed", {"lapses_at": IN_Q1}),
            )
        }
        NoticeFactory(council="bexley")

        for name, query in (
            ("waiting", queries.waiting),
            ("sent", queries.sent),
            ("refused", queries.refused),
            ("lapsed", queries.lapsed),
        ):
            assert list(query("arden", IN_Q1)) == made[name][::-1]
        assert queries.every("arden", IN_Q1).count() == 8
        stands = queries.Tally(waiting=2, sent=2, refused=2, lapsed=2)
        assert queries.tally("arden", IN_Q1) == stands
        assert queries.tally("nowhere", IN_Q1) == queries.Tally(
            waiting=0, sent=0, refused=0, lapsed=0
        )
        assert queries.waiting_count(IN_Q1) == 3

    def test_what_is_out_of_date_is_not_due_and_is_refused_a_retry(self) -> None:
        NoticeFactory(council="arden", lapses_at=IN_Q1)
        refused = NoticeFactory(council="arden", lapses_at=IN_Q1, refused_at=IN_Q1)
        in_time = NoticeFactory(council="arden", lapses_at=IN_Q1 + MINUTE)

        assert list(queries.due(IN_Q1)) == [in_time]
        with pytest.raises(CannotRetryError, match="out of date"):
            retry_notice(notice=refused, by=None, at=IN_Q1)

    def test_one_persons_messages_are_theirs_alone(self) -> None:
        theirs = NoticeFactory(council="arden", recipient_id=7)
        NoticeFactory(council="arden", recipient_id=8)
        NoticeFactory(council="bexley", recipient_id=7)

        assert list(queries.notices_to("arden", 7)) == [theirs]

    def test_the_latest_about_something_is_known_for_each_person(self) -> None:
        def nudge(person: int, number: int, **changes: object) -> Notice:
            details = {
                "council": "arden",
                "kind": NoticeKind.NUDGE,
                "key": f"nudge/2009-10/Q1/{person}/{number}",
                "recipient_id": person,
                "written_at": IN_Q1 + number * MINUTE,
            }
            return NoticeFactory(**details | changes)

        first, second, other = nudge(7, 1), nudge(7, 2), nudge(8, 1)
        nudge(7, 3, kind=NoticeKind.REMINDER)
        nudge(7, 4, key="nudge/2009-10/Q2/7/4")
        nudge(7, 5, council="bexley")

        about = "nudge/2009-10/Q1/"
        found = queries.notices_about("arden", NoticeKind.NUDGE, about)
        assert list(found) == [second, other, first]
        latest = queries.latest_by_recipient("arden", NoticeKind.NUDGE, about)
        assert latest == {7: second, 8: other}

    def test_what_is_due_is_what_nobody_holds_longest_due_first(self) -> None:
        later = NoticeFactory(due_at=IN_Q1)
        sooner = NoticeFactory(due_at=IN_Q1 - MINUTE)
        lost = NoticeFactory(due_at=IN_Q1, claimed_by="dead", claimed_until=IN_Q1)
        NoticeFactory(claimed_by="busy", claimed_until=IN_Q1 + MINUTE)
        NoticeFactory(due_at=IN_Q1 + MINUTE)
        NoticeFactory(sent_at=IN_Q1)
        NoticeFactory(refused_at=IN_Q1)

        assert list(queries.due(IN_Q1)) == [sooner, later, lost]
