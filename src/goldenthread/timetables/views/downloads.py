from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_csv import write_timetable
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import word_template_on, year_called
from goldenthread.reporting.queries.cycles import timetable_of
from goldenthread.timetables.compose import compose_year
from goldenthread.timetables.queries.year import quarters_of


@require_safe
@council_page
def timetable_download(request: CouncilRequest, year: str, kind: str) -> HttpResponse:
    """Hand out a year's timetable as a file, drawn when it is asked for: the same bytes for the same dates.

    The CSV is the one that the `timetable` command writes, a line an entry.
    """
    if kind not in list(Format):
        raise Http404("There is no such kind of file.")
    shown, kind_of_file = _year(request, year), Format(kind)
    milestones = list(timetable_of(request.council, shown))
    if not milestones:
        raise Http404("That year has no timetable.")
    if kind_of_file is Format.CSV:
        content = write_timetable(milestone.entry for milestone in milestones).encode()
    else:
        quarters = quarters_of(milestones, request.today)
        document = compose_year(request.council, shown, quarters)
        content = render(document, kind_of_file, template=_template(request, kind_of_file))
    response = HttpResponse(content, content_type=kind_of_file.media_type)
    name = f"{request.council.name}-timetable-{shown.slug}.{kind_of_file.value}"
    # A file holds its own styles, which the site's pages may not, and no script.
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _template(request: CouncilRequest, kind: Format) -> bytes | None:
    """Give the council's own Word document, which only a Word document takes."""
    template = word_template_on(request.council, at=request.at) if kind is Format.DOCX else None
    return bytes(template.content) if template else None


def _year(request: CouncilRequest, words: str) -> FinancialYear:
    try:
        return year_called(request.council, words)
    except ValueError as error:
        raise Http404("There is no such year.") from error
