"""Custom attributes: what may be sent, and how it goes out (guest API, section 2.2)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from gcdesk.errors import CrmIdError, CustomAttributeError
from gcdesk.phrase import Phrase

V = TypeVar("V")

DEFAULT_CRM_ID_KEY = "crmCustomerId"
DEFAULT_CUSTOMER_NAME = "Test customer"
DEFAULT_SOURCE_CHANNEL = "gcdesk"
ATTRIBUTE_BYTES = 2048
"""What the service allows unless it says otherwise (guest API, section 8)."""

_CAMEL_CASE = re.compile(r"[a-z][a-zA-Z0-9]*\Z")
_PLATFORM_FIELDS = frozenset(
    name.lower()
    for name in (
        "conversationId",
        "participantId",
        "messageId",
        "communicationId",
        "sessionId",
        "deploymentId",
        "organizationId",
        "orgId",
        "divisionId",
        "queueId",
        "queueName",
        "userId",
        "agentId",
        "flowId",
        "externalContactId",
        "externalOrganizationId",
        "direction",
        "provider",
        "purpose",
        "mediaType",
    )
)


class ByteCounts(NamedTuple):
    """The two ways to count a set: UTF-8 bytes of keys and values, and of the whole as compact JSON."""

    pairs: int
    json: int


class AttributeWarning(NamedTuple):
    """A doubt about one attribute that does not keep it from being sent."""

    key: str
    sentence: str


def to_wire(value: object) -> str:
    """A value as it goes out: text unchanged, anything else as compact JSON in real characters.

    Raises:
        CustomAttributeError: The value is null, or not a value JSON can hold.
    """
    if isinstance(value, str):
        return value
    if value is None:
        raise CustomAttributeError("An attribute's value is null.", "Give it a value, or leave it out.")
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise CustomAttributeError(
            "An attribute's value cannot be written as JSON.",
            "Use text, numbers, true, false, lists or objects.",
        ) from error


def preview(attributes: Mapping[str, object]) -> dict[str, str]:
    """The set exactly as it goes out. Raises CustomAttributeError for a value that cannot."""
    return {key: to_wire(value) for key, value in attributes.items()}


def default_attributes(
    crm_id: str,
    *,
    key: str = DEFAULT_CRM_ID_KEY,
    customer_name: str = "",
    source_channel: str = DEFAULT_SOURCE_CHANNEL,
    timestamp: str,
    user_agent: str,
) -> dict[str, str]:
    """The set every test chat starts with; `timestamp` is the start in ISO 8601."""
    others = {
        "customerName": customer_name or DEFAULT_CUSTOMER_NAME,
        "sourceChannel": source_channel,
        "timestamp": timestamp,
        "userAgent": user_agent,
    }
    # An environment may call its key like one of the others: the ID comes first and is never lost.
    return {key: crm_id} | {name: value for name, value in others.items() if name != key}


def byte_counts(attributes: Mapping[str, str]) -> ByteCounts:
    """Both counts of a set, in bytes; the service's own rule is not confirmed, so both are kept under the limit."""
    pairs = sum(_size(key) + _size(value) for key, value in attributes.items())
    whole = json.dumps(dict(attributes), ensure_ascii=False, separators=(",", ":"))
    return ByteCounts(pairs, _size(whole))


def check_crm_id(text: str) -> str:
    """Return the ID unchanged if it can be sent: it is a text, and nothing about it is tidied.

    Raises:
        CrmIdError: It is empty, blank, or holds a character that cannot be sent.
    """
    if not text:
        raise CrmIdError("The CRM customer ID is empty.", "Type the customer's ID.")
    problem = _unsendable(text)
    if not problem and not any(_is_visible(character) for character in text):
        raise CrmIdError("The CRM customer ID is blank.", "Type the customer's ID.")
    if problem:
        raise CrmIdError(
            Phrase("The CRM customer ID holds {problem}.", problem=problem),
            "Delete it; copying from a table often adds one.",
        )
    return text


def check_attributes(
    attributes: Mapping[str, str], limit: int = ATTRIBUTE_BYTES
) -> tuple[AttributeWarning, ...]:
    """Check a whole set before anything is sent; returns the warnings.

    Args:
        attributes: Key to text, as it goes out.
        limit: Bytes the service allows.

    Raises:
        CustomAttributeError: A key or value cannot be sent, or the set is too large.
    """
    warnings: list[AttributeWarning] = []
    for key, value in attributes.items():
        _check_pair(key, value)
        warnings += _doubts(key, value)
    counts = byte_counts(attributes)
    if max(counts) > limit:
        raise CustomAttributeError(
            Phrase(
                "The custom attributes take {size:,} bytes as JSON ({pairs:,} in keys and values); "
                "Genesys Cloud allows {limit:,}.",
                size=counts.json,
                pairs=counts.pairs,
                limit=limit,
            ),
            "Shorten or remove some attributes.",
        )
    return tuple(warnings)


