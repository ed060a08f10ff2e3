"""Keeps a chat of the terminal in the history, unless a person wants none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from gcdesk.chat.target import Target
from gcdesk.cli.speech import say_warning
from gcdesk.desk.history import ChatFacts, ChatRecorder, recorder_for
from gcdesk.errors import GcdeskError

_HEAD_START = 0.25
"""Seconds in which most chats with a fast service have their first reply; loading a database would hold it up."""


@contextmanager
def kept(env: str, target: Target, key: str, attributes: Mapping[str, str]) -> Iterator[ChatRecorder]:
    """A recorder for one chat; leaving writes what is left and warns, once, if something could not be kept."""
    troubles: list[GcdeskError] = []
    facts = ChatFacts(environment=env, place=target.endpoint.display, crm_key=key, attributes=attributes)
    recorder = recorder_for(None, facts, troubles.append, head_start=_HEAD_START)
    try:
        yield recorder
    finally:
        recorder.close()
        for trouble in troubles:
            say_warning(trouble)
