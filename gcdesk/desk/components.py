"""What gcdesk is made of: every package that it needs, with its version and its licence."""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LICENCE_FILE = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_SHORT = 60
# A text longer than all licences of Qt together is something else.
_LONGEST_TEXT = 300_000


@dataclass(frozen=True)
class Component:
    """A package.

    Args:
        name: Its name as it calls itself.
        version: Its version.
        licence: The name of its licence or licences; empty where it does not tell.
    """

    name: str
    version: str
    licence: str

    @cached_property
    def text(self) -> str:
        """The licence itself, as far as it came with the package; read from the disk when it is asked for."""
        try:
            found = importlib.metadata.distribution(self.name)
        except importlib.metadata.PackageNotFoundError:
            return ""
        texts = []
        for file in found.files or ():
            if _LICENCE_FILE.search(file.as_posix()) and file.suffix not in (".py", ".pyc"):
                try:
                    with Path(str(found.locate_file(file))).open(
                        encoding="utf-8", errors="replace"
                    ) as opened:
                        texts.append(opened.read(_LONGEST_TEXT).strip())
                except OSError:
                    continue
        return "\n\n".join(text for text in texts if text)


def components(root: str = "gcdesk") -> list[Component]:
    """The package and all it needs, directly or not, as installed here; by name, the root first.

    What another system or an extra would need is not there, and is left out.
    """
    found: dict[str, Component] = {}
    wanted = [root]
    while wanted:
        name = wanted.pop()
        key = _key(name)
        if key in found:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        meta = distribution.metadata
        found[key] = Component(str(meta["Name"] or name), distribution.version, _licence(distribution))
        wanted += [needed for need in distribution.requires or () if (needed := _needed(need))]
    first = found.pop(_key(root), None)
    rest = sorted(found.values(), key=lambda one: one.name.casefold())
    return [*([first] if first is not None else []), *rest]


def _needed(need: str) -> str:
    requirement, _, marker = need.partition(";")
    name = _NAME.match(requirement.strip())
    # What is only installed with an extra belongs to nobody who did not ask for it.
    return name.group() if name and "extra" not in marker else ""


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(distribution: importlib.metadata.Distribution) -> str:
    meta = distribution.metadata
    for field in ("License-Expression", "License"):
        said = str(meta.get(field) or "").strip()  # type: ignore[attr-defined] # a message, which has it
        # Older packages put the whole text here.
        if said and len(said) <= _SHORT and "\n" not in said:
            return said
    named = [
        one.rpartition("::")[2].strip()
        for one in meta.get_all("Classifier") or ()
        if one.startswith("License ::")
    ]
    return ", ".join(named)
