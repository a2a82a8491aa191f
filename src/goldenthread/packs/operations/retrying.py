from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs import permissions
from goldenthread.packs.models import FileToMake, Pack


@transaction.atomic
def retry_files(*, pack: Pack, by: Officeholder, at: datetime) -> int:
    """Have the files of a pack made again at once that could not be made, and return how many.

    :raises PermissionDenied: if the person is not the performance manager
    """
    permissions.check_can_issue(by)
    failed = pack.files_to_make.select_for_update().filter(claimed_by="").exclude(latest_error="")
    names = [f"{file.edition.value}.{file.format.value}" for file in failed]
    if names:
        FileToMake.objects.filter(pk__in=[file.pk for file in failed]).update(
            due_at=at, tries=0, given_up_at=None
        )
        audit.record(
            council=pack.cycle.council.name,
            verb=Verb.PACK_FILE_RETRIED,
            target=pack,
            by=by.user,
            at=at,
            changes={"files": [None, names]},
        )
    return len(names)
