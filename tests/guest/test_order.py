"""The order of a transcript: by channel time, else by arrival, and every place told is a place that exists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.order import Order

_START = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def at(seconds: int | None) -> datetime | None:
    return None if seconds is None else _START + timedelta(seconds=seconds)


class Shown:
    """A transcript that follows what an order tells, as a window does."""

    def __init__(self) -> None:
        self.order = Order()
        self.keys: list[str] = []

    def put(self, key: str, before: str) -> None:
        assert key not in self.keys
        self.keys.insert(self.keys.index(before) if before else len(self.keys), key)

    def move(self, key: str, before: str | None) -> None:
        if before is not None:
            self.keys.remove(key)
            self.put(key, before)

    def add(self, key: str, seconds: int | None = None) -> None:
        self.put(key, self.order.add(key, at(seconds)))
        self.check()

    def wait(self, key: str) -> None:
        self.order.wait(key)
        self.put(key, "")
        self.check()

    def release(self, key: str) -> None:
        self.move(key, self.order.release(key))
        self.check()

    def settle(self, key: str, seconds: int | None) -> None:
        for moved, before in self.order.settle(key, at(seconds)):
            self.move(moved, before)
        self.check()

    def merge(self, *messages: tuple[str, int | None], newer: str = "", at_end: bool = False) -> None:
        timed = [(key, at(seconds)) for key, seconds in messages]
        for key, before in self.order.merge(timed, newer, at_end=at_end):
            self.put(key, before)
        self.check()

    def check(self) -> None:
        assert self.keys == self.order.keys()


def test_messages_stand_by_their_times() -> None:
    shown = Shown()
    for key, seconds in [("b", 2), ("d", 4), ("a", 1), ("c", 3)]:
        shown.add(key, seconds)
    assert shown.keys == ["a", "b", "c", "d"]


def test_equal_and_missing_times_keep_the_order_of_arrival() -> None:
    shown = Shown()
    for key, seconds in [("a", 1), ("b", 1), ("c", None), ("d", 1), ("e", None), ("f", 0)]:
        shown.add(key, seconds)
    assert shown.keys == ["f", "a", "b", "c", "d", "e"]


def test_what_was_not_sent_yet_stands_at_the_end() -> None:
    shown = Shown()
    shown.wait("mine")
    shown.wait("mine too")
    shown.add("theirs", 5)
    shown.add("without a time")
    assert shown.keys == ["theirs", "without a time", "mine", "mine too"]


def test_a_message_under_way_keeps_its_place_and_takes_the_right_one_with_its_time() -> None:
    shown = Shown()
    shown.add("greeting", 1)
    shown.wait("mine")
    shown.release("mine")
    shown.add("reply", 4)
    assert shown.keys == ["greeting", "mine", "reply"]
    shown.settle("mine", 3)
    assert shown.keys == ["greeting", "mine", "reply"]


def test_a_message_whose_time_is_later_than_the_next_moves_behind_it() -> None:
    shown = Shown()
    shown.wait("mine")
    shown.release("mine")
    shown.add("theirs", 4)
    shown.settle("mine", 6)
    assert shown.keys == ["theirs", "mine"]


def test_two_messages_under_way_do_not_change_places_when_the_first_is_confirmed() -> None:
    shown = Shown()
    shown.add("greeting", 1)
    for key in ("one", "two"):
        shown.wait(key)
        shown.release(key)
    shown.settle("one", 10)
    assert shown.keys == ["greeting", "one", "two"]
    shown.settle("two", 11)
    shown.add("late", 10)
    assert shown.keys == ["greeting", "one", "late", "two"]


def test_a_message_that_is_found_sent_while_it_waits_takes_its_place() -> None:
    shown = Shown()
    shown.add("a", 1)
    shown.wait("mine")
    shown.wait("next")
    shown.settle("mine", 2)
    assert shown.keys == ["a", "mine", "next"]
    shown.settle("next", 0)
    assert shown.keys == ["next", "a", "mine"]


def test_one_that_goes_out_of_turn_stands_before_those_that_wait() -> None:
    shown = Shown()
    for key in ("one", "two"):
        shown.wait(key)
    shown.release("two")
    assert shown.keys == ["two", "one"]


def test_what_was_taken_back_leaves_no_trace() -> None:
    shown = Shown()
    shown.add("a", 1)
    shown.wait("mine")
    shown.order.drop("mine")
    shown.order.drop("a")
    shown.order.drop("never there")
    assert shown.order.keys() == []
    assert "a" not in shown.order


def test_the_history_goes_before_what_is_known() -> None:
    shown = Shown()
    shown.add("live", 10)
    shown.wait("mine")
    shown.merge(("old", None), ("older?", None))
    shown.merge(("oldest", None), newer="old")
    assert shown.keys == ["oldest", "old", "older?", "live", "mine"]


def test_what_was_missed_goes_behind_what_is_known() -> None:
    shown = Shown()
    shown.add("known")
    shown.wait("mine")
    shown.merge(("known", None), ("missed", None), at_end=True)
    shown.merge(("missed too", None), at_end=True)
    assert shown.keys == ["known", "missed", "missed too", "mine"]


def test_among_equal_times_the_historys_own_order_counts() -> None:
    shown = Shown()
    shown.add("b", 5)
    shown.add("c", 5)
    shown.merge(("a", 5), ("b", 5), ("between", 5), ("c", 5), ("d", 5))
    assert shown.keys == ["a", "b", "between", "c", "d"]


def test_a_page_without_times_keeps_its_order_around_what_is_known() -> None:
    shown = Shown()
    shown.add("b", 5)
    shown.merge(("a", None), ("b", None), ("c", None), ("d", 6), ("e", None))
    assert shown.keys == ["a", "b", "c", "d", "e"]


SECONDS = st.none() | st.integers(0, 6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), SECONDS),
        st.tuples(st.just("wait"), st.none()),
        st.tuples(st.just("release"), st.integers(0, 30)),
        st.tuples(st.just("settle"), st.tuples(st.integers(0, 30), SECONDS)),
        st.tuples(
            st.just("merge"), st.tuples(st.lists(SECONDS, max_size=4), st.integers(0, 9), st.booleans())
        ),
    ),
    max_size=30,
)


@given(STEPS)
def test_the_law_holds_whatever_happens(steps: list[tuple[str, object]]) -> None:
    shown = Shown()
    times: dict[str, int | None] = {}
    waiting: list[str] = []
    untimed: list[str] = []
    for number, (step, what) in enumerate(steps):
        key = f"k{number}"
        if step == "add":
            assert what is None or isinstance(what, int)
            shown.add(key, what)
            times[key] = what
        elif step == "wait":
            shown.wait(key)
            waiting.append(key)
        elif step == "release" and waiting:
            assert isinstance(what, int)
            key = waiting.pop(what % len(waiting))
            shown.release(key)
            untimed.append(key)
            times[key] = None
        elif step == "settle" and (waiting or untimed):
            assert isinstance(what, tuple)
            index, seconds = what
            key = [*waiting, *untimed][index % (len(waiting) + len(untimed))]
            shown.settle(key, seconds)
            times[key] = seconds
            waiting = [other for other in waiting if other != key]
            untimed = [other for other in untimed if other != key]
        elif step == "merge":
            assert isinstance(what, tuple)
            page, start, at_end = what
            known = list(times)[start : start + 2]
            merged = [(f"{key}-{index}", seconds) for index, seconds in enumerate(page)]
            mixed = [(other, times[other]) for other in known] + merged
            shown.merge(*mixed, newer=known[-1] if known else "", at_end=at_end)
            times |= dict(merged)
        timed = [seconds for other in shown.keys if (seconds := times.get(other)) is not None]
        assert timed == sorted(timed)
        assert set(shown.keys) == set(times) | set(waiting)
        assert shown.keys[len(shown.keys) - len(waiting) :] == waiting


@given(st.lists(st.integers(0, 50), max_size=40))
def test_equal_times_stay_in_the_order_they_came(seconds: list[int]) -> None:
    shown = Shown()
    for number, second in enumerate(seconds):
        shown.add(f"{number:03}", second)
    placed = [(seconds[int(key)], key) for key in shown.keys]
    assert all(first < second for first, second in pairwise(placed))


@given(
    st.lists(st.sampled_from(["say", "reply", "echo"]), max_size=40), st.lists(st.integers(0, 1), max_size=40)
)
def test_what_was_said_and_confirmed_in_order_stays_in_order(steps: list[str], ticks: list[int]) -> None:
    shown, said, confirmed = Shown(), 0, 0
    for number, step in enumerate(steps):
        seconds = sum(ticks[: number + 1])
        if step == "say":
            shown.wait(f"own-{said:03}")
            shown.release(f"own-{said:03}")
            said += 1
        elif step == "reply":
            shown.add(f"reply-{number}", seconds)
        elif confirmed < said:
            shown.settle(f"own-{confirmed:03}", seconds)
            confirmed += 1
    own = [key for key in shown.keys if key.startswith("own")]
    assert own == sorted(own)
