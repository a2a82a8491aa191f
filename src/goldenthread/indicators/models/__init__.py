from __future__ import annotations

from goldenthread.indicators.models.indicator import Designation, Indicator
from goldenthread.indicators.models.measurement import Measurement
from goldenthread.indicators.models.revision import Revision, TargetRevision
from goldenthread.indicators.models.target import Target

__all__ = ["Designation", "Indicator", "Measurement", "Revision", "Target", "TargetRevision"]
