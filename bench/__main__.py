"""Builds the volume council in a folder of its own and measures what the budgets name."""

from __future__ import annotations

import os
import sys
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
# Never into a database that somebody uses.
os.environ.pop("DATABASE_URL", None)
os.environ["GOLDENTHREAD_VAR"] = tempfile.mkdtemp(prefix="goldenthread-bench-")

import django

django.setup()

from bench.measure import measure_all

sys.exit(measure_all())
