"""The sample frames as values, for tests that go through all of them."""

from __future__ import annotations

import json
from typing import Any

from tests.support.places import SAMPLE_FRAMES

Frame = dict[str, Any]

TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"
"""The guest's token in the samples."""

LEGACY = "client.on_message.legacy_top_level_channel.DO_NOT_SEND.json"
"""The sample with custom attributes where Genesys Cloud ignores them."""


def names(start: str) -> list[str]:
    """The names of the samples that start so, such as "server."."""
    return sorted(path.name for path in SAMPLE_FRAMES.glob(f"{start}*.json"))


def sample(name: str) -> Frame:
    """A sample by its file name; the ending may be left out."""
    frame = json.loads(sample_text(name))
    assert isinstance(frame, dict)
    return frame


def sample_text(name: str) -> str:
    """A sample as it lies in its file."""
    return (SAMPLE_FRAMES / f"{name.removesuffix('.json')}.json").read_text(encoding="utf-8")
