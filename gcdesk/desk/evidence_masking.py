"""Hiding personal data in evidence: what the customer is called, and how they can be reached or charged.

Tokens are no matter of this file: they are masked before anything is kept, and never come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gcdesk.guest.attributes import DEFAULT_CUSTOMER_NAME
from gcdesk.guest.masking import mask

HIDDEN = mask("hidden")
"""What stands in the place of a value."""

_LEAST_VALUE = 3
_LEAST_NUMBER = 6
_DEEPEST = 64

# A message can be long, so no pattern looks at the same sign many times over.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_PHONE = re.compile(r"(?<![\w.+-])(?:\+|\()?\d[\d ()/.-]{5,22}\d(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|(?:\d{1,3}\.){3}\d{1,3}\Z")
_PHONE_DIGITS = range(7, 16)
_SEPARATORS = frozenset(" ()/-")

_NAMES_OF_PEOPLE = frozenset({"firstName", "lastName", "nickname", "image", "email", "phone", "phoneNumber"})

# Members of the guest API that look like numbers of people and are none.
_TECHNICAL = frozenset(
    {
        *("action", "attachmentId", "class", "contentType", "dateTime", "direction", "eventType", "exp"),
        *("expirationDate", "fileType", "id", "idType", "messageId", "mime", "originatingEntity", "time"),
        *("originatingMessageId", "token", "tracingId", "type", "version"),
    }
)


class PersonalData:
    """Hides the personal data of one chat.

    Args:
        attributes: The customer's custom attributes, key to text.
        crm_key: Which of them is the CRM customer ID.
        include: Whether a person has asked to leave everything as it is.
    """

    def __init__(self, attributes: Mapping[str, str], crm_key: str, *, include: bool = False) -> None:
        self.include = include
        self._values = _pattern_of_values(attributes, crm_key)

    def value(self, text: str) -> str:
        """The value of an attribute, hidden whatever it holds."""
        return text if self.include or not text else HIDDEN

    def text(self, text: str) -> str:
        """What somebody wrote, without the customer's own data and without what looks like anybody's."""
        if self.include:
            return text
        text = self._known(text)
        if "@" in text:
            text = _EMAIL.sub("[e-mail]", text)
        text = _IBAN.sub("[account]", text)
        text = _CARD.sub("[card number]", text)
        return _PHONE.sub(_phone, text)

    def frame(self, text: str) -> object:
        """A frame's JSON with personal data hidden; its text where it is no JSON."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return self.text(text)
        if _is_deeper(value, _DEEPEST):
            # No service sends that, and not everything that reads JSON can read it.
            return self.text(text)
        if self.include or not isinstance(value, dict):
            return value
        body = value.get("body")
        direction = body.get("direction") if isinstance(body, dict) else None
        customer = {"Inbound": "from", "Outbound": "to"}.get(
            direction if isinstance(direction, str) else "", ""
        )
        return self._hide(value, "", customer)

    def json(self, value: object) -> object:
        """Any JSON value with personal data hidden."""
        return value if self.include else self._hide(value, "", "")

    def _hide(self, value: Any, name: str, customer: str) -> Any:
        if isinstance(value, dict):
            if name == "customAttributes":
                return {key: HIDDEN if item else item for key, item in value.items()}
            whose = bool(customer) and name == customer
            return {
                key: "[name]"
                if whose and item and key in _NAMES_OF_PEOPLE
                else self._hide(item, key, customer)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self._hide(item, name, customer) for item in value]
        if not isinstance(value, str):
            return value
        return self._known(value) if name in _TECHNICAL else self.text(value)

    def _known(self, text: str) -> str:
        return text if self._values is None else self._values.sub("[customer]", text)


def _pattern_of_values(attributes: Mapping[str, str], crm_key: str) -> re.Pattern[str] | None:
    """What finds the customer's own data in a text.

    Not every value says who somebody is: "gold" is a word like any other, and a transcript without it tells less.
    """
    wholes: set[str] = set()
    words: set[str] = set()
    for key, padded in attributes.items():
        value = padded.strip()
        if len(value) < _LEAST_VALUE or value == DEFAULT_CUSTOMER_NAME:
            continue
        names = "name" in key.lower()
        telling = len(value) >= _LEAST_NUMBER and any(sign.isdigit() or sign == "@" for sign in value)
        if key == crm_key or names or telling:
            wholes.add(value)
        if names:
            # A first name alone is a name; in small letters it may be any word.
            words.update(word for word in re.findall(r"\w{3,}", value) if word[:1].isupper())
    patterns = [
        *(rf"(?i:(?<!\w){re.escape(whole)}(?!\w))" for whole in sorted(wholes, key=len, reverse=True)),
        *(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words)),
    ]
    return re.compile("|".join(patterns)) if patterns else None


def _is_deeper(value: object, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(levels == 0 or _is_deeper(item, levels - 1) for item in inner)


def _phone(found: re.Match[str]) -> str:
    text = found[0]
    digits = sum(sign.isdigit() for sign in text)
    like_one = text[0] in "+(0" or not _SEPARATORS.isdisjoint(text)
    return "[phone]" if digits in _PHONE_DIGITS and like_one and not _DATE.match(text) else text
