"""Nothing lost and nothing doubled, wherever the connection breaks and whatever it does to the frames."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from .model_service import Manners, Model

TEXTS = st.sampled_from(["yes", "no", "yes", "a longer one"])

ORDERLY = [
    st.tuples(st.just("say"), TEXTS),
    st.tuples(st.just("say"), TEXTS),
    st.tuples(st.just("agent"), TEXTS),
    st.tuples(st.just("process"), st.none()),
    st.tuples(st.just("deliver"), st.none()),
    st.tuples(st.just("flow"), st.integers(1, 4)),
    st.tuples(st.just("cut"), st.integers(0, 4)),
    st.tuples(st.just("reconnect"), st.integers(0, 4)),
    st.tuples(st.just("wait"), st.sampled_from([0.1, 1, 6])),
    st.tuples(st.just("page"), st.booleans()),
]
MUDDLED = [
    st.tuples(st.just("out of turn"), st.integers(0, 5)),
    st.tuples(st.just("twice"), st.integers(0, 5)),
    st.tuples(st.just("cut, late"), st.integers(0, 4)),
    st.tuples(st.just("process late"), st.none()),
]
STEPS = st.lists(st.one_of(*ORDERLY), max_size=30)
MUDDLES = st.lists(st.one_of(*ORDERLY, *MUDDLED), max_size=30)
SKEWS = st.sampled_from([-7200, -3, 0, 3, 7200])


def run(model: Model, steps: list[tuple[str, object]]) -> None:
    acts = {
        "say": lambda what: model.say(what),
        "agent": lambda what: model.agent(what),
        "process": lambda _: model.process(),
        "process late": lambda _: model.process_late(),
        "deliver": lambda _: model.deliver(),
        "out of turn": lambda what: model.deliver(what),
        "twice": lambda what: model.deliver(what, twice=True),
        "flow": lambda what: model.flow(what),
        "reconnect": lambda what: model.reconnect(what),
        "cut": lambda what: model.cut(what),
        "cut, late": lambda what: model.cut(what, late=True),
        "wait": lambda what: model.wait(what),
        "page": lambda what: model.answer_page(well=what),
    }
    for name, what in steps:
        acts[name](what)  # type: ignore[no-untyped-call]
    model.settle()


@settings(max_examples=150)
@given(MUDDLES, st.booleans(), SKEWS)
def test_with_a_history_the_transcript_is_the_conversation(
    steps: list[tuple[str, object]], names_entities: bool, skew: int
) -> None:
    model = Model(Manners(names_entities=names_entities, skew=skew))
    # A page that fails loses what was missed until the next break; the rest has to hold anyway.
    lossy = any(step == ("page", False) for step in steps)
    run(model, steps)
    model.check_shown()
    model.check_said(once=True)
    if not lossy:
        model.check_complete()


@settings(max_examples=100)
@given(STEPS, st.booleans(), st.booleans())
def test_a_history_alone_is_enough_where_the_service_takes_every_repeat(
    steps: list[tuple[str, object]], names_entities: bool, gives_times: bool
) -> None:
    # Without an answer in time a message goes again, and then only the service can tell.
    manners = Manners(knows_repeats=False, names_entities=names_entities, gives_times=gives_times)
    model = Model(manners, catch_up_timeout=1e6, history_timeout=1e6, configure_timeout=1e6)
    steps = [("page", True) if name == "page" else (name, what) for name, what in steps]
    run(model, steps)
    model.check_shown()
    model.check_said(once=True)
    model.check_complete()


@settings(max_examples=100)
@given(MUDDLES, st.sampled_from(["no", "silent"]), st.booleans())
def test_without_a_history_nothing_is_lost_and_nothing_shown_twice(
    steps: list[tuple[str, object]], history: str, knows_repeats: bool
) -> None:
    model = Model(Manners(history=history, knows_repeats=knows_repeats))
    run(model, steps)
    model.check_shown()
    model.check_said(once=knows_repeats)


@settings(max_examples=100)
@given(STEPS, st.sampled_from(["yes", "no"]))
def test_echoes_that_name_nothing_are_enough_where_frames_keep_their_order(
    steps: list[tuple[str, object]], history: str
) -> None:
    model = Model(Manners(history=history, names_echoes=False))
    run(model, steps)
    model.check_shown()
    model.check_said(once=True)
