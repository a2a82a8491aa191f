from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.documents.formats import Format
from goldenthread.documents.word_templates import UnfitTemplateError, template_facts
from goldenthread.organisation import operations, permissions
from goldenthread.organisation.forms import WordTemplateForm
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import WordTemplate


@require_http_methods(["GET", "POST"])
@council_page
def word_template(request: CouncilRequest) -> HttpResponse:
    """Show what a council's papers are written on, and take another Word document in its place."""
    permissions.check_can_choose_template(request.officeholder)
    is_sent = request.method == "POST"
    form = WordTemplateForm(request.POST, request.FILES) if is_sent else WordTemplateForm()
    if is_sent and form.is_valid() and _put_on(request, form):
        return redirect("organisation:word_template", request.council.name)
    held = (
        WordTemplate.objects.filter(council=request.council).select_related("uploaded_by").first()
    )
    facts = template_facts(bytes(held.content)) if held else None
    context = {"form": form, "held": held, "facts": facts}
    return render(request, "organisation/word_template.html", context)


def _put_on(request: CouncilRequest, form: WordTemplateForm) -> bool:
    """Put a template on, or put what stands against it into the form."""
    try:
        template = operations.put_on_word_template(
            name=form.file_name, content=form.content, by=request.officeholder, at=request.at
        )
    except UnfitTemplateError as error:
        form.add_error("template", str(error))
        return False
    messages.success(request, f"Word papers are written on {template.name} from now on.")
    return True


@require_safe
@council_page
def word_template_download(request: CouncilRequest) -> HttpResponse:
    """Hand out the Word document that a council's papers are written on, as it was uploaded."""
    permissions.check_can_choose_template(request.officeholder)
    held = get_object_or_404(WordTemplate, council=request.council, taken_off_at=None)
    response = HttpResponse(bytes(held.content), content_type=Format.DOCX.media_type)
    response["Content-Disposition"] = f'attachment; filename="{held.name}"'
    return response


@require_POST
@council_page
def word_template_take_off(request: CouncilRequest) -> HttpResponse:
    """Write papers in our own styles again."""
    operations.take_off_word_template(by=request.officeholder, at=request.at)
    messages.success(request, "Word papers are written in Goldenthread's own styles again.")
    return redirect("organisation:word_template", request.council.name)
