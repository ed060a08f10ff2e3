"""Where moments stand on a line when long pauses are drawn short."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

LONGEST_DRAWN: Final = 30.0
"""Seconds: a pause longer than that takes no more room than this."""


class TimeScale:
    """Maps moments to places from 0 to `width`.

    Args:
        moments: Seconds on any clock, in any order, those between which something may be drawn.
        width: The length of the line.
        longest: Pauses longer than so many seconds are shortened to it.
    """

    def __init__(self, moments: Iterable[float], width: float, longest: float = LONGEST_DRAWN) -> None:
        times = sorted(moments)
        # Between two long pauses time runs evenly, so where each stretch begins says all.
        self._begins = times[:1]
        self._ends: list[float] = []
        for before, time in pairwise(times):
            if time - before > longest:
                self._ends.append(before)
                self._begins.append(time)
        self._ends += times[-1:]
        self._drawn: list[float] = []
        drawn = 0.0
        for begin, end in zip(self._begins, self._ends, strict=True):
            self._drawn.append(drawn)
            drawn += end - begin + longest
        # Few moments far apart, or many at once: either way the line is used whole.
        self._whole = max(0.0, drawn - longest)
        self._factor = width / self._whole if self._whole > 0 else 0.0
        self._longest = longest
        self.pauses = [
            (self.place(end), self.place(begin), begin - end)
            for end, begin in zip(self._ends, self._begins[1:], strict=False)
        ]
        """The shortened pauses: where each begins and ends on the line, and how many seconds it lasted."""

    def place(self, moment: float) -> float:
        """Where a moment stands; those outside stand at the ends."""
        number = bisect_right(self._begins, moment) - 1
        if number < 0:
            return 0.0
        past = moment - self._ends[number]
        if past <= 0:
            drawn = self._drawn[number] + moment - self._begins[number]
        elif number == len(self._begins) - 1:
            drawn = self._whole
        else:
            pause = self._begins[number + 1] - self._ends[number]
            drawn = self._drawn[number + 1] - self._longest * (1 - past / pause)
        return drawn * self._factor
