"""The program `goldenthread`, which a council's IT and a visitor of the demonstration run."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Run the program with the arguments of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"Error: {error}")
    # The commands stand on models, which cannot be imported before Django is set up.
    import_module("goldenthread.config.commands").program(prog_name="goldenthread")
