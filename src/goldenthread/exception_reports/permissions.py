from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.exception_reports.facts import endorsing_post
from goldenthread.exception_reports.models import CountyFile, ExceptionReport
from goldenthread.organisation.models import Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.permissions import answers_for, holds, leading_posts


def check_can_return(by: Officeholder, report: ExceptionReport) -> None:
    """Let the Lead Officer and the Lead Member of DMT of an item's plan send back what others wrote.

    :raises PermissionDenied: if the person is neither, or submitted it themselves
    """
    if not by.holds_any(leading_posts(report.about.item)):
        raise PermissionDenied(
            "Only the Lead Officer and the Lead Member of DMT of the plan can send this back."
        )
    if by.user.pk == report.submitted_by_id:
        raise PermissionDenied(
            "You submitted this exception report. Call it back, or let another lead check it."
        )


def check_can_endorse(
    by: Officeholder, report: ExceptionReport, plan: Plan, role: EndorsingRole
) -> Post:
    """Let whoever holds the post that endorses do so, or its deputy, and nobody their own words.

    :raises PermissionDenied: if the person holds another post, or explained it themselves
    """
    post = endorsing_post(plan, role)
    if post is None or not by.holds(post.pk):
        name = post.title if post else "the Cabinet Portfolio Lead"
        raise PermissionDenied(f"Only {name} can endorse this for the {role.label}.")
    if by.user.pk == report.submitted_by_id or holds(by, report.about.item):
        raise PermissionDenied(
            "Nobody endorses their own exception report. Ask a deputy of your post to do so."
        )
    return post


def check_can_review(by: Officeholder, plan: Plan) -> None:
    """Show a plan's exception reports to its leads, its portfolio lead and the performance manager.

    :raises PermissionDenied: if the person is none of them
    """
    leads = (plan.lead_officer_id, plan.lead_member_id, plan.portfolio_lead_id)
    if not (by.is_performance_manager or any(by.holds(post) for post in leads)):
        raise PermissionDenied("Only those who answer for this plan look at its exception reports.")


def check_can_download(by: Officeholder, file: CountyFile, plan: Plan) -> None:
    """Give the County's file to all once a submitted report holds it, and before that to its own.

    Those are whoever writes the report, and whoever looks at it.

    :raises PermissionDenied: to anybody else, also of a file that was replaced
    """
    item = file.indicator_update.indicator
    submitted = ExceptionReport.objects.filter(county_file=file, submitted_at__isnull=False)
    if submitted.exists():
        return
    if holds(by, item) or answers_for(by, item):
        return
    check_can_review(by, plan)
