"""What the program `goldenthread` can be told; every slip is answered in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from goldenthread.audit.queries import first_broken_entry, is_broken_off, trail_length
from goldenthread.chasing import reminders
from goldenthread.config import choices, demonstration, packs, serving, working
from goldenthread.config import outbox as outboxes
from goldenthread.design.words import plural
from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.domain.framework import FrameworkError, parse_framework
from goldenthread.domain.timetable_csv import write_timetable
from goldenthread.organisation.models import Body
from goldenthread.organisation.queries import word_template_on
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.compose.pack import as_preview, compose
from goldenthread.packs.operations.issuing import (
    CannotIssueError,
    Urgency,
    check_can_be_issued,
)
from goldenthread.packs.queries import latest_issued, receiving_bodies
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import timetable_of

PORT = click.IntRange(1, 65535)
A_FILE = click.Path(path_type=Path)


class Program(click.Group):
    """Answers a database that cannot be reached or read with a line, too."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DatabaseError as error:
            raise click.ClickException(
                f"The database says: {' '.join(str(error).split())}"
            ) from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="goldenthread")
def program() -> None:
    """Manage the performance of a council's priority delivery plans."""


@program.command(short_help="Play an invented council of 2009/10 and serve it.")
@click.option("--serve/--no-serve", "serves", default=True, help="Serve it when it is ready.")
@click.option("--reset", is_flag=True, help="Remove the demonstration's database first.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Where to serve it.")
def demo(*, serves: bool, reset: bool, port: int) -> None:
    """Play an invented council of 2009/10 and serve it on this machine.

    The council is played once, up to 14 October 2009; running this again finds it as you left it.
    """
    if serves:
        serving.check_can_listen(serving.LOOPBACK, port)
    if reset:
        demonstration.remove_database()
    demonstration.check_is_alone()
    _bring_up_to_date()
    council = demonstration.play_or_find()
    papers = demonstration.write_papers(council)
    address = f"http://{serving.LOOPBACK}:{port}/" if serves else ""
    click.echo(demonstration.introduction(council, papers, address))
    if serves:
        demonstration.set_clock()
        serving.serve(serving.LOOPBACK, port, works=True)


@program.command()
@click.option("--host", default=serving.LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--work/--no-work", "works", help="Do the worker's work in this process, too.")
def serve(*, host: str, port: int, works: bool) -> None:
    """Serve the pages to the councils in the database.

    With --work, this process also makes papers' files, delivers messages and takes due steps: on a
    laptop nothing else need run. In service, run goldenthread work beside it.
    """
    serving.check_can_listen(host, port)
    serving.check_is_up_to_date()
    serving.gather_static_files()
    serving.serve(host, port, works=works)


@program.command()
def migrate() -> None:
    """Bring the database up to date with this version."""
    _bring_up_to_date()
    click.echo("The database is up to date.")


def _bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    serving.gather_static_files()


@program.command(short_help="Write a body's papers of a cycle to a file.")
@click.argument("council")
@click.argument("cycle")
@click.argument("body")
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.PDF.value,
    show_default=True,
    help="Kind of file.",
)
@click.option("--output", type=A_FILE, required=True, help="File to write.")
def pack(*, council: str, cycle: str, body: str, kind: str, output: Path) -> None:
    """Write the papers that BODY receives of a CYCLE, such as 2009-10/Q1, to a file.

    Papers that were issued are written as they were issued; others as they stand now.
    """
    serving.check_is_up_to_date()
    found = choices.find_council(council)
    content = _papers(
        choices.find_cycle(found, cycle), choices.find_body(found, body), Format(kind)
    )
    choices.write_file(output, content)


def _papers(cycle: ReportingCycle, body: Body, kind: Format) -> bytes:
    issued = latest_issued(cycle, body)
    if issued is not None:
        return packs.file_of(issued, kind)
    try:
        check_can_be_issued(cycle, body, day=timezone.localdate(settings.CLOCK()))
        document = as_preview(compose(cycle, body, at=settings.CLOCK()))
    except CannotIssueError as error:
        raise click.ClickException(str(error)) from error
    except NotReceivedError as error:
        receive = ", ".join(each.code for each in receiving_bodies(cycle))
        raise click.ClickException(f"{error} It goes to {receive}.") from error
    click.echo(
        f"This is a preview: the papers of {cycle.title} for {body.title} are not issued yet.",
        err=True,
    )
    template = word_template_on(cycle.council, at=settings.CLOCK())
    return render(document, kind, template=bytes(template.content) if template else None)


@program.group("packs")
def packs_group() -> None:
    """Issue a council's papers, and see that they are as they were issued."""


@packs_group.command("issue", short_help="Issue a cycle's papers to all forums.")
@click.argument("council")
@click.argument("cycle")
@click.option("--by", "email", required=True, help="Address of the performance manager who issues.")
@click.option("--with-gaps", is_flag=True, help="Issue them although something is missing.")
@click.option("--urgent-because", default="", help="Why a public meeting takes them late.")
@click.option("--agreed-by", default="", help="Who agreed to that in its chair.")
@click.option("--make/--no-make", "makes", default=True, help="Make the files now, or let workers.")
def issue_packs(
    *,
    council: str,
    cycle: str,
    email: str,
    with_gaps: bool,
    urgent_because: str,
    agreed_by: str,
    makes: bool,
) -> None:
    """Issue the papers of a CYCLE, such as 2009-10/Q1, to every forum that has none yet.

    It refuses what the page refuses, forum by forum, and ends with 1 if any was refused.
    """
    serving.check_is_up_to_date()
    found, at = choices.find_council(council), settings.CLOCK()
    if bool(urgent_because) != bool(agreed_by):
        raise click.UsageError("Give --urgent-because and --agreed-by together.")
    urgency = Urgency(reason=urgent_because, agreed_by=agreed_by) if urgent_because else None
    outcomes = packs.issue(
        choices.find_cycle(found, cycle),
        by=packs.find_officeholder(found, email, at),
        at=at,
        urgency=urgency,
        with_gaps=with_gaps,
    )
    for line in packs.outcomes_in_words(outcomes):
        click.echo(line)
    issued = [outcome.pack for outcome in outcomes if outcome.pack]
    if makes:
        made = packs.make_files(issued)
        click.echo(f"{plural(made.made, 'file')} made, {made.failed} failed.")
    if len(issued) < len(outcomes):
        raise SystemExit(1)


