"""Reading a scenario file: YAML 1.2 with positions, every mistake of a file found at once.

So far a file has `config` (deploymentId, region, origin) and `scenarios`, with the steps say,
waitForReplyContaining and waitForReplyMatching.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from gcdesk.errors import Problem, ScenarioFileError
from gcdesk.scenarios.model import Condition, Expect, Pattern, Place, Say, Scenario, ScenarioFile, Step, Where

_LARGEST = 1 << 20
_MOST_STEPS = 100_000
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}


def read_file(path: Path) -> ScenarioFile:
    """What a scenario file says.

    Raises:
        ScenarioFileError: It cannot be read, or has mistakes.
    """
    return _Reading(path).file()


class _Reading:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: dict[tuple[int, int, str], Problem] = {}
        self._steps = 0

    def file(self) -> ScenarioFile:
        root = self._root(self._text())
        top = self._keys(root, "the file", ("config", "scenarios"))
        place = self._place(top["config"]) if "config" in top else Place()
        scenarios: list[Scenario] = []
        if "scenarios" in top:
            pairs = self._pairs(top["scenarios"], "scenarios")
            scenarios = [self._scenario(key, value, place) for key, value in pairs]
            if _is_mapping(top["scenarios"]) and not top["scenarios"].value:
                self._wrong(top["scenarios"], "There is no scenario in scenarios.")
        elif not self._problems:
            self._wrong(root, "The file needs the key scenarios.")
        self._refuse_mistakes()
        return ScenarioFile(self._path, tuple(scenarios))

    def _text(self) -> str:
        try:
            with self._path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "its name cannot be one"
            raise self._single(1, 1, f"The file cannot be read: {reason}.") from None
        if len(data) > _LARGEST:
            raise self._single(1, 1, "The file is larger than 1 MiB.")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # The codec counts from behind the BOM, so the bytes are taken from the error itself.
            before = error.object[: error.start].decode("utf-8")
            column = len(before) - (before.rfind("\n") + 1) + 1
            raise self._single(before.count("\n") + 1, column, "This is not UTF-8.") from None

    def _root(self, text: str) -> Any:
        # Loaded only where a scenario is read: it would slow down every other start.
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            node = YAML(typ="safe", pure=True).compose(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            said = (
                " ".join(" ".join(filter(None, [error.context, error.problem])).split()) or "This is no YAML"
            )
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self._single(line, column, f"{said[0].upper()}{said[1:]}.") from None
        except RecursionError:
            raise self._single(1, 1, "It is nested too deeply.") from None
        except (YAMLError, ValueError, AttributeError, LookupError, TypeError, AssertionError):
            raise self._single(1, 1, "This is no YAML.") from None
        if node is None:
            raise self._single(1, 1, "The file is empty.")
        return node

    def _place(self, node: Any) -> Place:
        found = self._keys(node, "config", ("deploymentId", "region", "origin"))
        said = {name: self._string(value, name) for name, value in found.items()}
        return Place(
            deployment_id=said.get("deploymentId", ""),
            region=said.get("region", ""),
            origin=said.get("origin", ""),
        )

    def _scenario(self, key: Any, node: Any, place: Place) -> Scenario:
        steps: list[Step] = []
        if not isinstance(node.value, list) or _is_mapping(node) or not node.value:
            self._wrong(node, f"The scenario {key.value} must be a list of steps.")
        else:
            self._steps += len(node.value)
            # Aliases let a small file stand for a huge one.
            if self._steps > _MOST_STEPS:
                raise self._single(*_spot(node), f"There are more than {_MOST_STEPS:,} steps.")
            steps = [step for each in node.value if (step := self._step(each)) is not None]
        return Scenario(str(key.value), self._where(key), tuple(steps), place=place)

    def _step(self, node: Any) -> Step | None:
        makers: dict[str, Callable[[Any], Step]] = {
            "say": self._say,
            "waitForReplyContaining": self._containing,
            "waitForReplyMatching": self._matching,
        }
        found = self._keys(node, "a step", makers)
        if len(found) > 1:
            self._wrong(node, "A step does one thing; write each as a step of its own.")
        elif not found and _is_mapping(node) and not node.value:
            self._wrong(node, "The step is empty.")
        return next((makers[name](value) for name, value in found.items()), None)

    def _say(self, node: Any) -> Step:
        return Say(where=self._where(node), text=self._string(node, "say"))

    def _containing(self, node: Any) -> Step:
        text = self._string(node, "waitForReplyContaining")
        return Expect(where=self._where(node), condition=Condition(containing=(text,)))

    def _matching(self, node: Any) -> Step:
        text, flags, spot = "", "", node
        if _is_mapping(node):
            found = self._keys(node, "waitForReplyMatching", ("pattern", "flags"))
            if "pattern" in found:
                spot = found["pattern"]
                text = self._string(spot, "pattern")
            elif len(found) == len(node.value):
                self._wrong(node, "waitForReplyMatching needs the key pattern.")
            if "flags" in found:
                flags = self._string(found["flags"], "flags")
                if set(flags) - set(_FLAGS) or len(set(flags)) < len(flags):
                    self._wrong(found["flags"], "The flags can be i and m, each once.")
        else:
            text = self._string(node, "waitForReplyMatching")
        try:
            re.compile(text)
        except (re.error, RecursionError, OverflowError) as error:
            self._wrong(spot, f"This is no regular expression ({error}).")
        return Expect(where=self._where(node), condition=Condition(matching=(Pattern(text, flags),)))

    def _string(self, node: Any, what: str) -> str:
        if not isinstance(node.value, str) or node.tag == "tag:yaml.org,2002:null":
            self._wrong(node, f"The key {what} must be a text.")
            return ""
        if not node.value.strip():
            self._wrong(node, f"The key {what} is empty.")
        return node.value

    def _keys(self, node: Any, what: str, allowed: Collection[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in self._pairs(node, what):
            if key.value in allowed:
                found[key.value] = value
            else:
                self._wrong(key, f"There is no key {key.value} in {what}.{_closest(key.value, allowed)}")
        return found

    def _pairs(self, node: Any, what: str) -> list[tuple[Any, Any]]:
        if not _is_mapping(node):
            self._wrong(node, f"{what[0].upper()}{what[1:]} must have keys, with a colon after each.")
            return []
        seen: set[str] = set()
        pairs: list[tuple[Any, Any]] = []
        for key, value in node.value:
            if not isinstance(key.value, str) or not key.value.strip():
                self._wrong(key, "A key must be a text.")
            elif key.value in seen:
                self._wrong(key, f"The key {key.value} is here twice.")
            else:
                seen.add(key.value)
                pairs.append((key, value))
        return pairs

    def _where(self, node: Any) -> Where:
        return Where(self._path, *_spot(node))

    def _wrong(self, node: Any, sentence: str) -> None:
        self._problems[(*_spot(node), sentence)] = Problem(str(self._where(node)), sentence)

    def _single(self, line: int, column: int, sentence: str) -> ScenarioFileError:
        return ScenarioFileError((Problem(str(Where(self._path, line, column)), sentence),))

    def _refuse_mistakes(self) -> None:
        if self._problems:
            raise ScenarioFileError(tuple(self._problems[spot] for spot in sorted(self._problems)))


def _spot(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _is_mapping(node: Any) -> bool:
    return type(node).__name__ == "MappingNode"


def _closest(name: str, allowed: Collection[str]) -> str:
    folded = {each.lower(): each for each in allowed}
    close = difflib.get_close_matches(name.lower(), folded, n=1)
    return f" Did you mean {folded[close[0]]}?" if close else f" There are {', '.join(allowed)}."
