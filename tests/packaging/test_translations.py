"""The translations that are shipped: whole, in step with the source, and made by the tools they say."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTranslator
from refresh_translations import (
    TRANSLATIONS,
    Row,
    finished,
    make_pseudo,
    merge,
    missing,
    names_in,
    pseudo,
    read_table,
    refresh,
    release,
    suggested,
    write_table,
)
from translatable import SENTENCES, Found, Text, in_project, in_source

from tests.support.places import PROJECT

FILES = sorted(TRANSLATIONS.glob("*.ts"))
BELOW, WINDOW = "gcdesk/guest/one.py", "gcdesk/ui/one.py"


@pytest.fixture(scope="module")
def found() -> Found:
    """Every text of gcdesk."""
    return in_project(PROJECT)


def test_there_are_texts_of_all_layers(found: Found) -> None:
    texts = {(text.context, text.source) for text in found.texts}
    assert ("Menu", "&New chat") in texts
    assert (SENTENCES, "The secure connection could not be verified.") in texts
    assert (SENTENCES, "No proxy is in the way to {host}.") in texts
    assert (SENTENCES, "The conversation was ended.") in texts
    assert len(texts) > 1000


def test_every_text_can_be_found_by_a_translator(found: Found) -> None:
    assert found.hidden == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_is_whole_and_in_step_with_the_source(file: Path, found: Found, tmp_path: Path) -> None:
    fresh = tmp_path / file.name
    shutil.copy(file, fresh)
    refresh(fresh, found.texts)
    lacking = [f"{row.context}: {row.source}" for row in missing(fresh)]
    assert not lacking, "run packaging/refresh_translations.py, which tells how to translate these"
    assert fresh.read_bytes() == file.read_bytes(), "run packaging/refresh_translations.py"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_compiled_file_is_that_of_the_source(file: Path, tmp_path: Path) -> None:
    compiled = tmp_path / "one.qm"
    release(file, compiled)
    assert compiled.read_bytes() == file.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_has_the_places_of_its_source(file: Path) -> None:
    rows = finished(file)
    assert rows
    wrong = [row for row in rows if names_in(row.source) != names_in(row.translation)]
    assert wrong == []
    assert [row for row in rows if ("&" in row.source) is not ("&" in row.translation)] == []


# What is read from a source


def test_the_window_says_what_it_translates() -> None:
    source = """
class Part:
    def show(self):
        self.tr("One")
        self.tr("{count} left", "", count)
        self._translate("Place", "two " "lines")
        QCoreApplication.translate("Place", "Three", "a kind")
        painter.translate(point)
    WORDS = {1: QT_TRANSLATE_NOOP("Place", "Four")}
"""
    assert in_source(source, WINDOW) == Found(
        (
            Text("Part", "One"),
            Text("Part", "{count} left", plural=True),
            Text("Place", "two lines"),
            Text("Place", "Three", "a kind"),
            Text("Place", "Four"),
        ),
        (),
    )


def test_below_the_window_sentences_are_texts() -> None:
    source = '''
"""Not this one."""
NOTICE = "It is over."
class OneError(GcdeskError):
    """Nor this one."""
    title = "It broke."
    def __repr__(self):
        return f"It is {self}."
def f():
    _log.info("Something %s happened.", 1)
    raise TypeError("A programmer reads this one.")
    raise OneError(Phrase("{name} broke.", name=Phrase("a thing")), detail=f"Deep {inside}.")
'''
    told = in_source(source, BELOW)
    assert [text.source for text in told.texts] == ["It is over.", "It broke.", "{name} broke.", "a thing"]
    assert {text.context for text in told.texts} == {SENTENCES}
    assert told.hidden == ()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("translate('Place', words)", WINDOW),
        ("self.tr(f'{count} left')", WINDOW),
        ("Phrase(f'{count} left', count=1)", BELOW),
        ("raise OneError(f'{name} broke.')", BELOW),
        ("raise OneError(f'{name} broke.')", WINDOW),
        ("hint = f'Look at {name} again.'", BELOW),
    ],
)
def test_what_no_translator_can_find_is_told_with_its_place(source: str, name: str) -> None:
    told = in_source(f"\n{source}", name)
    assert told.texts == ()
    assert [place.startswith(f"{name}:2: ") for place in told.hidden] == [True]


# The table for translators


def _file(tmp_path: Path, *wanted: Text) -> Path:
    file = tmp_path / "gcdesk_de.ts"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="de"></TS>', encoding="utf-8"
    )
    refresh(file, wanted)
    return file


COUNT, GREETING = Text("One", "{count} days", plural=True), Text("One", 'Say "hi" <b>&amp;</b> \\ “you”\nnow')


def test_a_table_goes_out_and_comes_back(tmp_path: Path) -> None:
    file = _file(tmp_path, COUNT, GREETING, Text("Two", "Stay"))
    lacking = missing(file)
    assert [(row.context, row.form, row.source) for row in lacking] == [
        ("One", 0, COUNT.source),
        ("One", 1, COUNT.source),
        ("One", -1, GREETING.source),
        ("Two", -1, "Stay"),
    ]
    out = io.StringIO(newline="")
    write_table(
        out, [Row(row.context, row.form, row.source, f"de {row.form} {row.source}") for row in lacking]
    )
    back = read_table(io.StringIO(out.getvalue(), newline=""))
    merge(file, back)
    assert missing(file) == []
    assert finished(file) == back
    refresh(file, [COUNT, GREETING])
    assert finished(file) == back[:3]


def test_a_row_without_a_context_goes_everywhere_and_half_a_plural_is_not_done(tmp_path: Path) -> None:
    file = _file(tmp_path, Text("One", "Close"), Text("Two", "Close"), COUNT)
    merge(
        file,
        [Row("", -1, "Close", "Zu"), Row("Two", -1, "Close", "Schließen"), Row("", 0, COUNT.source, "1")],
    )
    assert [(row.context, row.translation) for row in finished(file)] == [("One", "Zu"), ("Two", "Schließen")]
    assert [row.form for row in missing(file)] == [0, 1]


def test_what_is_translated_elsewhere_is_suggested(tmp_path: Path) -> None:
    file = _file(tmp_path, Text("One", "Close"), Text("Two", "Close"), Text("Two", "Open"))
    merge(file, [Row("One", -1, "Close", "Zu")])
    assert suggested(file) == [Row("Two", -1, "Close", "Zu"), Row("Two", -1, "Open")]


# The pseudo-translation


WORDS = st.sampled_from(
    ["{count}", "{size:,}", "{left:.1f}", "%n", "%Ln", "&", "{{", "}}", "Save", "ü", " ", "\n"]
)


@given(st.lists(WORDS).map("".join))
def test_the_pseudo_translation_keeps_what_is_no_word(text: str) -> None:
    try:
        names = names_in(text)
    except ValueError:
        return
    assert names_in(pseudo(text)) == names


def test_the_pseudo_translation_leaves_dates_as_they_are_written() -> None:
    assert pseudo("ddd d MMM") == "ddd d MMM"
    assert pseudo("dd") == "dd"
    assert pseudo("my") != "my"


def test_the_pseudo_translation_reads_from_the_right(tmp_path: Path) -> None:
    compiled = tmp_path / "pseudo.qm"
    make_pseudo(compiled)
    translator = QTranslator()
    assert translator.load(str(compiled))
    assert translator.language() == "he"
    assert translator.translate("Menu", "&New chat") == pseudo("&New chat")
    assert QCoreApplication.translate("Menu", "&New chat") == "&New chat"
