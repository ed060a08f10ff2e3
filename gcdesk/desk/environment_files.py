"""Environments as a file to hand on: without any ID or secret, so whoever takes them in enters their own.

The law of this file: what could hold an ID or a secret is left out and named, never masked in silence; and taking a
file in never changes where an environment leads whose IDs are kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from gcdesk.desk.environment import (
    DEFAULT_COLOUR,
    DEFAULT_CRM_ID_KEY,
    Environment,
    check_environment,
    folded,
)
from gcdesk.desk.environments import Environments
from gcdesk.desk.files import write_whole
from gcdesk.errors import EnvironmentFileError, FileNotSavedError, GcdeskError
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.phrase import Phrase

FORMAT = "gcdesk environments"
VERSION = 1

LARGEST = 1024 * 1024
"""Bytes that a file with environments may have."""

_TEXTS = ("region", "endpoint", "origin", "crm_id_key", "colour", "first_message", "proxy")
_NEEDED = ("region", "endpoint")
_WORDS = {
    "origin": Phrase("Origin"),
    "crm_id_key": Phrase("key of the CRM customer ID"),
    "first_message": Phrase("first message"),
}
_USUAL: dict[str, Any] = {"crm_id_key": DEFAULT_CRM_ID_KEY, "colour": DEFAULT_COLOUR}


class Export(NamedTuple):
    """A file's text, and a sentence for each thing that was left out of it."""

    text: str
    left_out: tuple[str, ...]


class Imported(NamedTuple):
    """What became of a file's environments, by name; `kept` are those that were here already and stay as they are."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    kept: tuple[str, ...]


def export_environments(environments: Iterable[Environment]) -> Export:
    """The environments as the text of a file.

    Their IDs, OAuth clients and customers are in the keyring and never come here; of what the settings hold, the
    sign-in of customers names a client and a tenant and stays here too.
    """
    left_out: list[str] = []
    entries = [entry for one in environments if (entry := _entry(one, left_out)) is not None]
    content = {"format": FORMAT, "version": VERSION, "environments": entries}
    return Export(json.dumps(content, ensure_ascii=False, indent=2) + "\n", tuple(left_out))


def write_environments(path: Path, environments: Iterable[Environment]) -> tuple[str, ...]:
    """Write a file in one step, for its owner only; returns a sentence for each thing that was left out.

    Raises:
        FileNotSavedError: It cannot be written; what was there stays.
    """
    export = export_environments(environments)
    try:
        write_whole(path, export.text)
    except OSError as error:
        raise FileNotSavedError(
            Phrase("The file {name} could not be saved.", name=path.name), detail=error.strerror or ""
        ) from error
    return export.left_out


def read_environments(path: Path) -> list[Environment]:
    """The environments of a file, checked. Raises EnvironmentFileError; then none of them can be used."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise EnvironmentFileError(
            Phrase("The file {name} cannot be read.", name=path.name),
            "Check that it is still there and that you may read it.",
            detail=error.strerror or "",
        ) from error
    return parse_environments(data)


