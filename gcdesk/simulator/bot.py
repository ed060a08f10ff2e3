"""The friendly bot: what it says to what. It decides, and leaves sending and waiting to others.

It always names itself a simulator, so that nobody takes its answers for Genesys Cloud's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from . import content
from .answers import Frame, push
from .content import OUTBOUND_TEXT_LIMIT, Item
from .conversations import Conversation
from .messages import GuestMessage

AGENT_NAME = "Lena (simulator)"
_TYPING_SECONDS = 1.5
_QUOTED = 200


@dataclass(frozen=True)
class Say:
    """One message. Its kind on the wire is Structured unless it is text, or a file, alone."""

    text: str | None = None
    content: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Type:
    """Show typing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Pause:
    """Do nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class HandOver:
    """From here on the agent speaks, or the bot again."""

    to_agent: bool


@dataclass(frozen=True)
class Disconnect:
    """End the conversation, and say so if the deployment does. `read_only` None leaves that to it too."""

    read_only: bool | None = None


@dataclass(frozen=True)
class Raw:
    """A frame as it is."""

    frame: Frame


Step = Say | Type | Pause | HandOver | Disconnect | Raw


@dataclass(frozen=True)
class Scene:
    """What the bot sees: the conversation, where the simulator's files are, and the time in epoch seconds."""

    conversation: Conversation
    base: str
    now: float


class Bot(Protocol):
    """Whoever answers: the built-in bot, or one that a user has written."""

    def greeting(self, scene: Scene) -> list[Step]:
        """The answer to a Join."""

    def answer(self, message: GuestMessage, scene: Scene) -> list[Step]:
        """What it does about a message."""


def _attributes(scene: Scene) -> list[Step]:
    data = scene.conversation.participant_data
    if not data:
        return [Say("I have no participant data about you. No custom attributes have arrived.")]
    text = "\n".join(f"Your {key} is {value}." for key, value in data.items())
    return [Say(_shortened(text, OUTBOUND_TEXT_LIMIT))]


def _agent(_scene: Scene) -> list[Step]:
    return [
        Say("I am handing you over to a colleague."),
        HandOver(to_agent=True),
        Type(_TYPING_SECONDS),
        Say("Hi, this is Lena. I am played by the simulator. Say bot to go back to the bot."),
    ]


def _back_to_bot(_scene: Scene) -> list[Step]:
    return [HandOver(to_agent=False), Say("The bot is back.")]


def _unknown(_scene: Scene) -> list[Step]:
    return [
        Say("Here is a content kind and a frame that no client knows.", content.unknown_content()),
        Raw(push("HologramEvent", {"depth": 3, "note": "This class does not exist."})),
        Say("The chat goes on after both."),
    ]


def _help(_scene: Scene) -> list[Step]:
    lines = "\n".join(f"{word}: {purpose}" for word, (purpose, _) in WORDS.items())
    return [Say(f"Say one of these words.\n{lines}", [content.quick_reply(word, word) for word in WORDS])]


def _typing(_scene: Scene) -> list[Step]:
    return [Type(_TYPING_SECONDS), Say("I have finished typing.")]


def _end(read_only: bool | None) -> Callable[[Scene], list[Step]]:
    return lambda _scene: [Say("Goodbye."), Disconnect(read_only)]


def _text_with(text: str, items: Callable[[Scene], list[Item]]) -> Callable[[Scene], list[Step]]:
    return lambda scene: [Say(text, items(scene))]


def _only_text(text: str) -> Callable[[Scene], list[Step]]:
    return lambda _scene: [Say(text)]


WORDS: dict[str, tuple[str, Callable[[Scene], list[Step]]]] = {
    "help": ("this list", _help),
    "text": ("plain text", _only_text('Here is plain text: <b>not bold</b> & "as it is".')),
    "quick": ("quick replies", _text_with("Do you like it?", lambda s: content.quick_replies(s.base))),
    "buttons": ("quick replies", _text_with("Do you like it?", lambda s: content.quick_replies(s.base))),
    "offer": (
        "quick replies in their other form",
        _text_with("Which one?", lambda _: content.offered_buttons()),
    ),
    "card": ("a card", _text_with("One card.", lambda s: content.card(s.base))),
    "carousel": ("a carousel", _text_with("Three cards.", lambda s: content.carousel(s.base))),
    "generic": (
        "the old card template",
        _text_with("An old card.", lambda s: content.generic_template(s.base)),
    ),
    "date": ("a date picker", _text_with("Pick a time.", lambda s: content.date_picker(s.base, s.now))),
    "list": ("a list picker", _text_with("Choose.", lambda _: content.list_picker())),
    "form": ("a form", _text_with("Please fill this in.", lambda _: content.form())),
    "image": ("an image", _text_with("A picture.", lambda s: content.attachment(s.base, "violet.png"))),
    "attachment": ("a file", lambda s: [Say(None, content.attachment(s.base, "note.txt"))]),
    "typing": ("a typing indicator", _typing),
    "markdown": ("markdown", _only_text(content.MARKDOWN)),
    "long": ("the longest text there is", _only_text(content.long_text())),
    "emoji": ("emoji", _only_text(content.EMOJI)),
    "rtl": ("right-to-left text", _only_text(content.RIGHT_TO_LEFT)),
    "agent": ("a person takes over", _agent),
    "bot": ("the bot takes over again", _back_to_bot),
    "whoami": ("your participant data", _attributes),
    "attributes": ("your participant data", _attributes),
    "unknown": ("content no client knows", _unknown),
    "end": ("the conversation ends", _end(None)),
    "readonly": ("it ends and becomes read-only", _end(read_only=True)),
}


def greeting(scene: Scene) -> list[Step]:
    """The answer to a Join, and to hello: by name, else by CRM customer ID, else plain."""
    data = scene.conversation.participant_data
    crm_id = data.get("crmCustomerId", "").strip()
    name = data.get("customerName", "").strip() or (f"customer {crm_id}" if crm_id else "")
    hello = f"Hello, {_shortened(name, _QUOTED)}." if name else "Hello."
    return [
        Say(f"{hello} I am the bot of the gcdesk simulator, not Genesys Cloud. Say help for what I know.")
    ]


def answer(message: GuestMessage, scene: Scene) -> list[Step]:
    """What the bot does about a text or a pressed button."""
    if message.answers:
        pressed = message.answers[0]
        if pressed["type"] == "QuickReply" and pressed["payload"] in WORDS:
            return WORDS[pressed["payload"]][1](scene)
        return [Say(_shortened("\n".join(_confirmed(item) for item in message.answers), OUTBOUND_TEXT_LIMIT))]
    if message.attachment_id is not None:
        return [Say(f"I have received {_file(scene)}.")]
    if message.content:
        return [Say("Thank you, I have received that form. It was empty.")]
    text = (message.text or "").strip()
    word = text.lower()
    if word in WORDS:
        return WORDS[word][1](scene)
    if word in {"hello", "hi"}:
        return greeting(scene)
    return [
        Say(f"You said: {_shortened(text, _QUOTED)}\nI am only a simulator. Say help to see what I can show.")
    ]


def _file(scene: Scene) -> str:
    file = scene.conversation.messages[-1].body["content"][0]["attachment"]
    return f"{_shortened(file['filename'], _QUOTED)} ({file['mime']}, {file['fileSize']} bytes)"


def _confirmed(pressed: dict[str, str]) -> str:
    question = f" for {pressed['id']}" if "id" in pressed else ""
    return f"You picked {pressed['text']}{question} (payload {pressed['payload']})."


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
