"""What shall happen in a chat of `gcdesk chat`, and how it went."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gcdesk.cli.statuses import Status
from gcdesk.errors import GcdeskError

if TYPE_CHECKING:
    from gcdesk.cli.chat_platform import Platform


class Plan(NamedTuple):
    """What shall happen in a chat.

    Args:
        opening: What to say first, followed by waiting for a reply where `lines` are; empty for nothing.
        says: Texts to say, each followed by waiting for a reply.
        lines: More texts, as they come; None if there are none to come.
        wait_for_replies: Whether each of `lines` is followed by waiting for a reply too.
        timeout: Seconds that each single wait may take.
        files: Files to send after `says`, each followed by waiting for its echo.
        save_to: The folder for files that come; None to leave them where they are.
        earlier: How many earlier messages to read first.
        new_chat: Whether to begin anew where the conversation can only be read.
        listen: Seconds to stay for messages.
        prove: Whether to ask the platform for the attributes.
        end: Whether to end the conversation.
        platform: The Platform API, None where there is no OAuth client.
        attributes: What to prove.
    """

    opening: str = ""
    says: Sequence[str] = ()
    lines: AsyncIterator[str] | None = None
    wait_for_replies: bool = True
    timeout: float = 30.0
    files: Sequence[Path] = ()
    save_to: Path | None = None
    earlier: int = 0
    new_chat: bool = False
    listen: float = 0.0
    prove: bool = False
    end: bool = False
    platform: Platform | None = None
    attributes: Mapping[str, str] = {}


class Outcome(NamedTuple):
    """How a chat went: the exit status, the words for it, and the error that decided it, if one did."""

    status: Status
    reason: str
    error: GcdeskError | None = None
