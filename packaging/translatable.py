"""The texts of the source that a person may see in the window, read from its syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = "Sentences"
"""The context of what the layers below the window say."""

# The command line, what a ticket gets and what is wrong with a frame stay English.
_UNSEEN = re.compile(
    r"gcdesk/(cli|simulator|scenarios)/|gcdesk/desk/evidence|gcdesk/guest/(lenient|received)\.py"
    r"|gcdesk/(phrase|resources|ui/said)\.py"
)
_WINDOW = "gcdesk/ui/"
# Below the window everything that reads like one is a sentence to be translated.
_SENTENCE = re.compile(r"[A-Z“{][^%]* [^%]*\.")
# Not for people: what only logs and programmers read.
_UNREAD = re.compile(r"_log\b|__repr__|^(TypeError|ValueError|RuntimeError|LookupError|AssertionError)")
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
        name = file.relative_to(project).as_posix()
        if not _UNSEEN.match(name):
            here = in_source(file.read_text(encoding="utf-8"), name)
            found.update(dict.fromkeys(here.texts))
            hidden += here.hidden
    return Found(tuple(sorted(found, key=lambda text: text.context)), tuple(hidden))


def in_source(source: str, name: str) -> Found:
    """The texts of one file of that name."""
    reader = _Reader(name)
    return Found(tuple(reader.read(ast.parse(source))), tuple(reader.hidden))


class _Reader:
    """Args: name: The file's."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._below = not name.startswith(_WINDOW)
        self.hidden: list[str] = []

    def read(self, node: ast.AST, inside: str = "") -> Iterator[Text]:
        """The texts below a node; `inside` is the class around it."""
        for child in ast.iter_child_nodes(node):
            if _is_unread(child):
                continue
            if isinstance(child, ast.Call) and (texts := list(self._of_call(child, inside))):
                yield from texts
                # What is filled in may be a phrase, too.
                for word in child.keywords:
                    yield from self.read(word, inside)
            elif self._below and isinstance(child, ast.Constant | ast.JoinedStr):
                yield from self._of_sentence(child)
            else:
                yield from self.read(child, child.name if isinstance(child, ast.ClassDef) else inside)

    def _of_call(self, call: ast.Call, inside: str) -> Iterator[Text]:
        name = _name(call.func)
        if name == "tr":
            yield from self._text(inside, call.args, call.keywords)
        elif name.endswith("translate") and len(call.args) > 1:
            yield from self._text(self._literal(call.args[0]), call.args[1:], call.keywords)
        elif name == "QT_TRANSLATE_NOOP":
            yield from self._text(self._literal(call.args[0]), call.args[1:2], [])
        elif name == "Phrase" and (call.keywords or _is_literal(call.args[0])):
            # Without values it may stand around a sentence that is found elsewhere.
            yield from self._text(SENTENCES, call.args[:1], [])
        elif name.endswith("Error") and not self._below:
            named = [word.value for word in call.keywords if word.arg in _ERROR_TEXTS]
            for value in (*call.args[:2], *named):
                yield from self._of_sentence(value)

    def _of_sentence(self, value: ast.expr) -> Iterator[Text]:
        if isinstance(value, ast.JoinedStr):
            words = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in value.values
            )
            if _SENTENCE.fullmatch(words):
                self._hide(value, "make it a Phrase, with its values by name")
        elif _is_literal(value) and _SENTENCE.fullmatch(self._literal(value)):
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


def _is_unread(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.FunctionDef):
        return bool(_UNREAD.search(node.name))
    # The technical text behind a title is for whoever looks into it, and may go into a ticket.
    if isinstance(node, ast.keyword):
        return node.arg == "detail"
    if isinstance(node, ast.Assign | ast.AugAssign):
        return _name(node.targets[0] if isinstance(node, ast.Assign) else node.target) == "detail"
    return isinstance(node, ast.Call) and bool(_UNREAD.search(ast.unparse(node.func)))


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
