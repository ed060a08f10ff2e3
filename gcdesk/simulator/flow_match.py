"""When an answer of a flow is given: what must be true of what the customer said, and of the customer.

Regular expressions are RE2's: they take time in proportion to the text, whatever the pattern is, so that no file
can bring the simulator to a halt. What the customer says is bounded by the service itself (guest API, section 8:
4096 bytes). Look-around and back-references, which cannot be matched that way, are refused when the file is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .flow_reader import Place, closest

_MEMORY = 4 << 20
_WHEN = ("equals", "contains", "matches", "payload", "pressed", "file", "customer", "caseSensitive")
PRESSED = ("QuickReply", "Button", "DatePicker", "ListPicker", "Form")
"""The kinds of answer that are not typed."""


@dataclass(frozen=True)
class Heard:
    """What the customer did. text: what they wrote or the label they pressed. payloads: of buttons.

    pressed: what kind of answer it is, as QuickReply, Button, DatePicker, ListPicker or Form, "" for a text.
    answers: what a form was filled with, by the ID of the question. file: whether they sent one.
    """

    text: str = ""
    payloads: tuple[str, ...] = ()
    pressed: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    file: bool = False


@dataclass(frozen=True)
class When:
    """A condition: all of its parts must hold, and of the alternatives in a part any."""

    equals: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    matches: tuple[Any, ...] = ()
    payload: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    file: bool | None = None
    customer: tuple[tuple[str, tuple[str, ...]], ...] = ()
    case_sensitive: bool = False

    def match(self, heard: Heard, customer: Mapping[str, str]) -> dict[str, str] | None:
        """The named groups of the regular expression, if any, when it holds; None when it does not."""
        text, fold = heard.text.strip(), self._fold
        if self.equals and fold(text) not in map(fold, self.equals):
            return None
        if self.contains and not any(fold(part) in fold(text) for part in self.contains):
            return None
        if self.payload and not set(self.payload) & set(heard.payloads):
            return None
        if self.pressed and heard.pressed not in self.pressed:
            return None
        if self.file is not None and self.file != heard.file:
            return None
        for name, values in self.customer:
            if fold(customer.get(name, "").strip()) not in map(fold, values):
                return None
        return self._groups(text)

    def _fold(self, text: str) -> str:
        return text if self.case_sensitive else text.casefold()

    def _groups(self, text: str) -> dict[str, str] | None:
        if not self.matches:
            return {}
        for pattern in self.matches:
            found = pattern.search(text)
            if found is not None:
                return {name: value or "" for name, value in found.groupdict().items()}
        return None


def read_when(place: Place) -> When:
    """Read the key `when`. A text, or a list of them, is what must be equal."""
    if not place.is_mapping:
        return When(equals=_texts(place, "What is said"))
    keys = place.keys("A condition", _WHEN)
    if place.is_empty or keys.keys() == {"caseSensitive"}:
        place.wrong("The condition is empty.")
    case_sensitive = "caseSensitive" in keys and keys["caseSensitive"].flag("caseSensitive")
    texts = {
        name: _texts(keys[name], name) if name in keys else () for name in ("equals", "contains", "payload")
    }
    patterns = keys["matches"].items("matches", may_be_one=True) if "matches" in keys else []
    pressed = keys["pressed"].items("pressed", may_be_one=True) if "pressed" in keys else []
    return When(
        **texts,
        pressed=tuple(_pressed(each) for each in pressed),
        matches=tuple(_pattern(each, case_sensitive=case_sensitive) for each in patterns),
        file=keys["file"].flag("file") if "file" in keys else None,
        customer=tuple(_customer(keys["customer"])) if "customer" in keys else (),
        case_sensitive=case_sensitive,
    )


def _texts(place: Place, what: str) -> tuple[str, ...]:
    return tuple(item.text(what).strip() for item in place.items(what, may_be_one=True))


def _pressed(place: Place) -> str:
    kind = place.text("pressed")
    if kind not in PRESSED:
        place.wrong(f"There is no kind of answer {kind}.{closest(kind, PRESSED)}")
    return kind


def _customer(place: Place) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (str(key.node.value), tuple(item.text("A value", empty=True).strip() for item in _one_or_more(value)))
        for key, value in place.entries("customer")
    ]


def _one_or_more(place: Place) -> list[Place]:
    return place.items("A value", may_be_one=True)


def _pattern(place: Place, *, case_sensitive: bool) -> Any:
    # Only a flow that uses regular expressions needs the library.
    import re2

    options = re2.Options()
    options.case_sensitive = case_sensitive
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(place.text("A regular expression"), options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if error.args else "it cannot be read"
        place.wrong(f"This is no regular expression that can be used: {reason}.")
        return re2.compile("", options)
