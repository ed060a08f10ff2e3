"""The custom attributes of `gcdesk chat`, from the command line and from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk import __version__
from gcdesk.cli.speech import say
from gcdesk.errors import CrmIdError, CustomAttributeError

if TYPE_CHECKING:
    from gcdesk.cli.chat import Request


def collect_attributes(request: Request, key: str, kept: Mapping[str, str]) -> Mapping[str, str]:
    """Return all custom attributes as they go out, and print a warning for each doubtful one.

    Args:
        request: What was asked for.
        key: The attribute that carries the CRM customer ID.
        kept: What the environment sends with every chat; the request overrides it.

    Raises:
        CrmIdError: The CRM customer ID cannot be sent.
        CustomAttributeError: Another attribute cannot be sent, or all together are too large.
    """
    from datetime import UTC, datetime

    from gcdesk.cli.chat_events import json_time
    from gcdesk.guest.attributes import check_attributes, check_crm_id, default_attributes

    crm_id = check_crm_id(request.crm_id)
    attributes = dict(
        default_attributes(
            crm_id,
            key=key,
            customer_name=request.customer_name,
            timestamp=json_time(datetime.now(UTC)),
            user_agent=f"gcdesk/{__version__}",
        )
    )
    # --key may name one of them, and the ID is never lost.
    attributes.update((name, value) for name, value in kept.items() if name != key)
    if request.customer_name:
        attributes["customerName"] = request.customer_name
    more = _attributes_of_file(request.attributes_file) | attributes_of_options(request.attributes)
    if more.get(key, crm_id) != crm_id:
        raise CrmIdError(
            f"The CRM customer ID is given twice, as --crm-id and as the attribute {key}.",
            "Give it as --crm-id only.",
        )
    attributes.update(more)
    for warning in check_attributes(attributes):
        say("Warning", warning.sentence)
    return attributes


def _attributes_of_file(path: Path | None) -> dict[str, str]:
    from gcdesk.guest.attributes import parse_attributes_json, parse_pair

    if path is None:
        return {}
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise CustomAttributeError(
            f"The attributes file {path} cannot be read: {reason}.", "Save it as UTF-8 text."
        ) from error
    if text.lstrip().startswith("{"):
        return dict(parse_attributes_json(text))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return _without_repeats([parse_pair(line) for line in lines], f"in {path}")


def attributes_of_options(pairs: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE pairs as a mapping. Raises CustomAttributeError if one is none, or a key comes twice."""
    from gcdesk.guest.attributes import parse_pair

    return _without_repeats([parse_pair(pair) for pair in pairs], "on the command line")


def _without_repeats(pairs: Sequence[tuple[str, str]], where: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for key, value in pairs:
        if key in attributes:
            raise CustomAttributeError(f"The attribute {key} is given twice {where}.", "Give it once.")
        attributes[key] = value
    return attributes
