"""Where the files lie that are not code: icons, and later translations and examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# The wheel carries them inside the package; a source tree keeps them beside it.
_PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource_path(*parts: str) -> Path:
    """Return the path of a resource, as in `resource_path("icons", "gcdesk.png")`.

    Raises:
        FileNotFoundError: There is no such resource: the installation is incomplete.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"gcdesk's resource {'/'.join(parts)} is missing")