@packs_group.command(short_help="Say whether issued papers are as they were issued.")
@click.argument("council")
def verify(*, council: str) -> None:
    """Hold every issued paper of COUNCIL, and each of its files, against its seal and the audit trail."""
    serving.check_is_up_to_date()
    click.echo(packs.verify(choices.find_council(council)))


@program.command(short_help="Write the reporting timetable of a year.")
@click.argument("council")
@click.argument("year")
@click.option("--format", "kind", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--output", type=A_FILE, help="File to write; without it, the screen.")
def timetable(*, council: str, year: str, kind: str, output: Path | None) -> None:
    """Write the reporting timetable of a YEAR, such as 2009-10."""
    serving.check_is_up_to_date()
    found = choices.find_council(council)
    milestones = timetable_of(found, choices.find_year(found, year))
    written = write_timetable([milestone.entry for milestone in milestones])
    if output is None:
        click.echo(written, nl=False)
    else:
        choices.write_file(output, written.encode())


@program.command(short_help="Say whether a council's audit trail is whole.")
@click.argument("council")
def audit(*, council: str) -> None:
    """Say whether the audit trail of COUNCIL is whole, or which entry was tampered with."""
    serving.check_is_up_to_date()
    found = choices.find_council(council)
    broken = first_broken_entry(found.name)
    if broken is not None:
        raise click.ClickException(f"The trail is broken at entry {broken.number}: {broken}.")
    if is_broken_off(found.name):
        raise click.ClickException("The trail is broken off: its last entries were removed.")
    length = trail_length(found.name)
    click.echo(f"The audit trail of {found.title} is whole: {length:,} entries.")


@program.command(
    short_help="Deliver messages, make papers' files and take due steps, until stopped."
)
@click.option("--once", is_flag=True, help="Take one round and end: for cron or a timer.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1, max=3600),
    default=5,
    show_default=True,
    help="Seconds between rounds.",
)
@click.option("--check", is_flag=True, help="Only say whether the mail server lets us in.")
def work(*, once: bool, every: float, check: bool) -> None:
    """Deliver messages, make the files of issued papers and take due steps, until stopped.

    Any number of workers can run at once, on several machines. SIGTERM or Ctrl+C ends one when it
    has finished the message in hand.
    """
    serving.check_is_up_to_date()
    if why := working.no_mail_server(settings.CLOCK()):
        click.echo(why)
    if check:
        outboxes.check_mail_server()
        return
    with working.Stop() as stop:
        worker = working.Worker(
            clock=settings.CLOCK,
            say=click.echo,
            is_stopping=stop.is_asked,
            steps=working.STEPS,
        )
        if not once:
            working.work(worker, stop, every=every)
        elif worker.take_round().unreachable:
            raise SystemExit(1)


@program.command(short_help="Say which of a council's messages wait or were refused.")
@click.argument("council")
@click.option("--retry", is_flag=True, help="Let those that were refused be tried again.")
def outbox(*, council: str, retry: bool) -> None:
    """Say which messages of COUNCIL wait, how many were sent, and which were refused and why."""
    serving.check_is_up_to_date()
    found = choices.find_council(council)
    if retry:
        count = outboxes.retry_refused(found, at=settings.CLOCK())
        click.echo(f"{plural(count, 'refused message').capitalize()} will be tried again.")
    for line in outboxes.describe(found, settings.CLOCK()):
        click.echo(line)


@program.command(short_help="Remind a council's people now of what they owe.")
@click.argument("council")
@click.option("--dry-run", is_flag=True, help="Say who would be written to, and write to nobody.")
def remind(*, council: str, dry_run: bool) -> None:
    """Remind the people of COUNCIL of what they owe, if a step of its reminders is due.

    The worker does so by itself: this shows what it would do, or does it where no worker runs.
    """
    serving.check_is_up_to_date()
    found, at = choices.find_council(council), settings.CLOCK()
    if not dry_run:
        if reminders.is_too_early(at):
            raise click.ClickException("Nobody is reminded before seven in the morning.")
        count = reminders.remind_council(found, at=at)
        click.echo(f"{plural(count, 'reminder').capitalize()} written.")
        return
    digests = reminders.digests_due(found, at=at)
    for digest in digests:
        click.echo(f"  {digest.person.address}  {digest.words}")
    click.echo(f"{plural(len(digests), 'reminder').capitalize()} due.")


@program.group()
def framework() -> None:
    """Look after a council's performance management framework."""


@framework.command()
@click.argument("file", type=A_FILE)
def check(*, file: Path) -> None:
    """Say what is wrong with a framework FILE, a problem a line."""
    try:
        found = parse_framework(choices.read_file(file))
    except FrameworkError as error:
        _refuse(error.problems)
    click.echo(f"{file} is sound: {found.name}, version {found.version}")


def _refuse(problems: Sequence[str]) -> None:
    for problem in problems:
        click.echo(problem, err=True)
    raise SystemExit(1)
