from __future__ import annotations

from goldenthread.reporting.models.correction import Correction
from goldenthread.reporting.models.cycle import Milestone, ReportingCycle
from goldenthread.reporting.models.letting_in import LettingIn
from goldenthread.reporting.models.sign_off import SignOff
from goldenthread.reporting.models.step_taken import StepTaken
from goldenthread.reporting.models.update import ActionUpdate, IndicatorUpdate, OfficersReturn
from goldenthread.reporting.models.workbook import UploadedWorkbook

__all__ = [
    "ActionUpdate",
    "Correction",
    "IndicatorUpdate",
    "LettingIn",
    "Milestone",
    "OfficersReturn",
    "ReportingCycle",
    "SignOff",
    "StepTaken",
    "UploadedWorkbook",
]
