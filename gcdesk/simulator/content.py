"""One example of every content kind the service can send (guest API, section 3.1), as content items."""

from datetime import UTC, datetime, timedelta
from typing import Any

from .files import served_files

Item = dict[str, Any]

OUTBOUND_TEXT_LIMIT = 4000
"""Characters in one outbound text (guest API, section 8)."""

LINK = "https://example.com/"


def quick_reply(text: str, payload: str, **extra: str) -> Item:
    """One quick reply."""
    reply = {"text": text, "payload": payload, "action": "Message", **extra}
    return {"contentType": "QuickReply", "quickReply": reply}


def quick_replies(base: str) -> list[Item]:
    """Three quick replies: plain, with an image, and without an action, which is real since January 2026."""
    bare = quick_reply("Perhaps", "PERHAPS")
    del bare["quickReply"]["action"]
    return [quick_reply("Yes", "YES"), quick_reply("No", "NO", image=f"{base}/files/amber.png"), bare]


def offered_buttons() -> list[Item]:
    """Quick replies in their other form: button responses on an outbound message."""
    return [
        {
            "contentType": "ButtonResponse",
            "buttonResponse": {"text": text, "payload": payload, "type": "QuickReply"},
        }
        for text, payload in (("Red", "RED"), ("Green", "GREEN"))
    ]


def _card(title: str, description: str, image: str, payload: str) -> Item:
    return {
        "title": title,
        "description": description,
        "image": image,
        # The documented default action has no text, which some clients do not survive.
        "defaultAction": {"type": "Link", "url": LINK},
        "actions": [
            {"type": "Link", "text": "Details", "url": LINK},
            {"type": "Postback", "text": f"Choose {title}", "payload": payload},
        ],
    }


def card(base: str) -> list[Item]:
    """One card with an image, a link and a postback."""
    image = f"{base}/files/violet.png"
    return [
        {"contentType": "Card", "card": _card("Basic plan", "Everything a small shop needs.", image, "BASIC")}
    ]


def carousel(base: str) -> list[Item]:
    """Three cards, the last with nothing but a title."""
    cards = [
        _card("Basic plan", "Everything a small shop needs.", f"{base}/files/violet.png", "BASIC"),
        _card("Team plan", "For up to twenty people.", f"{base}/files/teal.png", "TEAM"),
        {"title": "Something else", "actions": []},
    ]
    return [{"contentType": "Carousel", "carousel": {"cards": cards}}]


def generic_template(base: str) -> list[Item]:
    """The deprecated template that became the card."""
    generic = {
        "title": "Basic plan",
        "description": "The old form of a card.",
        "image": f"{base}/files/violet.png",
        "components": [{"title": "Choose", "text": "Choose", "actions": {"textback": "BASIC"}}],
    }
    return [{"contentType": "GenericTemplate", "generic": generic}]


def _slot(moment: datetime) -> Item:
    return {"dateTime": moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "duration": 1800}


def date_picker(base: str, now: float) -> list[Item]:
    """Half an hour on one of the next three days. `now` is in epoch seconds."""
    today = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    slots = [
        _slot(today + timedelta(days=day, hours=hour, minutes=minute))
        for day in (1, 2, 3)
        for hour, minute in ((9, 0), (10, 30), (15, 0))
    ]
    picker = {
        "title": "Pick a time",
        "subtitle": "30 minutes by phone",
        "imageUrl": f"{base}/files/teal.png",
        "dateMinimum": _slot(today + timedelta(days=1))["dateTime"],
        "dateMaximum": _slot(today + timedelta(days=4))["dateTime"],
        "availableTimes": slots,
    }
    return [{"contentType": "DatePicker", "datePicker": picker}]


def _list_section(title: str, names: dict[str, str], *, several: bool) -> Item:
    items = [{"id": key, "title": name, "subtitle": f"{title} {name.lower()}"} for key, name in names.items()]
    return {"title": title, "multipleSelection": several, "items": items}


def list_picker() -> list[Item]:
    """Two sections: one choice, and several."""
    picker = {
        "sections": [
            _list_section("Colour", {"blue": "Blue", "green": "Green"}, several=False),
            _list_section("Extra", {"wrap": "Gift wrap", "note": "Greeting card"}, several=True),
        ],
        "receivedMessage": {"title": "Choose what you like", "subtitle": "One colour, any extras"},
        "replyMessage": {"title": "My choice", "subtitle": "Thank you"},
    }
    return [{"contentType": "ListPicker", "listPicker": picker}]


def form() -> list[Item]:
    """Two pages: a text field, and a list."""
    name_field = {
        "id": "name",
        "title": "Your name",
        "placeholderText": "Ada Lovelace",
        "isRequired": True,
        "isMultipleLine": False,
    }
    colour = {"id": "colour", **list_picker()[0]["listPicker"]}
    pages = [
        {
            "title": "About you",
            "subtitle": "Page 1 of 2",
            "pageComponents": [{"formComponentType": "Input", "input": name_field}],
        },
        {
            "title": "Your choice",
            "subtitle": "Page 2 of 2",
            "pageComponents": [{"formComponentType": "ListPicker", "listPicker": colour}],
        },
    ]
    body = {
        "cannedResponseId": "simulator-form",
        "introduction": {"title": "A short form", "subtitle": "Two questions", "buttonText": "Start"},
        "formPages": pages,
        "receivedMessage": {"title": "A short form", "subtitle": "Two questions"},
        "replyMessage": {"title": "Form sent", "subtitle": "Thank you"},
        "showSummary": True,
    }
    return [{"contentType": "Form", "form": body}]


def attachment(base: str, name: str) -> list[Item]:
    """One of the simulator's own files."""
    file = served_files()[name]
    described = {
        "id": f"simulator-{name}",
        "filename": name,
        "mediaType": file.media_type,
        "mime": file.mime,
        "fileSize": len(file.data),
        "sha256": file.sha256,
        "url": f"{base}/files/{name}",
    }
    return [{"contentType": "Attachment", "attachment": described}]


def unknown_content() -> list[Item]:
    """A content kind that no client knows."""
    return [
        {"contentType": "Hologram", "hologram": {"depth": 3, "layers": ["near", "far"], "title": "Unknown"}}
    ]


def long_text() -> str:
    """Text of exactly the longest outbound length."""
    sentence = "This sentence is repeated until the message is as long as the service allows. "
    return (sentence * (OUTBOUND_TEXT_LIMIT // len(sentence) + 1))[: OUTBOUND_TEXT_LIMIT - 5] + " End."


MARKDOWN = """## Markdown
**Bold**, *italic*, ~~struck~~ and `code`.

1. First
2. Second
   - nested

> A quotation

[A link](https://example.com/) and a plain one: https://example.com/

```
a code block
```"""

EMOJI = "Emoji: 👋 👍🏽 👩‍💻 🇨🇭 ❤️ 🫠 and text around them."
RIGHT_TO_LEFT = "مرحبا! هذا نص عربي مع رقم 12345 وكلمة English في الوسط. שלום, זה טקסט בעברית."
