"""Reading a YAML 1.2 file with its positions, so that every mistake can be pointed at.

Nothing is built from tags, anchors or aliases: a flow is plain mappings, lists and scalars. Scalars are taken as
they are written, so that `0012345` and `yes` stay what they are.
"""

import difflib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_LARGEST = 1 << 20
_MOST_PROBLEMS = 20
_TAG = "tag:yaml.org,2002:"
_PLAIN = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge"})


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where, both counted from 1, and what."""

    line: int
    column: int
    text: str


class FlowError(Exception):
    """A flow file that cannot be used. `problems` in the order of the file."""

    def __init__(self, path: Path, problems: Collection[Problem]) -> None:
        self.path = path
        self.problems = sorted(set(problems))
        shown = [f"{path}:{each.line}:{each.column}: {each.text}" for each in self.problems[:_MOST_PROBLEMS]]
        more = len(self.problems) - len(shown)
        super().__init__("\n".join(shown) + (f"\nand {more} more mistakes." if more > 0 else ""))


@dataclass
class Place:
    """One value in the file. Its reading methods note a problem and give something harmless instead of raising."""

    node: Any
    problems: list[Problem] = field(repr=False)

    def wrong(self, text: str) -> None:
        """Note a mistake here."""
        mark = self.node.start_mark
        self.problems.append(Problem(mark.line + 1, mark.column + 1, text))

    @property
    def is_empty(self) -> bool:
        """Whether it is a mapping or list with nothing in it."""
        return not self.is_scalar and not self.node.value

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.node, MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, SequenceNode)

    @property
    def is_scalar(self) -> bool:
        """Whether it is one value that is not null."""
        return isinstance(self.node, ScalarNode) and self.node.tag != f"{_TAG}null"

    def text(self, what: str, *, empty: bool = False) -> str:
        """A text, as it is written."""
        if not self.is_scalar:
            self.wrong(f"{_subject(what)} must be a text.")
            return ""
        value = str(self.node.value)
        if not value.strip() and not empty:
            self.wrong(f"{_subject(what)} is empty.")
        return value

    def number(self, what: str, smallest: float, largest: float) -> float:
        """A number within limits."""
        try:
            value = float(self.node.value) if self.is_scalar else None
        except ValueError:
            value = None
        if value is None or not smallest <= value <= largest:
            self.wrong(f"{_subject(what)} must be a number from {smallest:g} to {largest:g}.")
            return smallest
        return value

    def flag(self, what: str) -> bool:
        """True or false."""
        value = str(self.node.value).lower() if self.is_scalar else ""
        if value not in {"true", "false"}:
            self.wrong(f"{_subject(what)} must be true or false.")
        return value == "true"

    def items(self, what: str, *, may_be_one: bool = False) -> list["Place"]:
        """The items of a list. A single value can stand for a list of one where that is allowed."""
        if self.is_list:
            if not self.node.value:
                self.wrong(f"{_subject(what)} must not be empty.")
            return [Place(node, self.problems) for node in self.node.value]
        if may_be_one and (self.is_scalar or self.is_mapping):
            return [self]
        self.wrong(f"{_subject(what)} must be a list.")
        return []

    def entries(self, what: str) -> Iterator[tuple["Place", "Place"]]:
        """The keys and values of a mapping, each key once."""
        if not self.is_mapping:
            self.wrong(f"{_subject(what)} must be a mapping, with a colon after each key.")
            return
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            key = Place(key_node, self.problems)
            name = key.text("A key")
            if name in seen:
                key.wrong(f"The key {name} is here twice.")
            elif name:
                seen.add(name)
                yield key, Place(value_node, self.problems)

    def keys(self, what: str, allowed: Collection[str], required: Collection[str] = ()) -> dict[str, "Place"]:
        """The values of a mapping by key. Other keys than the allowed are mistakes, and so are missing ones."""
        found: dict[str, Place] = {}
        for key, value in self.entries(what):
            name = str(key.node.value)
            if name in allowed:
                found[name] = value
            else:
                key.wrong(f"There is no key {name} in {what[0].lower()}{what[1:]}.{closest(name, allowed)}")
        for name in required:
            if name not in found and self.holds_only(found):
                self.wrong(f"{what} needs the key {name}.")
        return found

    def holds_only(self, found: Collection[str]) -> bool:
        """Whether it is a mapping in which every key was known: a key that is missing may be the one that is not."""
        return self.is_mapping and len(found) == len(self.node.value)

    def plain(self) -> Any:
        """The value as JSON has it: numbers, true, false and null are what YAML 1.2 says they are."""
        if self.is_mapping:
            return {str(key.node.value): value.plain() for key, value in self.entries("A frame")}
        if self.is_list:
            return [Place(node, self.problems).plain() for node in self.node.value]
        return _scalar(self.node)


def _subject(what: str) -> str:
    return what if what[0].isupper() else f"The key {what}"


def _scalar(node: Any) -> Any:
    kind = str(node.tag).removeprefix(_TAG)
    if kind == "null":
        return None
    if kind in {"bool", "int", "float"}:
        try:
            # What YAML takes for a number and JSON does not, such as 0x10, stays a text.
            return json.loads(node.value.lower() if kind == "bool" else node.value)
        except ValueError:
            return node.value
    return node.value


def closest(name: str, allowed: Collection[str]) -> str:
    """A question about what was meant, or else what there is."""
    folded = {each.lower(): each for each in allowed}
    close = difflib.get_close_matches(name.lower(), folded, n=1)
    if close:
        return f" Did you mean {folded[close[0]]}?"
    return f" There are {', '.join(allowed)}." if allowed else ""


def read_yaml(path: Path) -> Place:
    """The whole of a file. Raises FlowError for a file that cannot be read or is no YAML."""
    text = _text_of(path)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(filter(None, [error.context, error.problem])) or "This is no YAML"
        raise FlowError(path, [_problem_at(mark, f"{problem[0].upper()}{problem[1:]}.")]) from None
    except (YAMLError, ValueError) as error:
        raise FlowError(path, [Problem(1, 1, f"This is no YAML: {' '.join(str(error).split())}.")]) from None
    except RecursionError:
        raise FlowError(path, [Problem(1, 1, "It is nested too deeply.")]) from None
    if node is None:
        raise FlowError(path, [Problem(1, 1, "The file is empty.")])
    problems: list[Problem] = []
    _check_plain(node, problems)
    if problems:
        raise FlowError(path, problems)
    return Place(node, [])


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FlowError(path, [Problem(1, 1, f"The file cannot be read ({error.strerror}).")]) from None
    if len(data) > _LARGEST:
        raise FlowError(path, [Problem(1, 1, "The file is larger than 1 MiB.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n")
        column = error.start - (before.rfind(b"\n") + 1)
        raise FlowError(path, [Problem(line + 1, column + 1, "This is not UTF-8.")]) from None


def _problem_at(mark: Any, text: str) -> Problem:
    return Problem(mark.line + 1, mark.column + 1, text) if mark is not None else Problem(1, 1, text)


def _check_plain(root: Node, problems: list[Problem]) -> None:
    """Refuse what would let a small file stand for a large one, or for itself."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            problems.append(_problem_at(node.start_mark, "Anchors and aliases are not used in flows."))
            continue
        seen.add(id(node))
        if str(node.tag).removeprefix(_TAG) not in _PLAIN:
            problems.append(_problem_at(node.start_mark, f"The tag {node.tag} means nothing here."))
        if isinstance(node, MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif not isinstance(node, ScalarNode):
            waiting += node.value
