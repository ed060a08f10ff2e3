"""What the customer does while something goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable

from websockets.asyncio.client import connect

from gcdesk.chat.opener import Opener
from gcdesk.chat.platform import PlatformClient
from gcdesk.chat.verification import Patience, Verification
from gcdesk.errors import GcdeskError
from gcdesk.guest.content import Attachment
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.events import HistoryChanged, HistoryStatus, SessionRenewed, UploadChanged
from gcdesk.guest.message import Direction
from gcdesk.guest.states import State
from gcdesk.guest.upload import OutgoingFile, UploadState
from gcdesk.simulator.demo import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET
from tests.chat.faults.playing import ATTRIBUTES, Play

DATA = b"a file of a customer\n" * 400
Story = Callable[[Play], Awaitable[None]]

_OVER = (UploadState.UPLOADED, UploadState.FAILED)


async def talk(play: Play) -> None:
    """Three messages."""
    for text in ("one", "two", "three"):
        await play.say(text)


async def hurry(play: Play) -> None:
    """Three messages, the next before the one before is confirmed where that takes a moment."""
    await play.configured()
    for text in ("one", "two", "three"):
        play.chat.say(text)
        play.said.append(text)
        await play.rest(0.1)


async def early(play: Play) -> None:
    """Two messages before there is a session."""
    for text in ("one", "two"):
        play.chat.say(text)
        play.said.append(text)


async def wait(play: Play) -> None:
    """Nothing for five minutes, then a message."""
    await play.configured()
    await play.rest(300)
    await play.say("one")


async def upload(play: Play) -> None:
    """A message, a file with its own, and one more."""
    await play.say("one")
    attachment_id = play.chat.attach(OutgoingFile("note.txt", "text/plain", len(DATA), DATA))
    await play.event(UploadChanged, lambda event: event.upload.state in _OVER)
    await play.rest(1)
    if play.all(UploadChanged)[-1].upload.state is UploadState.UPLOADED:
        await play.say("see the file", attachment=attachment_id)
    await play.say("two")


async def download(play: Play) -> None:
    """A file of the bot's, saved."""
    await play.say("attachment")
    received = next(message for message in play.shown.values() if message.direction is Direction.OUTBOUND)
    (item,) = received.content
    assert isinstance(item, Attachment)
    saved = await play.chat.save(item, play.folder)
    assert saved.read_bytes().startswith(b"This file comes from the gcdesk simulator.")
    await play.say("two")


async def look_back(play: Play) -> None:
    """Two messages, the history, and one more message."""
    await play.say("one")
    await play.say("two")
    play.chat.load_history()
    await play.event(HistoryChanged, lambda event: event.status is not HistoryStatus.LOADING)
    await play.say("three")


async def begin_anew(play: Play) -> None:
    """A new chat where the old one can only be read."""
    await play.until(lambda: play.chat.state is State.READ_ONLY)
    play.chat.new_chat()
    await play.event(SessionRenewed)
    await play.say("one")


async def read_only(play: Play) -> None:
    """A message, and another one where none is taken any more."""
    await play.until(lambda: play.chat.state in (State.CONFIGURED, State.READ_ONLY))
    if play.chat.can_say:
        await play.say("one")
    await play.until(lambda: play.chat.state is State.READ_ONLY)
    try:
        play.chat.say("refused")
    except GcdeskError as error:
        play.raised.append(error)


async def end(play: Play) -> None:
    """A message, and the wish to end the conversation."""
    await play.say("one")
    play.chat.clear()


async def other_windows(play: Play) -> None:
    """A message, then the same session is opened three more times elsewhere."""
    await play.say("one")
    url = f"{play.simulator.url}?deploymentId={play.simulator.deployment_id}"
    request = {"action": "configureSession", "deploymentId": play.simulator.deployment_id}
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(3):
            socket = await stack.enter_async_context(connect(url, proxy=None, open_timeout=None))
            await socket.send(json.dumps({**request, "token": str(play.chat.token)}))
            await socket.recv()
        await play.rest(1)


async def fetch(play: Play) -> None:
    """A file of the bot's that cannot be had, and one more message."""
    await play.say("attachment")
    received = next(message for message in play.shown.values() if message.direction is Direction.OUTBOUND)
    (item,) = received.content
    assert isinstance(item, Attachment)
    try:
        await play.chat.save(item, play.folder)
    except GcdeskError as error:
        play.raised.append(error)
    assert not list(play.folder.iterdir())
    await play.say("two")


async def verify(play: Play) -> None:
    """A message, and the question to the Platform API whether its custom attributes arrived."""
    await play.say("one")
    echo = next(message for message in play.shown.values() if message.direction is Direction.INBOUND)
    loop = asyncio.get_running_loop()
    credentials = Credentials(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET)
    async with PlatformClient(
        Opener(), play.chat.target.endpoint, credentials, monotonic=loop.time
    ) as client:
        proof = await Verification(client, Patience(), monotonic=loop.time).of_message(echo.id, ATTRIBUTES)
    play.arrival = proof.arrival
    if proof.error is not None:
        play.raised.append(proof.error)
    await play.say("two")


async def speak_as_guest(play: Play) -> None:
    """A message where only signed-in customers may speak; nobody signs in."""
    await play.configured()
    play.said.append("one")
    play.chat.say("one")
    await play.until(lambda: play.chat.waits_for_sign_in)
