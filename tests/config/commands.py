from __future__ import annotations

from click.testing import CliRunner, Result

from goldenthread.config.commands import program


def run(*args: object) -> Result:
    return CliRunner().invoke(program, [str(arg) for arg in args], catch_exceptions=False)


def refusal(*args: object) -> str:
    """Run a command that must be refused, and give the one line that says why."""
    result = run(*args)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("Error: ").strip()
