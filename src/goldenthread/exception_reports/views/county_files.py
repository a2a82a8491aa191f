"""The County's own exception report, as it was attached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from goldenthread.exception_reports import permissions
from goldenthread.exception_reports.models import CountyFile
from goldenthread.exception_reports.queries.reports import subject_of
from goldenthread.organisation.http import CouncilRequest, council_page


@require_safe
@council_page
def county_file_download(request: CouncilRequest, pk: int) -> HttpResponse:
    """Hand out what the County wrote, byte for byte, for keeping and never for opening in place."""
    files = CountyFile.objects.select_related("indicator_update__indicator")
    file = get_object_or_404(files, indicator_update__cycle__council=request.council, pk=pk)
    plan = subject_of(file.indicator_update).plan
    permissions.check_can_download(request.officeholder, file, plan)
    response = HttpResponse(bytes(file.content), content_type=file.format.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
