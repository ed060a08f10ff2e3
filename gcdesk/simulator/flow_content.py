"""What a flow can say besides text: each content kind of the guest API (section 3.1), as a person writes it.

Texts stay templates until they are said: `{{name}}` and `{{name|otherwise}}` are filled in then.
"""

import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .content import Item
from .files import ServedFile
from .flow_reader import Place

_LARGEST_FILE = 10 << 20
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_RELATIVE = re.compile(r"\+([0-9]{1,3}) ([0-2][0-9]:[0-5][0-9])")
_ABSOLUTE = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?Z")
STEP_PAYLOAD = "step:"
"""What the payload of a button starts with that leads to a step of the flow."""


@dataclass
class Files:
    """The files of this computer that a flow sends, read when the flow is."""

    folder: Path
    found: dict[str, ServedFile] = field(default_factory=dict)

    def address(self, place: Place, what: str) -> str:
        """The address of a file or page: as it is, or of a file beside the flow that the simulator will serve."""
        text = place.text(what)
        if _URL.fullmatch(text) or not text:
            return text
        file = self.served(place, text)
        return "" if file is None else self.url(file)

    def url(self, file: ServedFile) -> str:
        """The template of the address at which the simulator serves a file."""
        return f"{{{{simulator.base}}}}/files/{file.name}"

    def served(self, place: Place, name: str) -> ServedFile | None:
        """A file beside the flow."""
        path = self.folder / name
        try:
            # A flow may come from a stranger, and is not to show whatever else lies on this computer.
            if not path.resolve().is_relative_to(self.folder.resolve()):
                place.wrong(f"The file {name} lies outside the folder of the flow.")
                return None
            size = path.stat().st_size
            if size > _LARGEST_FILE:
                place.wrong(f"The file {name} is larger than 10 MiB.")
                return None
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "that is no name"
            place.wrong(f"The file {name} cannot be read ({reason}).")
            return None
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        key = f"flow-{len(self.found)}{path.suffix}"
        self.found[key] = ServedFile(key, mime, _media_type(mime), data)
        return self.found[key]


class Steps:
    """The names of steps that are used, with the places that use them, so that they can be checked at the end."""

    def __init__(self) -> None:
        self.used: list[tuple[Place, str]] = []

    def name(self, place: Place) -> str:
        """The name of a step."""
        name = place.text("The name of a step")
        self.used.append((place, name))
        return name


def quick_replies(place: Place, files: Files, steps: Steps) -> list[Item]:
    """`quickReplies`: labels, or mappings of text, payload, goto and image."""
    items = []
    for each in place.items("quickReplies"):
        if not each.is_mapping:
            label = each.text("A quick reply")
            reply = {"text": label, "payload": label, "action": "Message"}
        else:
            keys = each.keys("A quick reply", ("text", "payload", "goto", "image"), ("text",))
            reply = {**_button(keys, steps), "action": "Message"}
            if "image" in keys:
                reply["image"] = files.address(keys["image"], "The image")
        items.append({"contentType": "QuickReply", "quickReply": reply})
    return items


def _button(keys: dict[str, Place], steps: Steps) -> dict[str, str]:
    label = keys["text"].text("The text of a button") if "text" in keys else ""
    payload = keys["payload"].text("payload") if "payload" in keys else label
    if "goto" in keys:
        if "payload" in keys:
            keys["goto"].wrong("A button has either payload or goto.")
        payload = STEP_PAYLOAD + steps.name(keys["goto"])
    return {"text": label, "payload": payload}


def card(place: Place, files: Files, steps: Steps) -> list[Item]:
    """`card`: title, description, image, link and buttons."""
    return [{"contentType": "Card", "card": _card(place, files, steps)}]


def carousel(place: Place, files: Files, steps: Steps) -> list[Item]:
    """`carousel`: a list of cards."""
    cards = [_card(each, files, steps) for each in place.items("carousel")]
    return [{"contentType": "Carousel", "carousel": {"cards": cards}}]


def _card(place: Place, files: Files, steps: Steps) -> Item:
    keys = place.keys("A card", ("title", "description", "image", "link", "buttons"), ("title",))
    found: Item = {name: keys[name].text(name) for name in ("title", "description") if name in keys}
    if "image" in keys:
        found["image"] = files.address(keys["image"], "The image")
    if "link" in keys:
        found["defaultAction"] = {"type": "Link", "url": _link(keys["link"])}
    buttons = keys["buttons"].items("buttons") if "buttons" in keys else []
    found["actions"] = [_action(each, steps) for each in buttons]
    return found


