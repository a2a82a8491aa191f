"""A council's papers at the command line."""

from __future__ import annotations

import secrets

import click
from django.conf import settings

from goldenthread.documents.formats import Format
from goldenthread.packs.making import draw, make_due
from goldenthread.packs.models import Edition, FileToMake, Pack


def file_of(pack: Pack, kind: Format) -> bytes:
    """Return a file of issued papers as it is kept; one that is still to be made is made now.

    A format that there was not when they were issued is drawn from their frozen tree.

    :raises ClickException: if it cannot be made
    """
    if pack.files_to_make.filter(edition=Edition.WHOLE, format=kind).exists():
        make_due(worker=f"command-{secrets.token_hex(8)}", clock=settings.CLOCK, pack=pack)
    kept = pack.files.filter(edition=Edition.WHOLE, format=kind).first()
    if kept is not None:
        return bytes(kept.content)
    try:
        return draw(FileToMake(pack=pack, edition=Edition.WHOLE, format=kind))
    except Exception as error:
        raise click.ClickException(f"The file cannot be made: {error}") from error
