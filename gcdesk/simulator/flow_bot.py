"""Plays a flow: keeps where each conversation is in it, and turns what the customer does into steps to take."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from .bot import Disconnect, HandOver, Pause, Raw, Say, Scene, Step, Type
from .content import OUTBOUND_TEXT_LIMIT
from .flow import Answer, Flow, FlowStep, Line
from .flow_content import STEP_PAYLOAD, fill
from .flow_match import Heard
from .messages import GuestMessage

_DAY = re.compile(r"simulator\.day\+([0-9]{1,3})")


@dataclass
class _Where:
    """How far one conversation has come: its step, "" for none, and what regular expressions and forms gave."""

    step: str = ""
    found: dict[str, str] = field(default_factory=dict)


class FlowBot:
    """The bot that a flow describes."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._conversations: dict[str, _Where] = {}

    def greeting(self, scene: Scene) -> list[Step]:
        """The answer to a Join."""
        return self._taken(self._flow.greeting, scene, self._where(scene))

    def answer(self, message: GuestMessage, scene: Scene) -> list[Step]:
        """What happens about a text, a pressed button, a form or a file."""
        where = self._where(scene)
        heard = heard_from(message)
        where.found |= {**heard.answers, "text": heard.text}
        named = [
            payload.removeprefix(STEP_PAYLOAD)
            for payload in heard.payloads
            if payload.startswith(STEP_PAYLOAD)
        ]
        if named and named[0] in self._flow.steps:
            return self._enter(named[0], scene, where)
        step = self._flow.steps.get(where.step, FlowStep())
        for answer in (*step.answers, *self._flow.start.answers):
            found = answer.when.match(heard, scene.conversation.participant_data)
            if found is not None:
                where.found |= found
                return self._given(answer, scene, where)
        return self._taken(step.fallback or self._flow.start.fallback, scene, where)

    def _where(self, scene: Scene) -> _Where:
        return self._conversations.setdefault(scene.conversation.conversation_id, _Where())

    def _given(self, answer: Answer, scene: Scene, where: _Where) -> list[Step]:
        said = self._taken(answer.say, scene, where)
        return said + self._enter(answer.goto, scene, where) if answer.goto else said

    def _enter(self, name: str, scene: Scene, where: _Where) -> list[Step]:
        taken: list[Step] = []
        # Circles are refused when the flow is read.
        while name:
            where.step = name
            step = self._flow.steps[name]
            taken += self._taken(step.say, scene, where)
            name = step.goto
        return taken

    def _taken(self, lines: Iterable[Line], scene: Scene, where: _Where) -> list[Step]:
        resolve = _resolver(scene, where)
        return [_step(line, resolve) for line in lines]


def heard_from(message: GuestMessage) -> Heard:
    """What the customer did, from their message."""
    label = message.answers[0]["text"] if message.answers else ""
    return Heard(
        text=message.text or label,
        pressed=_kind_of(message.answers),
        payloads=tuple(answer["payload"] for answer in message.answers),
        answers={answer["id"]: answer["text"] for answer in message.answers if "id" in answer},
        file=message.attachment_id is not None,
    )


def _kind_of(answers: tuple[dict[str, str], ...]) -> str:
    if not answers:
        return ""
    return "Form" if "id" in answers[0] else answers[0]["type"]


def _resolver(scene: Scene, where: _Where) -> Callable[[str], str | None]:
    def resolve(name: str) -> str | None:
        if name == "simulator.base":
            return scene.base
        day = _DAY.fullmatch(name)
        if day is not None:
            then = datetime.fromtimestamp(scene.now, UTC) + timedelta(days=int(day[1]))
            return then.date().isoformat()
        return where.found.get(name) or scene.conversation.participant_data.get(name)

    return resolve


def _step(line: Line, resolve: Callable[[str], str | None]) -> Step:
    if line.what == "typing":
        return Type(line.seconds)
    if line.what == "pause":
        return Pause(line.seconds)
    if line.what in {"agent", "bot"}:
        return HandOver(to_agent=line.what == "agent")
    if line.what == "end":
        return Disconnect(line.read_only)
    if line.what == "frame":
        return Raw(fill(line.frame, resolve))
    text = None if line.text is None else fill(line.text, resolve)[:OUTBOUND_TEXT_LIMIT]
    return Say(text, [fill(item, resolve) for item in line.content])
