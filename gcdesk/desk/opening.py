"""Chats that are asked for from outside the window: by a link, by `gcdesk open`, or by a second launch.

The law of this file: whatever comes in is data. It is read whole or refused whole, and starts nothing by itself: a
person confirms it in the window first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from gcdesk.errors import LinkError
from gcdesk.guest.attributes import DEFAULT_CRM_ID_KEY, check_attributes, check_crm_id, parse_pair
from gcdesk.phrase import Phrase

SCHEME = "gcdesk"

LONGEST_LINK = 4096
"""Characters; no browser or mail program is known to hand on much longer ones unharmed."""

LONGEST_CALL = 64 * 1024
"""Bytes of a call between two launches."""

_LONGEST_NAME = 200
_LONGEST_TOKEN = 256
_LONGEST_SAID = 40
_ENVIRONMENT, _CRM_ID, _ATTRIBUTE = "env", "crm", "attribute"
_EXAMPLE = "Write it as in gcdesk://start?env=UAT&crm=CUST-12345."


@dataclass(frozen=True, slots=True)
class Opening:
    """A chat that somebody asks for.

    Args:
        environment: The environment's name; empty for the one that the window shows.
        crm_id: The CRM customer ID.
        attributes: Custom attributes beside those that every chat there sends, key to text.
    """

    environment: str
    crm_id: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Call:
    """What one launch of the program hands to the window that is open already.

    Args:
        link: The link that was opened, unread; empty if it was none.
        opening: The chat that a command asks for.
        activation: With which the desktop lets the window come to the front, where it wants that; else empty.
    """

    link: str = ""
    opening: Opening | None = None
    activation: str = ""

    def wanted(self) -> Opening | None:
        """The chat that is asked for; None where the window shall only come to the front.

        Raises:
            LinkError: The link cannot be used.
            InputError: A CRM customer ID or attribute cannot be sent.
        """
        return read_link(self.link) if self.link else self.opening


def checked(opening: Opening) -> Opening:
    """Return it unchanged if it can be shown and sent.

    Raises:
        LinkError: The environment's name is too long or holds a control character.
        CrmIdError: The CRM customer ID cannot be sent.
        CustomAttributeError: An attribute cannot be sent, or all are too large.
    """
    name = opening.environment
    if len(name) > _LONGEST_NAME or any(not character.isprintable() for character in name):
        raise LinkError("The environment's name is too long or holds a hidden character.", _EXAMPLE)
    check_crm_id(opening.crm_id)
    # Both share the room that there is.
    check_attributes({DEFAULT_CRM_ID_KEY: opening.crm_id, **opening.attributes})
    return opening


def read_link(text: str) -> Opening:
    """Read gcdesk://start?env=NAME&crm=ID, with attribute=KEY=VALUE for each custom attribute.

    Raises:
        LinkError: It is no such link, or too long.
        InputError: A CRM customer ID or attribute cannot be sent.
    """
    if len(text) > LONGEST_LINK:
        raise LinkError(
            Phrase("The link is longer than {limit:,} characters.", limit=LONGEST_LINK),
            "Shorten what it carries.",
        )
    try:
        parts = urlsplit(text)
        # A plus is a plus, not a space: customers' IDs may be telephone numbers.
        query = parts.query.replace("+", "%2B")
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError as error:
        raise LinkError("The link cannot be read.", _EXAMPLE) from error
    if parts.scheme != SCHEME or parts.netloc != "start" or parts.path not in ("", "/") or parts.fragment:
        raise LinkError("The link does not ask for a chat.", _EXAMPLE)
    known = {_ENVIRONMENT: "", _CRM_ID: ""}
    named: set[str] = set()
    attributes: dict[str, str] = {}
    for name, value in pairs:
        if name == _ATTRIBUTE:
            key, text_of_key = parse_pair(value)
            if key in attributes:
                raise LinkError(
                    Phrase("The link gives the attribute {key} twice.", key=_short(key)), "Give it once."
                )
            attributes[key] = text_of_key
        elif name in named:
            raise LinkError(Phrase("The link gives {name} twice.", name=name), "Give it once.")
        elif name in known:
            named.add(name)
            known[name] = value
        else:
            raise LinkError(Phrase("The link holds the unknown word {name}.", name=_short(name)), _EXAMPLE)
    return checked(Opening(known[_ENVIRONMENT], known[_CRM_ID], attributes))


def write_link(opening: Opening) -> str:
    """The link that asks for this chat."""
    pairs = [(_ENVIRONMENT, opening.environment)] if opening.environment else []
    pairs.append((_CRM_ID, opening.crm_id))
    pairs += [(_ATTRIBUTE, f"{key}={value}") for key, value in opening.attributes.items()]
    return f"{SCHEME}://start?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)


def write_call(call: Call) -> bytes:
    """The call as it goes from one launch to the other: JSON in one line."""
    record: dict[str, Any] = {"link": call.link[: LONGEST_LINK + 1], "activation": call.activation}
    if call.opening is not None:
        record["start"] = {
            "environment": call.opening.environment,
            "crm_id": call.opening.crm_id,
            "attributes": dict(call.opening.attributes),
        }
    return json.dumps(record).encode() + b"\n"


def read_call(line: bytes) -> Call:
    """The other way. Raises LinkError for anything else, and InputError for what cannot be sent."""
    try:
        record = json.loads(line) if len(line) <= LONGEST_CALL else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise LinkError("Another program called the window in words that it does not know.", "")
    start = record.get("start")
    opening = checked(_opening(start)) if start is not None else None
    return Call(_text(record.get("link")), opening, _token(record.get("activation")))


def _opening(record: object) -> Opening:
    if not isinstance(record, dict):
        raise LinkError("The link does not ask for a chat.", _EXAMPLE)
    attributes = record.get("attributes")
    known = attributes if isinstance(attributes, dict) else {}
    if not all(isinstance(value, str) for value in known.values()):
        raise LinkError("The link does not ask for a chat.", _EXAMPLE)
    return Opening(_text(record.get("environment")), _text(record.get("crm_id")), dict(known))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else text[:_LONGEST_SAID] + "…"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _token(value: object) -> str:
    text = _text(value)
    # It becomes part of this program's surroundings, so it is a plain short word or nothing.
    return text if len(text) <= _LONGEST_TOKEN and text.isascii() and text.isprintable() else ""
