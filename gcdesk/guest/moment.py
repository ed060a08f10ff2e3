"""The time, as it is handed in: the core never looks at a clock."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Moment(NamedTuple):
    """One reading of both clocks: `monotonic` seconds for durations, `utc` (aware) for what people read."""

    monotonic: float
    utc: datetime
