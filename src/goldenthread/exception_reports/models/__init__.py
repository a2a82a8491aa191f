from __future__ import annotations

from goldenthread.exception_reports.models.county_file import CountyFile
from goldenthread.exception_reports.models.report import Endorsement, ExceptionReport
from goldenthread.exception_reports.models.step import PlannedStep, StepFollowUp

__all__ = ["CountyFile", "Endorsement", "ExceptionReport", "PlannedStep", "StepFollowUp"]
