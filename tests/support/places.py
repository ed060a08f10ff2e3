"""Where things lie."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The project's root directory."""

SAMPLE_FRAMES = PROJECT / "tests" / "samples" / "frames"
"""One JSON file per frame that the guest API exchanges."""


def service_schema_path() -> Path | None:
    """The service schema, not ours to ship: beside the project, or where GCDESK_SERVICE_SCHEMA says."""
    named = os.environ.get("GCDESK_SERVICE_SCHEMA")
    path = Path(named) if named else PROJECT.parent / "shared" / "protocol" / "guest-api.schema.json"
    return path if path.is_file() else None
