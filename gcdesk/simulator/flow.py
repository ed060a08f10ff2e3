"""Flows: what the simulated bot says, written by a user as a YAML file.

A flow is a greeting, answers, a fallback, and named steps that have answers and a fallback of their own. Reading
it checks everything, so that what can be loaded can be played.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .content import OUTBOUND_TEXT_LIMIT, Item
from .files import ServedFile
from .flow_content import KINDS, Files, Steps
from .flow_match import When, read_when
from .flow_reader import FlowError, Place, closest, read_yaml

__all__ = ["Answer", "Flow", "FlowError", "FlowStep", "load_flow"]

_LONGEST_PAUSE = 600
_MOVES = ("typing", "pause", "agent", "bot", "end", "frame")
_SAYS = ("text", *KINDS)
_FLOW = ("name", "bot", "agent", "greeting", "answers", "fallback", "steps")
_ANSWER = ("when", "say", "goto")
_STEP = ("say", "goto", "answers", "fallback")


@dataclass(frozen=True)
class Line:
    """One thing to do. what: say, typing, pause, agent, bot, end or frame.

    text and content belong to say, seconds to typing and pause, read_only to end, frame to frame.
    """

    what: str
    text: str | None = None
    content: tuple[Item, ...] = ()
    seconds: float = 0.0
    read_only: bool | None = None
    frame: Any = None


@dataclass(frozen=True)
class Answer:
    """What is said when a condition holds, and the step it leads to, "" for none."""

    when: When
    say: tuple[Line, ...] = ()
    goto: str = ""


@dataclass(frozen=True)
class FlowStep:
    """A state of the conversation: what is said on entering it, and what is answered while in it."""

    say: tuple[Line, ...] = ()
    goto: str = ""
    answers: tuple[Answer, ...] = ()
    fallback: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Flow:
    """A whole flow. `files` are what the simulator has to serve for it, by name."""

    name: str
    bot: str
    agent: str
    greeting: tuple[Line, ...]
    start: FlowStep
    steps: dict[str, FlowStep]
    files: dict[str, ServedFile] = field(repr=False)


def load_flow(path: Path) -> Flow:
    """Read a flow. Raises FlowError, which names every mistake with its line and column."""
    root = read_yaml(path)
    flow = _Reader(path.parent).flow(root, path.stem)
    if root.problems:
        raise FlowError(path, root.problems)
    return flow


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._files = Files(folder)
        self._steps = Steps()

    def flow(self, root: Place, name: str) -> Flow:
        keys = root.keys("A flow", _FLOW)
        texts = {key: keys[key].text(key) for key in ("name", "bot", "agent") if key in keys}
        start = self._step({key: keys[key] for key in keys if key in {"answers", "fallback"}})
        steps: dict[str, FlowStep] = {}
        gotos: dict[str, Place] = {}
        for key, value in keys["steps"].entries("steps") if "steps" in keys else ():
            parts = value.keys("A step", _STEP)
            steps[str(key.node.value)] = self._step(parts)
            if "goto" in parts:
                gotos[str(key.node.value)] = parts["goto"]
        if not keys.keys() & {"greeting", "answers", "fallback"} and root.holds_only(keys):
            root.wrong("A flow needs a greeting, answers or a fallback.")
        greeting = self._lines(keys["greeting"]) if "greeting" in keys else ()
        self._check_steps(steps, gotos)
        return Flow(
            name=texts.get("name", name),
            bot=texts.get("bot", ""),
            agent=texts.get("agent", ""),
            greeting=greeting,
            start=start,
            steps=steps,
            files=self._files.found,
        )

    def _check_steps(self, steps: Collection[str], gotos: dict[str, Place]) -> None:
        for place, name in self._steps.used:
            if name and name not in steps:
                place.wrong(f"There is no step {name}.{closest(name, tuple(steps))}")
        leads = {name: str(place.node.value) for name, place in gotos.items()}
        for name, place in gotos.items():
            seen, at = {name}, leads[name]
            while at in leads and at not in seen:
                seen.add(at)
                at = leads[at]
            if at == name:
                place.wrong("From here the flow goes round in a circle and never waits for the customer.")

    def _step(self, keys: dict[str, Place]) -> FlowStep:
        answers = keys["answers"].items("answers") if "answers" in keys else []
        return FlowStep(
            say=self._lines(keys["say"]) if "say" in keys else (),
            goto=self._steps.name(keys["goto"]) if "goto" in keys else "",
            answers=tuple(self._answer(each) for each in answers),
            fallback=self._lines(keys["fallback"]) if "fallback" in keys else (),
        )

    def _answer(self, place: Place) -> Answer:
        keys = place.keys("An answer", _ANSWER, ("when",))
        if "when" in keys and not keys.keys() & {"say", "goto"} and place.holds_only(keys):
            place.wrong("An answer needs the key say or the key goto.")
        return Answer(
            when=read_when(keys["when"]) if "when" in keys else When(),
            say=self._lines(keys["say"]) if "say" in keys else (),
            goto=self._steps.name(keys["goto"]) if "goto" in keys else "",
        )

    def _lines(self, place: Place) -> tuple[Line, ...]:
        return tuple(self._line(each) for each in place.items("What is said", may_be_one=True))

    def _line(self, place: Place) -> Line:
        if not place.is_mapping:
            return Line("say", text=_said(place))
        keys = place.keys("A line", (*_SAYS, *_MOVES))
        moves = [key for key in keys if key in _MOVES]
        if moves and len(keys) > 1:
            place.wrong(f"The key {moves[0]} stands alone: give what else is to happen a line of its own.")
        if moves:
            return self._move(moves[0], keys[moves[0]])
        return self._say(place, keys)

    def _say(self, place: Place, keys: dict[str, Place]) -> Line:
        kinds = [key for key in keys if key != "text"]
        if len(kinds) > 1:
            keys[kinds[1]].wrong(f"A message has one kind of content: {kinds[0]} or {kinds[1]}.")
        if place.is_empty:
            place.wrong("The line is empty.")
        text = _said(keys["text"]) if "text" in keys else None
        content = KINDS[kinds[0]](keys[kinds[0]], self._files, self._steps) if kinds else []
        return Line("say", text=text, content=tuple(content))

    def _move(self, what: str, place: Place) -> Line:
        if what in {"typing", "pause"}:
            return Line(what, seconds=place.number(what, 0, _LONGEST_PAUSE))
        if what == "frame":
            if not place.is_mapping:
                place.wrong("A frame must be a mapping.")
            return Line(what, frame=place.plain())
        if what == "end" and place.is_mapping:
            keys = place.keys("end", ("readOnly",), ("readOnly",))
            return Line(what, read_only=keys["readOnly"].flag("readOnly") if "readOnly" in keys else None)
        if not place.flag(what):
            place.wrong(f"The key {what} is left out where it is not meant.")
        return Line(what)


def _said(place: Place) -> str:
    text = place.text("What is said").rstrip("\n")
    if len(text) > OUTBOUND_TEXT_LIMIT:
        place.wrong(f"The text is longer than {OUTBOUND_TEXT_LIMIT} characters, the most that is sent.")
    return text
