"""What the window knows of the environments and of where their IDs are kept; plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gcdesk.errors import GcdeskError
from gcdesk.ui.launch_controls import EnvironmentItem

if TYPE_CHECKING:
    from gcdesk.desk.environments import Environment


@dataclass(frozen=True, slots=True)
class Shelf:
    """The environments as the launch bar offers them, and the name of the chosen one."""

    items: tuple[EnvironmentItem, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class KeyringLook:
    """Where IDs are kept: a name such as "the Secret Service", or the error that says why nowhere."""

    name: str = ""
    error: GcdeskError | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The environments of the book, and the names of those that are forgotten when the program ends."""

    environments: tuple[Environment, ...]
    session_only: frozenset[str]


def simulator_item() -> EnvironmentItem:
    """The built-in simulator, as the launch bar offers it."""
    return EnvironmentItem(
        name=QCoreApplication.translate("Environments", "Built-in simulator"),
        place=QCoreApplication.translate("Environments", "this computer only"),
        colour="purple",
        simulated=True,
    )


def shelf_to_record(shelf: Shelf) -> dict[str, Any]:
    """The shelf as the settings keep it, so that the next window shows the chosen environment at once."""
    items = [
        {
            "name": item.name,
            "place": item.place,
            "colour": item.colour,
            "crm_id_key": item.crm_id_key,
            "attributes": dict(item.attributes),
        }
        for item in shelf.items
        if not item.simulated
    ]
    return {"items": items, "chosen": shelf.chosen}


def shelf_from_record(record: object, simulator: EnvironmentItem | None) -> Shelf:
    """The other way, with the simulator; what a person may have damaged in the file is left out."""
    known = record if isinstance(record, Mapping) else {}
    listed = known.get("items")
    found = [_item(one) for one in listed] if isinstance(listed, list) else []
    items = tuple(item for item in (*found, simulator) if item is not None)
    chosen = known.get("chosen")
    names = {item.name for item in items}
    fallback = simulator.name if simulator is not None else ""
    return Shelf(items, chosen if isinstance(chosen, str) and chosen in names else fallback)


def _item(record: object) -> EnvironmentItem | None:
    if not isinstance(record, Mapping):
        return None
    texts = [record.get(key) for key in ("name", "place", "colour", "crm_id_key")]
    name, place, colour, crm_id_key = (text if isinstance(text, str) else "" for text in texts)
    if not name or not crm_id_key:
        return None
    return EnvironmentItem(
        name, place, colour, crm_id_key=crm_id_key, attributes=_texts(record.get("attributes"))
    )


def _texts(record: object) -> dict[str, str]:
    known = record if isinstance(record, Mapping) else {}
    return {key: text for key, text in known.items() if isinstance(key, str) and isinstance(text, str)}