def _action(place: Place, steps: Steps) -> Item:
    if not place.is_mapping:
        label = place.text("A button")
        return {"type": "Postback", "text": label, "payload": label}
    keys = place.keys("A button", ("text", "payload", "goto", "link"), ("text",))
    if "link" not in keys:
        return {"type": "Postback", **_button(keys, steps)}
    if keys.keys() & {"payload", "goto"}:
        keys["link"].wrong("A button has either link, or payload or goto.")
    return {
        "type": "Link",
        "text": keys["text"].text("text") if "text" in keys else "",
        "url": _link(keys["link"]),
    }


def _link(place: Place) -> str:
    url = place.text("A link")
    if not _URL.fullmatch(url):
        place.wrong("A link begins with http:// or https:// and has no spaces.")
    return url


def date_picker(place: Place, files: Files, _steps: Steps) -> list[Item]:
    """`datePicker`: times as `+1 09:30` (days from today, UTC) or `2026-12-24T09:30Z`, and minutes each."""
    keys = place.keys("A date picker", ("title", "subtitle", "image", "times", "minutes"), ("times",))
    minutes = keys["minutes"].number("minutes", 1, 1440) if "minutes" in keys else 30
    times = keys["times"].items("times") if "times" in keys else []
    slots = [{"dateTime": _time(each), "duration": round(minutes * 60)} for each in times]
    picker: Item = {name: keys[name].text(name) for name in ("title", "subtitle") if name in keys}
    if "image" in keys:
        picker["imageUrl"] = files.address(keys["image"], "The image")
    return [{"contentType": "DatePicker", "datePicker": {**picker, "availableTimes": slots}}]


def _time(place: Place) -> str:
    text = place.text("A time")
    relative = _RELATIVE.fullmatch(text)
    if relative is not None and relative[2] < "24:00":
        return f"{{{{simulator.day+{relative[1]}}}}}T{relative[2]}:00.000Z"
    if _ABSOLUTE.fullmatch(text) is None:
        place.wrong('A time is written as "+1 09:30", days from today in UTC, or as 2026-12-24T09:30Z.')
    return text


def list_picker(place: Place, files: Files, _steps: Steps) -> list[Item]:
    """`listPicker`: title, subtitle, sections and the title of the reply."""
    picker = _picker(place, files, ("title", "subtitle", "sections", "reply"))
    return [{"contentType": "ListPicker", "listPicker": picker}]


def _picker(place: Place, files: Files, allowed: tuple[str, ...]) -> Item:
    keys = place.keys("A list picker", allowed, ("sections",))
    sections = keys["sections"].items("sections") if "sections" in keys else []
    shown = {name: keys[name].text(name) for name in ("title", "subtitle") if name in keys}
    reply = keys["reply"].text("reply") if "reply" in keys else shown.get("title", "My choice")
    return {
        "sections": [_section(each, files) for each in sections],
        "receivedMessage": {"title": "Choose", **shown},
        "replyMessage": {"title": reply},
    }


def _section(place: Place, files: Files) -> Item:
    keys = place.keys("A section", ("title", "several", "items"), ("items",))
    items = keys["items"].items("items") if "items" in keys else []
    return {
        "title": keys["title"].text("title") if "title" in keys else "",
        "multipleSelection": "several" in keys and keys["several"].flag("several"),
        "items": [_list_item(each, files) for each in items],
    }


def _list_item(place: Place, files: Files) -> Item:
    if not place.is_mapping:
        title = place.text("An item")
        return {"id": title, "title": title}
    keys = place.keys("An item", ("id", "title", "subtitle", "image"), ("title",))
    found: Item = {name: keys[name].text(name) for name in ("id", "title", "subtitle") if name in keys}
    if "image" in keys:
        found["imageUrl"] = files.address(keys["image"], "The image")
    return {"id": found.get("title", ""), **found}


