#!/usr/bin/env python3
"""Keeps the window's translations in step with the source, with the lupdate and lrelease that PySide6 brings.

`refresh_translations.py` takes the sentences of the source into every resources/translations/*.ts and compiles
them. `missing de` prints a table (CSV) of what lacks German: fill in its last column, look at what stands there
already, and give it to `merge de FILE`. A language that is not there yet begins that way, too. `pseudo FILE.qm` makes
a right-to-left translation that means nothing, to look at the window with: GCDESK_TRANSLATION=FILE.qm gcdesk demo.
"""

from __future__ import annotations

import argparse
import csv
import re
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from translatable import Text, in_project

PROJECT = Path(__file__).resolve().parent.parent
TRANSLATIONS = PROJECT / "resources" / "translations"
ENGLISH = "en"

_COLUMNS = ("context", "form", "source", "translation")
# A locale that is written from right to left, with letters that nearly every font has.
_PSEUDO = "he"
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד")
# How a date is written is no word.
_DATE = re.compile(r"(?=.*(?:dd|MM|yy))[dMyhms .,:/-]+")
_KEPT = re.compile(r"\{[^{}]*\}|%L?n|&(?=\w)|<[^<>]*>|\n")


@dataclass(frozen=True)
class Row:
    """A sentence and its translation; `form` counts the plural forms, -1 where there is only one form."""

    context: str
    form: int
    source: str
    translation: str = ""


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ways = parser.add_subparsers(dest="way")
    ways.add_parser("missing").add_argument("language")
    merging = ways.add_parser("merge")
    merging.add_argument("language")
    merging.add_argument("table", type=Path)
    ways.add_parser("pseudo").add_argument("file", type=Path)
    asked = parser.parse_args()
    if asked.way == "pseudo":
        make_pseudo(asked.file)
        return
    found = in_project(PROJECT)
    for place in found.hidden:
        print(place, file=sys.stderr)
    begun = {_source(asked.language)} if asked.way == "missing" else set()
    for file in sorted({*TRANSLATIONS.glob("*.ts"), *begun}):
        refresh(file, found.texts)
        if asked.way == "merge" and file == _source(asked.language):
            with asked.table.open(encoding="utf-8", newline="") as table:
                merge(file, read_table(table))
            # In lupdate's own manner, so that the next run changes nothing.
            refresh(file, found.texts)
        print(f"{file.name}: {len(missing(file))} to translate", file=sys.stderr)
        release(file, file.with_suffix(".qm"))
    if asked.way == "missing":
        write_table(sys.stdout, suggested(_source(asked.language)))


def refresh(file: Path, wanted: Iterable[Text]) -> None:
    """Make a .ts file hold exactly these texts, with the translations that it has for them."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "texts.py")
        listed.write_text(_as_source(wanted), encoding="utf-8")
        code = file.stem.removeprefix("gcdesk_")
        plural = ["-pluralonly"] if code == ENGLISH else []
        # Without guesses: a translation is somebody's decision.
        _run("lupdate", str(listed), "-ts", str(file), "-source-language", ENGLISH, "-target-language", code,
             "-locations", "none", "-no-obsolete", *plural,
             *(part for way in ("sametext", "similartext") for part in ("-disable-heuristic", way)))  # fmt: skip


def release(file: Path, compiled: Path) -> None:
    """Compile a .ts file into a .qm file."""
    _run("lrelease", str(file), "-qm", str(compiled), "-nounfinished")


def missing(file: Path) -> list[Row]:
    """What a .ts file has no finished translation for."""
    return [Row(*row) for row, done in _rows(file) if not done]


def finished(file: Path) -> list[Row]:
    """What a .ts file has a finished translation for."""
    return [Row(*row) for row, done in _rows(file) if done]


def suggested(file: Path) -> list[Row]:
    """What lacks its translation, with the one that the same sentence has elsewhere."""
    known = {(row.source, row.form): row.translation for row in finished(file)}
    return [replace(row, translation=known.get((row.source, row.form), "")) for row in missing(file)]


def merge(file: Path, rows: Iterable[Row]) -> None:
    """Put translations into a .ts file; a row without a context goes wherever its source stands."""
    given = {(row.context, row.source, row.form): row.translation for row in rows if row.translation}
    tree = _tree(file)
    for context, source, translation in _messages(tree):
        places = list(_forms(translation))
        for form, place in places:
            text = given.get((context, source, form)) or given.get(("", source, form))
            place.text = text or place.text
        if all(place.text for _, place in places):
            translation.attrib.pop("type", None)
    _write(tree, file)


def make_pseudo(compiled: Path) -> None:
    """Make a right-to-left translation of everything: other letters, a third longer, names and signs kept."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"gcdesk_{_PSEUDO}.ts")
        refresh(file, in_project(PROJECT).texts)
        tree = _tree(file)
        for _, source, translation in _messages(tree):
            for _, place in _forms(translation):
                place.text = pseudo(source)
            translation.attrib.pop("type", None)
        _write(tree, file)
        release(file, compiled)


