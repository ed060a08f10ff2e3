"""The order of a transcript: by the service's channel time, whatever order the frames came in.

The law of this file: two messages whose times are known stand in the order of these times; where times are equal or
missing, what came first stands first, and in the history's own order if that tells. A message without a time stays
beside what stood before it when it came. An own message that was never sent stands behind everything else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Order:
    """The keys of a transcript in their order; every place is told as the key that follows, empty for the end."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        # Beside each key the time by which its place is found: its own, or the latest before it where it has none.
        self._places: list[datetime] = []
        self._place_of: dict[str, datetime] = {}
        self._timed: set[str] = set()
        self._came: dict[str, int] = {}
        self._said: dict[str, int] = {}
        self._count = count()
        self._waiting: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._place_of or key in self._waiting

    def keys(self) -> list[str]:
        """All keys, first to last."""
        return [*self._keys, *self._waiting]

    def wait(self, key: str) -> None:
        """An own message that was not sent yet stands at the very end."""
        self._waiting[key] = None

    def release(self, key: str) -> str | None:
        """A waiting message is on its way, or never will be: it stands before those that still wait.

        Returns:
            What follows it now, if it moved; None if it stays where it is or did not wait.
        """
        if key not in self._waiting:
            return None
        stays = next(iter(self._waiting)) == key
        del self._waiting[key]
        before = self.add(key, None)
        self._said[key] = self._came[key]
        return None if stays else before

    def drop(self, key: str) -> None:
        """A message was taken back."""
        if key in self._waiting:
            del self._waiting[key]
        elif key in self._place_of:
            self._remove(self._index(key))

    def add(self, key: str, time: datetime | None) -> str:
        """Take in a message that just arrived; returns what follows it."""
        index = len(self._keys) if time is None else bisect_right(self._places, time)
        return self._insert(index, key, time)

    def settle(self, key: str, time: datetime | None) -> list[tuple[str, str]]:
        """The time of a message is known now.

        Returns:
            Each message that moved, with what follows it now, in the order in which they are to be moved.
        """
        if key in self._waiting:
            was_next = next(iter(self._waiting)) == key
            del self._waiting[key]
            before = self.add(key, time)
            return [] if was_next and before == next(iter(self._waiting), "") else [(key, before)]
        if time is None or key not in self._place_of:
            return []
        index = self._index(key)
        if self._fits(index, time):
            self._stay(index, key, time)
            return []
        return self._move(index, key, time)

    def _move(self, index: int, key: str, time: datetime) -> list[tuple[str, str]]:
        came = self._came[key]
        self._remove(index)
        target = bisect_right(self._places, time)
        # What was said later and has no time yet stays behind it: it can only get a later one.
        later = [other for other in self._keys[index:target] if self._said.get(other, -1) > came]
        for other in later:
            self._remove(self._index(other), keep_said=True)
        target = self._before_said_after(bisect_right(self._places, time), came)
        moved = [(key, self._insert(target, key, time))]
        self._came[key] = came
        for place, other in enumerate(later, target + 1):
            moved.append((other, self._insert(place, other, None)))
            self._came[other] = self._said[other]
        return moved

    def _before_said_after(self, index: int, came: int) -> int:
        while index and self._said.get(self._keys[index - 1], -1) > came:
            index -= 1
        return index

    def merge(
        self, messages: Sequence[tuple[str, datetime | None]], newer: str = "", *, at_end: bool = False
    ) -> list[tuple[str, str]]:
        """Take in messages read from the history, where some may stand in the transcript already.

        Args:
            messages: Key and time, oldest first.
            newer: The key of a message known to follow them, if there is one.
            at_end: Whether those of which nothing else is known come last, not first.

        Returns:
            Each key that was not there before with what follows it, in the order in which they are to be shown.
        """
        followers = self._followers([key for key, _ in messages], newer)
        added: list[tuple[str, str]] = []
        after: str | None = None
        for (key, time), follower in zip(messages, followers, strict=True):
            if key in self._waiting:
                continue
            if key not in self._place_of:
                index = self._place_for(time, after, follower, at_end=at_end)
                added.append((key, self._insert(index, key, time)))
            after = key
        return added

    def _followers(self, keys: list[str], newer: str) -> list[str]:
        """For each key the next one behind it that stands in the transcript already, empty if there is none."""
        follower = newer if newer in self._place_of else ""
        found: list[str] = []
        for key in reversed(keys):
            found.append(follower)
            if key in self._place_of:
                follower = key
        return found[::-1]

    def _place_for(self, time: datetime | None, after: str | None, follower: str, *, at_end: bool) -> int:
        """Where the times leave a choice, the history's own order decides; where that says nothing, `at_end` does."""
        least, usual, most = self._room(time)
        if follower and least <= (index := self._index(follower)) <= most:
            return index
        if after is not None and least <= (index := self._index(after) + 1) <= most:
            return index
        return most if at_end else usual

    def _room(self, time: datetime | None) -> tuple[int, int, int]:
        """The first and last place a time allows, and between them the one behind all of known and equal time."""
        if time is None:
            return 0, 0, len(self._keys)
        most = bisect_right(self._places, time)
        return self._before_untimed(bisect_left(self._places, time)), self._before_untimed(most), most

    def _before_untimed(self, index: int) -> int:
        while index and self._keys[index - 1] not in self._timed:
            index -= 1
        return index

    def _insert(self, index: int, key: str, time: datetime | None) -> str:
        if time is not None:
            self._timed.add(key)
            self._said.pop(key, None)
        place = time or (self._places[index - 1] if index else _EARLIEST)
        self._keys.insert(index, key)
        self._places.insert(index, place)
        self._place_of[key] = place
        self._came[key] = next(self._count)
        self._carry_on(index)
        return self._key_after(index)

    def _remove(self, index: int, *, keep_said: bool = False) -> None:
        key = self._keys.pop(index)
        del self._places[index]
        del self._place_of[key]
        del self._came[key]
        self._timed.discard(key)
        if not keep_said:
            self._said.pop(key, None)

    def _index(self, key: str) -> int:
        # From behind, because it is mostly about what came last.
        index = bisect_right(self._places, self._place_of[key]) - 1
        while self._keys[index] != key:
            index -= 1
        return index

    def _fits(self, index: int, time: datetime) -> bool:
        """Whether a message may stay where it is once it has that time; messages without one do not matter."""
        earlier = next((i for i in range(index - 1, -1, -1) if self._keys[i] in self._timed), None)
        later = next((i for i in range(index + 1, len(self._keys)) if self._keys[i] in self._timed), None)
        return (earlier is None or self._places[earlier] <= time) and (
            later is None or time <= self._places[later]
        )

    def _stay(self, index: int, key: str, time: datetime) -> None:
        self._timed.add(key)
        self._said.pop(key, None)
        self._places[index] = self._place_of[key] = time
        self._carry_on(index)

    def _carry_on(self, index: int) -> None:
        """Those behind it without a time are found by the latest before them."""
        place = self._places[index]
        for follower in range(index + 1, len(self._keys)):
            other = self._keys[follower]
            if other in self._timed or self._places[follower] == place:
                break
            self._places[follower] = self._place_of[other] = place

    def _key_after(self, index: int) -> str:
        if index + 1 < len(self._keys):
            return self._keys[index + 1]
        return next(iter(self._waiting), "")
