"""Says the bot's answers: one at a time for each session, in order, with typing in between when asked for."""

import asyncio
import logging

from . import answers
from .answers import Frame
from .attachments import Attachments
from .bot import AGENT_NAME, Disconnect, HandOver, Pause, Say, Step, Type
from .deployment import BOT_NAME
from .options import SimulatorOptions
from .record import iso_time
from .sessions import Session

_LOG = logging.getLogger(__name__)


class Speaker:
    """Owns the tasks in which answers are given. `close` ends them all."""

    def __init__(self, options: SimulatorOptions, attachments: Attachments) -> None:
        self._options = options
        self._attachments = attachments
        flow = options.flow
        self._bot = (flow.bot if flow is not None else "") or BOT_NAME
        self._agent = (flow.agent if flow is not None else "") or AGENT_NAME
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, session: Session, steps: list[Step]) -> None:
        """Give an answer after those already under way in this session."""
        task = asyncio.get_running_loop().create_task(self._perform(session, steps))
        for tasks in (self._tasks, session.answering):
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        task.add_done_callback(_report)

    async def close(self) -> None:
        """Drop what has not been said, and wait until no task is left."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _perform(self, session: Session, steps: list[Step]) -> None:
        async with session.turn:
            typed = False
            for step in steps:
                if isinstance(step, Say) and not typed:
                    await self._type(session, self._options.reply_delay)
                # Whoever paused on purpose does not type before going on.
                typed = isinstance(step, Type | Pause)
                await self._take(session, step)

    async def _take(self, session: Session, step: Step) -> None:
        if isinstance(step, Say):
            self._say(session, step)
        elif isinstance(step, Type):
            await self._type(session, step.seconds)
        elif isinstance(step, Pause):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, HandOver):
            session.conversation.agent = step.to_agent
        elif isinstance(step, Disconnect):
            self._disconnect(session, step)
        else:
            session.broadcast(step.frame)

    async def _type(self, session: Session, seconds: float) -> None:
        if seconds <= 0:
            return
        if self._options.agent_typing:
            body = self._outbound(session, "Event", events=[answers.typing(round(seconds * 1000))])
            session.broadcast(answers.push("StructuredMessage", body))
        await asyncio.sleep(seconds)

    def _say(self, session: Session, step: Say) -> None:
        now = self._options.clock()
        files_only = all(item["contentType"] == "Attachment" for item in step.content)
        kind = "Text" if files_only else "Structured"
        content = self._attachments.hand_out(session, step.content, now)
        body = self._outbound(session, kind, text=step.text, content=content or None)
        session.conversation.add(body, now)
        session.touch(now)
        session.broadcast(answers.push("StructuredMessage", body))

    def _disconnect(self, session: Session, step: Disconnect) -> None:
        session.conversation.agent = False
        session.conversation.ending = "disconnected"
        setting = self._options.conversation_disconnect
        if setting == "off":
            return
        read_only = setting == "ReadOnly" if step.read_only is None else step.read_only
        session.read_only = read_only
        metadata = {"readOnly": "true"} if read_only else {}
        body = self._outbound(session, "Event", events=[answers.presence("Disconnect")], metadata=metadata)
        session.conversation.add(body, self._options.clock())
        session.broadcast(answers.push("StructuredMessage", body))

    def _outbound(
        self,
        session: Session,
        kind: str,
        *,
        text: str | None = None,
        content: list[Frame] | None = None,
        events: list[Frame] | None = None,
        metadata: dict[str, str] | None = None,
    ) -> Frame:
        agent = session.conversation.agent
        return answers.structured(
            kind,
            "Outbound",
            iso_time(self._options.clock()),
            text=text,
            content=content,
            events=events,
            channel={"type": "Private", "from": {"nickname": self._agent if agent else self._bot}, "to": {}},
            metadata=metadata,
            originating_entity="Human" if agent else "Bot",
        )


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _LOG.error("The simulator's bot failed.", exc_info=error)
