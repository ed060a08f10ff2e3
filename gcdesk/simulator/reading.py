"""Reading JSON strictly: what is there must have the right type, and null is not absence."""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

BAD_REQUEST = 400
MISSING_PARAMETER = 4020
_DEEPEST = 64


class RefusedError(Exception):
    """A request the service refuses: the service's own code and text (guest API, section 4)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text


def bad_request(text: str) -> NoReturn:
    """Refuse with 400."""
    raise RefusedError(BAD_REQUEST, f"Request failed. {text}")


def missing(path: str) -> NoReturn:
    """Refuse with 4020: a required field is not there."""
    raise RefusedError(MISSING_PARAMETER, f"Missing parameter: {path}")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def parse_json(text: str) -> Any:
    """One JSON value. Raises ValueError for anything else, NaN, unpaired surrogates and absurd depth too."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check_depth(value)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _check_depth(value: Any) -> None:
    # How deep the parser itself can go differs between Python versions.
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class JsonObject:
    """One JSON object under inspection. Knows its path in the request, so that a refusal can name the field.

    Every method raises RefusedError: 4020 for a required field that is absent, 400 for a wrong type.
    """

    def __init__(self, value: Any, path: str = "") -> None:
        if not isinstance(value, dict):
            bad_request(f"{path or 'The request'} must be an object.")
        self.raw: dict[str, Any] = value
        self._path = path

    def path(self, key: str) -> str:
        """The full name of one of its fields."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Whether the field is there at all."""
        return key in self.raw

    def text(self, key: str) -> str:
        """A required string."""
        if key not in self.raw:
            missing(self.path(key))
        value = self.raw[key]
        if not isinstance(value, str):
            bad_request(f"{self.path(key)} must be a string.")
        return value

    def optional_text(self, key: str) -> str | None:
        """A string, or None when absent."""
        return self.text(key) if key in self.raw else None

    def choice(self, key: str, allowed: frozenset[str]) -> str:
        """A required string out of a fixed set."""
        value = self.text(key)
        if value not in allowed:
            bad_request(f"{self.path(key)} must be one of {', '.join(sorted(allowed))}.")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; required unless there is a default."""
        if key not in self.raw:
            if default is None:
                missing(self.path(key))
            return default
        value = self.raw[key]
        if not isinstance(value, bool):
            bad_request(f"{self.path(key)} must be true or false.")
        return value

    def number(self, key: str) -> float:
        """A required number."""
        if key not in self.raw:
            missing(self.path(key))
        value = self.raw[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            bad_request(f"{self.path(key)} must be a number.")
        return value

    def child(self, key: str) -> "JsonObject":
        """A required object."""
        if key not in self.raw:
            missing(self.path(key))
        return JsonObject(self.raw[key], self.path(key))

    def optional_child(self, key: str) -> "JsonObject | None":
        """An object, or None when absent."""
        return self.child(key) if key in self.raw else None

    def children(self, key: str) -> "list[JsonObject]":
        """A list of objects; absent counts as empty."""
        if key not in self.raw:
            return []
        value = self.raw[key]
        if not isinstance(value, list):
            bad_request(f"{self.path(key)} must be a list.")
        return [JsonObject(item, f"{self.path(key)}[{index}]") for index, item in enumerate(value)]

    def strings(self, key: str) -> dict[str, str]:
        """An object whose values are strings; absent counts as empty."""
        if key not in self.raw:
            return {}
        value = self.child(key)
        return {name: value.text(name) for name in value.raw}
