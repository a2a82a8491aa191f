from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from goldenthread.audit.models import AuditChain
from goldenthread.config import cli
from goldenthread.demo.moments import STANDS_ON, moment
from goldenthread.demo.plan_files import DATA
from goldenthread.organisation.models import Council
from goldenthread.packs.models import Edition, PackFile
from tests.config.commands import refusal, run
from tests.factories import AuditEntryFactory

pytestmark = pytest.mark.django_db
FRAMEWORK = Path("src/goldenthread/organisation/framework.toml")


class TestHelp:
    @pytest.mark.parametrize(
        "command",
        [
            *("audit", "demo", "serve", "migrate", "outbox", "pack", "remind"),
            *("timetable", "work"),
            *("framework", "framework check"),
        ],
    )
    def test_each_command_says_what_it_is_for(self, command: str) -> None:
        result = run(*command.split(), "--help")
        assert result.exit_code == 0
        words = result.stdout.split("\n\n")[1].strip()
        assert words[0].isupper()
        assert words.endswith(".")

    def test_an_unknown_command_is_refused(self) -> None:
        result = run("paint")
        assert result.exit_code == 2
        assert "No such command 'paint'" in result.stderr

    def test_the_program_is_run_by_its_name(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["anything", "--help"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 0
        assert capsys.readouterr().out.startswith("Usage: goldenthread ")


class TestPack:
    @pytest.mark.parametrize("kind", ["html", "pdf", "txt"])
    def test_issued_papers_are_written_as_issued(
        self, played_council: Council, tmp_path: Path, kind: str
    ) -> None:
        path = tmp_path / f"pack.{kind}"
        result = run("pack", "chase", "2009-10/q1", "dmt", "--format", kind, "--output", path)
        assert (result.exit_code, result.stderr) == (0, "")
        issued = PackFile.objects.get(pack__cycle__code="Q1", edition=Edition.WHOLE, format=kind)
        assert path.read_bytes() == bytes(issued.content)

    def test_others_are_a_preview_and_say_so(
        self, played_council: Council, tmp_path: Path, settings: Settings
    ) -> None:
        settings.CLOCK = lambda: moment(STANDS_ON, 11)
        path = tmp_path / "pack.txt"
        result = run("pack", "chase", "2009-10/Q2", "DMT", "--format=txt", "--output", path)
        assert result.exit_code == 0
        assert result.stderr.startswith("This is a preview: the papers of Quarter 2, 2009/10")
        assert "11:00 on 14 October 2009" in path.read_text()
        assert "Preview, not issued: Quarterly performance report" in path.read_text()

    def test_an_unknown_council_is_refused(self, played_council: Council, tmp_path: Path) -> None:
        said = refusal("pack", "chess", "2009-10/Q1", "DMT", "--output", tmp_path / "x")
        assert said == 'There is no council "chess". Choose from: chase'

    @pytest.mark.parametrize("cycle", ["Q1", "2009-10/Q9", "2009/10/Q1/2", "1066-67/Q1"])
    def test_an_unknown_cycle_is_refused(
        self, played_council: Council, tmp_path: Path, cycle: str
    ) -> None:
        said = refusal("pack", "chase", cycle, "DMT", "--output", tmp_path / "x")
        assert said.startswith(f'Chase District Council has no cycle "{cycle}".')
        assert "2009-10/6W1, 2009-10/Q1," in said

    def test_an_unknown_body_is_refused(self, played_council: Council, tmp_path: Path) -> None:
        said = refusal("pack", "chase", "2009-10/Q1", "CABINET", "--output", tmp_path / "x")
        assert 'no body "CABINET". Choose from: DMT, SCRUTINY, PDC-CYPF' in said

    @pytest.mark.parametrize("body", ["SCRUTINY", "PDC-CYPF", "LSP_EXECUTIVE_BOARD"])
    def test_papers_that_a_forum_does_not_receive_are_refused(
        self, played_council: Council, tmp_path: Path, body: str
    ) -> None:
        said = refusal("pack", "chase", "2009-10/6W1", body, "--output", tmp_path / "x")
        assert said.endswith(" does not receive the papers of Six-weekly update 1, 2009/10.")
        assert not (tmp_path / "x").exists()

    def test_a_file_that_cannot_be_written_is_refused(
        self, played_council: Council, tmp_path: Path
    ) -> None:
        path = tmp_path / "nowhere" / "pack.pdf"
        said = refusal("pack", "chase", "2009-10/Q1", "DMT", "--output", path)
        assert said == f"{path} cannot be written: No such file or directory"


class TestTimetable:
    def test_it_is_the_published_file_byte_for_byte(
        self, played_council: Council, tmp_path: Path
    ) -> None:
        published = (DATA / "timetable-2009-10.csv").read_bytes()
        assert run("timetable", "chase", "2009-10").stdout_bytes == published
        assert run("timetable", "chase", "2009/10", "--output", tmp_path / "t.csv").exit_code == 0
        assert (tmp_path / "t.csv").read_bytes() == published

    @pytest.mark.parametrize("year", ["2010-11", "last year"])
    def test_an_unknown_year_is_refused(self, played_council: Council, year: str) -> None:
        said = refusal("timetable", "chase", year)
        assert said.endswith(f'has no timetable for "{year}". Choose from: 2009-10')

    def test_a_council_without_cycles_is_refused(self) -> None:
        Council.objects.create(name="arden", title="Arden Council")
        said = refusal("timetable", "arden", "2009-10")
        assert said == 'Arden Council has no timetable for "2009-10". There is none yet.'


class TestAudit:
    def test_a_whole_trail_is_said_to_be_whole(self, played_council: Council) -> None:
        result = run("audit", "chase")
        assert result.exit_code == 0
        assert re.fullmatch(
            r"The audit trail of Chase District Council is whole: 1,\d{3} entries\.\n",
            result.stdout,
        )

    def test_a_trail_whose_end_was_removed_is_broken_off(self) -> None:
        Council.objects.create(name="arden", title="Arden Council")
        AuditChain.objects.create(council="arden", length=3, seal="0" * 64)
        assert refusal("audit", "arden").startswith("The trail is broken off")

    def test_an_entry_out_of_its_place_is_named(self) -> None:
        council = Council.objects.create(name="arden", title="Arden Council")
        AuditEntryFactory(council="arden", number=2, target_name=str(council))
        assert refusal("audit", "arden").startswith("The trail is broken at entry 2")


class TestFrameworkCheck:
    def test_a_sound_framework_is_said_to_be_sound(self) -> None:
        result = run("framework", "check", FRAMEWORK)
        assert result.exit_code == 0
        assert result.stdout.endswith("version 2009-10\n")

    def test_each_problem_has_a_line(self, tmp_path: Path) -> None:
        text = FRAMEWORK.read_text().replace("amber_within = 0.05", "amber_within = true")
        broken = tmp_path / "framework.toml"
        broken.write_text(text.replace("financial_year_starts_month = 4", "month = 4"))
        result = run("framework", "check", broken)
        assert (result.exit_code, result.stdout) == (1, "")
        starts = {line.split(" ")[0] for line in result.stderr.splitlines()}
        assert {"financial_year_starts_month", "rating.rule.amber_within", "month"} == starts

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        said = refusal("framework", "check", tmp_path / "none.toml")
        assert said.endswith("cannot be read: No such file or directory")

    def test_a_file_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
        assert refusal("framework", "check", tmp_path / "picture").endswith("is not text in UTF-8")