def form(place: Place, files: Files, _steps: Steps) -> list[Item]:
    """`form`: an ID, title, subtitle, button, reply and pages of fields."""
    allowed = ("id", "title", "subtitle", "button", "reply", "pages")
    keys = place.keys("A form", allowed, ("title", "pages"))
    texts: dict[str, str] = {
        name: keys[name].text(name) for name in allowed if name in keys and name != "pages"
    }
    head: Item = {name: texts[name] for name in ("title", "subtitle") if name in texts}
    pages = keys["pages"].items("pages") if "pages" in keys else []
    body = {
        "cannedResponseId": texts.get("id", "flow-form"),
        "introduction": {**head, "buttonText": texts.get("button", "Start")},
        "formPages": [_page(each, files) for each in pages],
        "receivedMessage": head,
        "replyMessage": {"title": texts.get("reply", "Form sent")},
        "showSummary": True,
    }
    return [{"contentType": "Form", "form": body}]


def _page(place: Place, files: Files) -> Item:
    keys = place.keys("A page", ("title", "subtitle", "fields"), ("fields",))
    # The service schema asks for both, where a person may want neither.
    shown = {name: keys[name].text(name) if name in keys else "" for name in ("title", "subtitle")}
    fields = keys["fields"].items("fields") if "fields" in keys else []
    return {**shown, "pageComponents": [_field(each, files) for each in fields]}


def _field(place: Place, files: Files) -> Item:
    allowed = ("id", "title", "placeholder", "required", "multiline", "sections", "subtitle", "reply")
    keys = place.keys("A field", allowed, ("id", "title"))
    field_id = keys["id"].text("id") if "id" in keys else ""
    if "sections" in keys:
        return {
            "formComponentType": "ListPicker",
            "listPicker": {"id": field_id, **_picker(place, files, allowed)},
        }
    described: Item = {"id": field_id, "title": keys["title"].text("title") if "title" in keys else ""}
    if "placeholder" in keys:
        described["placeholderText"] = keys["placeholder"].text("placeholder")
    described["isRequired"] = "required" in keys and keys["required"].flag("required")
    described["isMultipleLine"] = "multiline" in keys and keys["multiline"].flag("multiline")
    return {"formComponentType": "Input", "input": described}


def attachment(place: Place, files: Files, _steps: Steps) -> list[Item]:
    """`attachment`: a file beside the flow or an address, or a mapping of file or url, name and type."""
    if place.is_mapping:
        keys = place.keys("An attachment", ("file", "url", "name", "type"))
        if len(keys.keys() & {"file", "url"}) != 1:
            place.wrong("An attachment needs either the key file or the key url.")
        source = keys.get("file") or keys.get("url") or place
        name = keys["name"].text("name") if "name" in keys else ""
        mime = keys["type"].text("type") if "type" in keys else ""
    else:
        source, name, mime = place, "", ""
    text = source.text("An attachment") if source.is_scalar else ""
    return [{"contentType": "Attachment", "attachment": _file(source, files, text, name, mime)}]


def _file(place: Place, files: Files, text: str, name: str, mime: str) -> Item:
    last = re.split(r"[/\\]", text.partition("?")[0])[-1]
    described: Item = {"url": text, "filename": name or last or "file"}
    if not _URL.fullmatch(text):
        file = files.served(place, text) if text else None
        if file is None:
            return described
        mime = mime or file.mime
        described |= {"url": files.url(file), "fileSize": len(file.data), "sha256": file.sha256}
    mime = mime or mimetypes.guess_type(last)[0] or "application/octet-stream"
    return {"id": f"flow-{described['filename']}", "mediaType": _media_type(mime), "mime": mime, **described}


def _media_type(mime: str) -> str:
    kind = mime.partition("/")[0]
    return kind.capitalize() if kind in {"image", "video", "audio"} else "File"


KINDS: dict[str, Callable[[Place, Files, Steps], list[Item]]] = {
    "quickReplies": quick_replies,
    "card": card,
    "carousel": carousel,
    "datePicker": date_picker,
    "listPicker": list_picker,
    "form": form,
    "attachment": attachment,
    "image": attachment,
}
"""Every content kind by the key it is written with."""


def fill(value: Any, resolve: Callable[[str], str | None]) -> Any:
    """Replace every placeholder in the texts of a value. `resolve` gives None for a name that means nothing."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: _filled(found, resolve), value)
    if isinstance(value, list):
        return [fill(item, resolve) for item in value]
    return {key: fill(item, resolve) for key, item in value.items()} if isinstance(value, dict) else value


_PLACEHOLDER = re.compile(r"\{\{ *([^{}|\n]{1,200}?) *(?:\|([^{}\n]{0,500}))?\}\}")


def _filled(found: re.Match[str], resolve: Callable[[str], str | None]) -> str:
    value = resolve(found[1])
    return value or (found[2] or "").strip()