def parse_pair(text: str) -> tuple[str, str]:
    """Read KEY=VALUE; the value is text and stays as it is. Raises CustomAttributeError if it is not one."""
    key, separator, value = text.partition("=")
    if not separator or not key.strip():
        raise CustomAttributeError(
            Phrase("“{text}” is not KEY=VALUE.", text=text), "Write it as in orderNumber=88213."
        )
    return key.strip(), value


def parse_attributes(text: str) -> dict[str, str]:
    """Read attributes as a person writes them: a JSON object, or KEY=VALUE on each line.

    Empty lines, and those that begin with #, are left out.

    Raises:
        CustomAttributeError: It is neither, a key comes twice, or a value is null.
    """
    if text.lstrip().startswith("{"):
        return parse_attributes_json(text)
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return _refuse_repeats([parse_pair(line) for line in lines])


def parse_attributes_json(text: str) -> dict[str, str]:
    """Read a JSON object of attributes, as they go out: numbers keep the digits they were written with.

    Raises:
        CustomAttributeError: It is not a JSON object, a key comes twice, or a value is null.
    """
    # Later than the rest: the window checks attributes at its start, but reads none from a file.
    import msgspec

    try:
        pairs = json.loads(text, object_pairs_hook=_refuse_repeats)
        values = msgspec.json.decode(text, type=dict[str, msgspec.Raw]) if isinstance(pairs, dict) else None
    except (ValueError, RecursionError) as error:
        hint = (
            Phrase(
                "Correct the text at line {line}, column {column}, or write it anew.",
                line=error.lineno,
                column=error.colno,
            )
            if isinstance(error, json.JSONDecodeError)
            else "Correct the text, or write it anew."
        )
        raise CustomAttributeError("The attributes are not valid JSON.", hint) from error
    if values is None:
        raise CustomAttributeError(
            "The attributes are JSON, but not an object.", 'Write them as in {"orderNumber": 88213}.'
        )
    for key, value in pairs.items():
        if value is None:
            raise CustomAttributeError(
                Phrase("The attribute {key} is null.", key=key), "Give it a value, or leave it out."
            )
    return {
        key: pairs[key]
        if isinstance(pairs[key], str)
        else msgspec.json.format(bytes(raw), indent=-1).decode()
        for key, raw in values.items()
    }


def _refuse_repeats(pairs: list[tuple[str, V]]) -> dict[str, V]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise CustomAttributeError(
            Phrase("The attribute {twice} is given twice.", twice=twice), "Give it once."
        )
    return found


def _check_pair(key: str, value: str) -> None:
    if not key.strip():
        raise CustomAttributeError("An attribute has no name.", "Give every attribute a name.")
    problem = _unsendable(key)
    if problem:
        raise CustomAttributeError(
            Phrase("The name of an attribute holds {problem}.", problem=problem), "Delete it from the name."
        )
    problem = _unsendable(value)
    if problem:
        raise CustomAttributeError(
            Phrase("The attribute {key} holds {problem}.", key=key, problem=problem),
            "Delete it from the value.",
        )


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Zl", "Zp", "Zs")


def _unsendable(text: str) -> str:
    for character in text:
        category = unicodedata.category(character)
        if category == "Cc":
            return Phrase("a control character (U+{code:04X})", code=ord(character))
        if category == "Cs":
            return Phrase("half a character that cannot be sent")
    return ""


def _doubts(key: str, value: str) -> list[AttributeWarning]:
    found = []
    lowered = key.lower()
    if any(sign in key for sign in ". "):
        found.append(
            Phrase("The name {key} holds a dot or a space; agent scripts cannot read such names.", key=key)
        )
    elif not _CAMEL_CASE.match(key):
        found.append(
            Phrase(
                "The name {key} is not in camel case; the flow must use exactly the same spelling.", key=key
            )
        )
    if lowered in _PLATFORM_FIELDS:
        found.append(
            Phrase("The name {key} is one of the platform's own; choose another to keep them apart.", key=key)
        )
    if lowered.startswith(("context.", "_genesys")):
        found.append(
            Phrase(
                "The name {key} starts like names in the older web chat; web messaging adds no prefix.",
                key=key,
            )
        )
    if not value:
        found.append(Phrase("The attribute {key} is empty.", key=key))
    return [AttributeWarning(key, sentence) for sentence in found]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
