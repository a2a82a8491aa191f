from __future__ import annotations

from goldenthread.organisation.models.body import Body, BodyMembership
from goldenthread.organisation.models.council import Council, FrameworkVersion
from goldenthread.organisation.models.post import Duty, Post, PostHolding
from goldenthread.organisation.models.word_template import WordTemplate

__all__ = [
    "Body",
    "BodyMembership",
    "Council",
    "Duty",
    "FrameworkVersion",
    "Post",
    "PostHolding",
    "WordTemplate",
]
