from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.accounts.models import User
from goldenthread.accounts.permits import is_permitted
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.words import long_date
from goldenthread.domain.posts import Capacity
from goldenthread.organisation import holdings, permissions, queries
from goldenthread.organisation.forms import DeputyForm, FillForm, LastDayForm, PersonForm
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Post, PostHolding


@require_safe
@council_page
def my_posts(request: CouncilRequest) -> HttpResponse:
    """Show a person the posts they hold, in what capacity and with whom."""
    by = request.officeholder
    posts = queries.posts_on(request.council, request.today)
    mine = [(post, by.capacity_in(post.post)) for post in posts if by.holds(post.post.pk)]
    context = {"rows": [_row(request, post, capacity) for post, capacity in mine]}
    return render(request, "organisation/my_posts.html", context)


@require_safe
@council_page
def post_list(request: CouncilRequest) -> HttpResponse:
    """Show a council's posts with who holds them, those first for which nobody answers."""
    posts = queries.posts_on(request.council, request.today)
    rows = [_row(request, post) for post in sorted(posts, key=lambda post: not post.is_vacant)]
    vacant = sum(post.is_vacant for post in posts)
    return render(request, "organisation/post_list.html", {"rows": rows, "vacant": vacant})


def _row(
    request: CouncilRequest, post: queries.PostOnDay, capacity: Capacity | None = None
) -> dict[str, object]:
    """Bring a post together with what the person may do with it."""
    by = request.officeholder
    return {
        "post": post,
        "capacity": capacity,
        "may_name_deputy": is_permitted(permissions.check_can_name_deputy, by, post.post),
        "may_fill": is_permitted(permissions.check_can_fill, by, post.post),
    }


@require_http_methods(["GET", "POST"])
@council_page
def deputy_name(request: CouncilRequest, pk: int) -> HttpResponse:
    """Let whoever holds a post, or the performance manager, say who stands in and when."""
    post = get_object_or_404(Post, council=request.council, pk=pk)
    permissions.check_can_name_deputy(request.officeholder, post)
    form = DeputyForm(_sent(request), people=queries.people_of(request.council, request.today))

    def name() -> str:
        held = holdings.name_deputy(
            post=post,
            person=_person(form),
            stay=form.stay,
            by=request.officeholder,
            at=request.at,
        )
        return f"{held.holder.name} stands in for {post} {held.stay.words}."

    if form.is_valid() and _done(request, form, name):
        return redirect("organisation:my_posts", request.council.name)
    return _post_page(request, "organisation/deputy_name.html", post, form)


@require_http_methods(["GET", "POST"])
@council_page
def post_fill(request: CouncilRequest, pk: int) -> HttpResponse:
    """Let the performance manager put somebody in a post, in place of or beside whoever holds it."""
    post = get_object_or_404(Post, council=request.council, pk=pk)
    permissions.check_can_fill(request.officeholder, post)
    form = FillForm(_sent(request), people=queries.people_of(request.council, request.today))

    def fill() -> str:
        is_joint = form.cleaned_data["capacity"] is Capacity.JOINT
        put_in = holdings.add_joint_holder if is_joint else holdings.hand_over_post
        held = put_in(
            post=post,
            person=_person(form),
            starts_on=form.first_day,
            by=request.officeholder,
            at=request.at,
        )
        deed = "holds it jointly" if is_joint else "answers for it"
        return f"{post}: {held.holder.name} {deed} {held.stay.words}."

    if form.is_valid() and _done(request, form, fill):
        return redirect("organisation:post_list", request.council.name)
    return _post_page(request, "organisation/post_fill.html", post, form)


@require_http_methods(["GET", "POST"])
@council_page
def holding_end(request: CouncilRequest, pk: int) -> HttpResponse:
    """End a deputy's time early, or let the performance manager say when somebody leaves a post."""
    held = get_object_or_404(
        PostHolding.objects.select_related("post__council", "holder"),
        post__council=request.council,
        pk=pk,
    )
    permissions.check_can_end(request.officeholder, held)
    form = LastDayForm(_sent(request))

    def end() -> str:
        day = form.cleaned_data["last_day"]
        holdings.leave_post(holding=held, last_day=day, by=request.officeholder, at=request.at)
        return f"{held.holder.name}'s last day in the post of {held.post} is {long_date(day)}."

    if form.is_valid() and _done(request, form, end):
        return redirect("organisation:my_posts", request.council.name)
    context = {"held": held, "form": form}
    return render(request, "organisation/holding_end.html", context)


def _sent(request: CouncilRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _person(form: PersonForm) -> User:
    return get_object_or_404(User, pk=form.person_id)


def _done(request: CouncilRequest, form: GovukForm, deed: Callable[[], str]) -> bool:
    """Carry out a deed and say that it is done, or put what stands against it into the form."""
    try:
        words = deed()
    except holdings.HoldingRefusedError as error:
        for field, problem in error.problems.items():
            form.add_error(field if field in form.fields else None, problem)
        return False
    messages.success(request, words)
    return True


def _post_page(
    request: CouncilRequest, template: str, post: Post, form: PersonForm
) -> HttpResponse:
    on_day = queries.post_on(post, request.today)
    return render(request, template, {"post": on_day, "form": form})
