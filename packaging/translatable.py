"""The texts of the source that a person may see in the window, read from its syntax."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = "Sentences"
"""The context of what the layers below the window say."""

# The command line stays English, and the simulator and the scenarios have no window.
_UNSEEN = {"cli", "simulator", "scenarios"}
_ERROR_TEXTS = ("title", "hint")


@dataclass(frozen=True)
class Text:
    """One text. `comment` tells apart equal texts of a context; `plural`: whether it has forms for a count."""

    context: str
    source: str
    comment: str = ""
    plural: bool = False


@dataclass(frozen=True)
class Found:
    """What the source holds: its texts, in the order of contexts and then of the source, and what is out of reach.

    `hidden` tells where, and what to do about it.
    """

    texts: tuple[Text, ...]
    hidden: tuple[str, ...]


def in_project(project: Path) -> Found:
    """Every text of gcdesk."""
    found: dict[Text, None] = {}
    hidden: list[str] = []
    for file in sorted((project / "gcdesk").rglob("*.py")):
        inside = file.relative_to(project)
        if inside.parts[1] not in _UNSEEN:
            here = in_source(file.read_text(encoding="utf-8"), inside.as_posix())
            found.update(dict.fromkeys(here.texts))
            hidden += here.hidden
    return Found(tuple(sorted(found, key=lambda text: text.context)), tuple(hidden))


def in_source(source: str, name: str = "") -> Found:
    """The texts of one file, and its name for what is out of reach."""
    reader = _Reader(name)
    return Found(tuple(reader.read(ast.parse(source))), tuple(reader.hidden))


class _Reader:
    """Args: name: The file's."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.hidden: list[str] = []

    def read(self, node: ast.AST, inside: str = "") -> Iterator[Text]:
        """The texts below a node; `inside` is the class around it."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield from self._of_error(child)
                yield from self.read(child, child.name)
            else:
                if isinstance(child, ast.Call):
                    yield from self._of_call(child, inside)
                yield from self.read(child, inside)

    def _of_error(self, node: ast.ClassDef) -> Iterator[Text]:
        if not node.name.endswith("Error"):
            return
        for line in node.body:
            target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
            value = getattr(line, "value", None)
            # Another type's title is a text of that type.
            if isinstance(target, ast.Name) and target.id in _ERROR_TEXTS and isinstance(value, ast.expr):
                yield from self._sentence(value)

    def _of_call(self, call: ast.Call, inside: str) -> Iterator[Text]:
        called = call.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == "tr":
            yield from self._text(inside, call.args, call.keywords)
        elif name.endswith("translate") and len(call.args) > 1:
            yield from self._text(self._literal(call.args[0]), call.args[1:], call.keywords)
        elif name == "QT_TRANSLATE_NOOP":
            yield from self._text(self._literal(call.args[0]), call.args[1:2], [])
        elif name == "Phrase":
            # Without values it may stand around a sentence that is found elsewhere.
            if call.keywords or _is_literal(call.args[0]):
                yield from self._text(SENTENCES, call.args[:1], [])
        elif name.endswith("Error") and not hasattr(builtins, name):
            named = [word.value for word in call.keywords if word.arg in _ERROR_TEXTS]
            for value in (*call.args[:2], *named):
                yield from self._sentence(value)

    def _sentence(self, value: ast.expr) -> Iterator[Text]:
        if isinstance(value, ast.JoinedStr | ast.BinOp):
            self._hide(value, "make it a Phrase, with its values by name")
        elif _is_literal(value):
            yield Text(SENTENCES, self._literal(value))

    def _text(self, context: str, rest: list[ast.expr], named: list[ast.keyword]) -> Iterator[Text]:
        comment = self._literal(rest[1]) if len(rest) > 1 and _is_literal(rest[1]) else ""
        plural = len(rest) > 2 or any(word.arg == "n" for word in named)
        source = self._literal(rest[0])
        if context and source:
            yield Text(context, source, comment, plural)

    def _literal(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        self._hide(node, "only a literal is found by translators")
        return ""

    def _hide(self, node: ast.expr, advice: str) -> None:
        self.hidden.append(f"{self._name}:{node.lineno}: {advice}")


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