def pseudo(source: str) -> str:
    """One sentence of the pseudo-translation."""
    if _DATE.fullmatch(source):
        return source
    parts, end = [], 0
    for kept in _KEPT.finditer(source):
        parts += [source[end : kept.start()].lower().translate(_LETTERS), kept.group()]
        end = kept.end()
    parts.append(source[end:].lower().translate(_LETTERS))
    return "".join(parts) + " " + "ךםןףץ"[: max(1, len(source) // 3)]


def names_in(text: str) -> set[str]:
    """The values that a text has places for, with how they are written: {"{size:,}", "%n"}; raises ValueError."""
    found = {
        f"{{{name}{f':{spec}' if spec else ''}}}"
        for _, name, spec, _ in string.Formatter().parse(text)
        if name is not None
    }
    return found | set(re.findall(r"%L?n", text))


def read_table(lines: Iterable[str]) -> list[Row]:
    """The rows of a table."""
    return [
        Row(row["context"], int(row["form"] or -1), row["source"], row["translation"].strip())
        for row in csv.DictReader(lines)
    ]


def write_table(out: object, rows: Iterable[Row]) -> None:
    """Write a table for a translator."""
    writer = csv.writer(out)  # type: ignore[arg-type]
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow((row.context, "" if row.form < 0 else row.form, row.source, row.translation))


def _source(code: str) -> Path:
    return TRANSLATIONS / f"gcdesk_{code}.ts"


def _as_source(wanted: Iterable[Text]) -> str:
    # Not lupdate on our files: it does not see other names for translate(), nor what only lower layers say.
    lines = [
        f"QCoreApplication.translate({_quoted(text.context)}, {_quoted(text.source)}, "
        f"{_quoted(text.comment)}{', 1' if text.plural else ''})"
        for text in wanted
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(tool: str, *arguments: str) -> None:
    import PySide6

    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if sys.platform == "win32" else tool)
    done = subprocess.run([str(program), "-silent", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")


def _rows(file: Path) -> Iterator[tuple[tuple[str, int, str, str], bool]]:
    for context, source, translation in _messages(_tree(file)):
        done = translation.get("type") != "unfinished" and all(place.text for _, place in _forms(translation))
        for form, place in _forms(translation):
            yield (context, form, source, (place.text or "") if done else ""), done


def _tree(file: Path) -> ET.ElementTree[ET.Element[str]]:
    return ET.parse(file)


def _write(tree: ET.ElementTree[ET.Element[str]], file: Path) -> None:
    # lupdate writes it anew in its own manner afterwards.
    tree.write(file, encoding="utf-8", xml_declaration=True)


def _messages(
    tree: ET.ElementTree[ET.Element[str]],
) -> Iterator[tuple[str, str, ET.Element[str]]]:
    for context in tree.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None:
                yield context.findtext("name", ""), message.findtext("source", ""), translation


def _forms(translation: ET.Element[str]) -> Iterator[tuple[int, ET.Element[str]]]:
    forms = translation.findall("numerusform")
    yield from enumerate(forms) if forms else [(-1, translation)]


if __name__ == "__main__":
    main()