def parse_environments(data: bytes) -> list[Environment]:
    """The environments of a file's content, checked. Raises EnvironmentFileError; then none of them can be used."""
    if len(data) > LARGEST:
        raise EnvironmentFileError("The file is far too large to hold environments only.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise EnvironmentFileError("The file is not JSON in UTF-8.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise EnvironmentFileError
    version = content.get("version")
    if version != VERSION or isinstance(version, bool):
        raise EnvironmentFileError(
            "The file was made by a version of gcdesk that this one does not understand.",
            "Use the newer gcdesk, or export the environments again with this one.",
        )
    entries = content.get("environments")
    if not isinstance(entries, list):
        raise EnvironmentFileError
    found = [_environment(entry, number) for number, entry in enumerate(entries, 1)]
    names = [folded(one.name) for one in found]
    for one, name in zip(found, names, strict=True):
        if names.count(name) > 1:
            raise EnvironmentFileError(
                Phrase("The file holds two environments named {name}.", name=one.name), "Rename one of them."
            )
    return found


def import_environments(
    book: Environments, environments: Sequence[Environment], *, replacing: bool = False
) -> Imported:
    """Add environments to the book, without IDs: who wants to chat with one enters its own.

    Args:
        book: Where they are kept.
        environments: What a file holds, as `read_environments` gives it.
        replacing: Put those of the same name in the place of what is here, if they lead to the same place the same
            way. IDs, the OAuth client and the sign-in stay; one that leads elsewhere would take them along to a
            place that somebody else chose, so it is kept as it is.

    Raises:
        SettingsError: The settings file cannot be used.
        EnvironmentInputError: Somebody took one of the names meanwhile.
    """
    here = {folded(one.name): one for one in book.all()}
    added, replaced, kept = [], [], []
    for one in environments:
        before = here.get(folded(one.name))
        if before is None:
            added.append(book.add_without_ids(one).name)
        elif replacing and _way(before) == _way(one):
            book.edit(before.name, replace(one, sign_in=before.sign_in))
            replaced.append(one.name)
        else:
            kept.append(before.name)
    return Imported(tuple(added), tuple(replaced), tuple(kept))


def _way(environment: Environment) -> tuple[str, str, str, str]:
    return environment.region, environment.endpoint, environment.origin, environment.proxy


def _entry(environment: Environment, left_out: list[str]) -> dict[str, Any] | None:
    name = mask_text(environment.name)
    entry: dict[str, Any] = {"name": name}
    for field in _TEXTS:
        text = getattr(environment, field)
        if not text:
            continue
        if mask_text(text) == text:
            entry[field] = text
        elif field in _NEEDED:
            left_out.append(Phrase("{name} was left out: its address holds an ID or a secret.", name=name))
            return None
        else:
            words = Phrase(
                "The {field} of {name} was left out, since it holds an ID or a secret.",
                field=_WORDS.get(field, field),
                name=name,
            )
            left_out.append(words)
    attributes = {key: value for key, value in environment.attributes.items() if not _is_secret(key, value)}
    if attributes:
        entry["attributes"] = attributes
    left_out.extend(
        Phrase(
            "The default attribute {key} of {name} was left out, since it holds an ID or a secret.",
            key=key,
            name=name,
        )
        for key in environment.attributes
        if key not in attributes
    )
    if environment.sign_in.is_set:
        left_out.append(Phrase("How customers sign in to {name} was left out.", name=name))
    return entry


def _is_secret(key: str, value: str) -> bool:
    return mask_frame({key: value}) != {key: value} or mask_text(value) != value or mask_text(key) != key


def _environment(entry: object, number: int) -> Environment:
    if not isinstance(entry, dict):
        raise EnvironmentFileError(Phrase("Entry {number} of the file is no environment.", number=number))
    texts: dict[str, Any] = {
        field: _text(entry, field, number) for field in ("name", *_TEXTS) if field in entry
    }
    attributes = _attributes(entry.get("attributes", {}), number)
    described = Environment(**{"name": "", **_USUAL, **texts}, attributes=attributes)
    try:
        return check_environment(described)
    except GcdeskError as error:
        title = Phrase(
            "Entry {number} of the file, {name}, cannot be used.", number=number, name=described.name or "?"
        )
        raise EnvironmentFileError(
            title, Phrase("{title} {hint}", title=Phrase(error.title), hint=Phrase(error.hint))
        ) from None


def _text(entry: Mapping[str, object], field: str, number: int) -> str:
    value = entry[field]
    if not isinstance(value, str):
        raise EnvironmentFileError(
            Phrase(
                "Entry {number} of the file cannot be used: {field} is no text.", number=number, field=field
            )
        )
    return value


def _attributes(value: object, number: int) -> dict[str, str]:
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return value
    raise EnvironmentFileError(
        Phrase("Entry {number} of the file cannot be used: its attributes are not texts.", number=number)
    )
