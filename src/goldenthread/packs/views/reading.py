from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from goldenthread.accounts.permits import is_permitted
from goldenthread.design.words import plural
from goldenthread.documents.formats import Format
from goldenthread.documents.tree import from_json
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.packs import permissions, queries
from goldenthread.packs.models import Edition, Pack
from goldenthread.packs.operations.retrying import retry_files
from goldenthread.packs.seals import verify_pack
from goldenthread.packs.views.papers import on_page
from goldenthread.reporting.queries.cycles import cycles_of


@require_safe
@council_page
def pack_list(request: CouncilRequest) -> HttpResponse:
    """List the papers that a person may read."""
    may_issue = is_permitted(permissions.check_can_issue, request.officeholder)
    opened = cycles_of(request.council).filter(opens_on__lte=request.today)
    context = {
        "packs": queries.packs_for(request.officeholder),
        "may_issue": may_issue,
        "drafts": queries.not_issued(opened) if may_issue else [],
    }
    return render(request, "packs/pack_list.html", context)


@require_safe
@council_page
def pack_detail(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show an issued pack as it was issued, with its files and its other issues."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    edition = _edition_asked(request, pack)
    files = queries.files_by_edition(pack)
    context = {
        "pack": pack,
        "edition": edition,
        "editions": sorted(files, key=lambda each: not each.is_short),
        "files": files,
        "making": queries.making_of(pack),
        "issues": queries.issues_of(pack),
        "earlier": queries.earlier_cycle(pack),
        "may_issue": is_permitted(permissions.check_can_issue, request.officeholder),
        "paper": on_page(from_json(queries.tree_of(pack, edition))),
    }
    return render(request, "packs/pack_detail.html", context)


def _edition_asked(request: CouncilRequest, pack: Pack) -> Edition:
    asked = request.GET.get("edition", Edition.WHOLE.value)
    if asked not in {edition.value for edition in queries.editions_issued(pack)}:
        raise Http404("These papers were not issued in that edition.")
    return Edition(asked)


@require_safe
@council_page
def pack_files(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show how far the files of a pack are made; for a page that asks again and again, only that."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    context = {
        "pack": pack,
        "files": queries.files_by_edition(pack),
        "making": queries.making_of(pack),
        "may_issue": is_permitted(permissions.check_can_issue, request.officeholder),
    }
    page = "packs/_files.html" if request.headers.get("HX-Request") else "packs/pack_files.html"
    return render(request, page, context)


@require_safe
@council_page
def pack_seals(request: CouncilRequest, pk: int) -> HttpResponse:
    """Make the seals of a pack and its files again, and say whether each is as it was issued."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    sealed = verify_pack(pack)
    context = {
        "pack": pack,
        "sealed": sealed,
        "faults": [each for each in sealed if each.fault],
        "at": request.at,
    }
    return render(request, "packs/pack_seals.html", context)


@require_POST
@council_page
def pack_retry(request: CouncilRequest, pk: int) -> HttpResponse:
    """Have the files made again that could not be made."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    count = retry_files(pack=pack, by=request.officeholder, at=request.at)
    if count:
        messages.success(request, f"{plural(count, 'file').capitalize()} will be tried again.")
    return redirect("packs:pack_detail", request.council.name, pack.pk)


@require_safe
@council_page
def pack_download(
    request: CouncilRequest, pk: int, kind: str, edition: str = Edition.WHOLE.value
) -> HttpResponse:
    """Hand out one file of an issued pack, byte for byte as it was frozen."""
    if kind not in list(Format) or edition not in list(Edition):
        raise Http404("There is no such kind of file.")
    pack, wanted = _readable(request, pk, Edition(edition))
    file = get_object_or_404(pack.files, format=kind, edition=wanted)
    file.pack = pack
    response = HttpResponse(bytes(file.content), content_type=file.format.media_type)
    # A file holds its own styles, which the site's pages may not, and no script.
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _readable(request: CouncilRequest, pk: int, edition: Edition) -> tuple[Pack, Edition]:
    """Find a pack and the edition that is asked for; its public copies are everybody's in the council."""
    if edition.is_public:
        pack = queries.public_packs(request.council).filter(pk=pk).first()
        if pack is not None:
            return pack, queries.public_editions(pack).get(edition, edition)
    return get_object_or_404(queries.packs_for(request.officeholder), pk=pk), edition


@require_safe
@council_page
def public_list(request: CouncilRequest) -> HttpResponse:
    """List the papers of public meetings, which everybody in the council may read."""
    context = {"packs": queries.public_packs(request.council)}
    return render(request, "packs/public_list.html", context)


@require_safe
@council_page
def pack_public(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show the public's copy of the papers of a public meeting: exempt matter is not in it.

    `?form=short` shows it in short.
    """
    pack = get_object_or_404(queries.public_packs(request.council), pk=pk)
    copies = queries.public_editions(pack)
    asked = Edition.PUBLIC_SHORT if request.GET.get("form") == "short" else Edition.PUBLIC
    edition = copies.get(asked)
    if edition is None:
        raise Http404("These papers were not issued in short.")
    context = {
        "pack": pack,
        "copies": copies,
        "copy": asked,
        "is_whole": Edition.PUBLIC not in copies.values(),
        "files": [file for file in queries.files_of(pack) if file.edition is edition],
        "paper": on_page(from_json(queries.tree_of(pack, edition))),
    }
    return render(request, "packs/pack_public.html", context)
