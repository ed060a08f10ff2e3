"""Names from outside, made safe: whatever is given, what comes out can be written on any system."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gcdesk.guest.file_names import NAMELESS, numbered, safe_name, split_extension

FORBIDDEN = '/\\:*?"<>|'


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("note.png", "note.png"),
        ("Übersicht 日本 👋.pdf", "Übersicht 日本 👋.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\Windows\\a.dll", "_.._Windows_a.dll"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\a.txt", "C__a.txt"),
        ("a.txt:stream", "a.txt_stream"),
        ("\\\\server\\share\\a", "__server_share_a"),
        ("~/a", "~_a"),
        (".bashrc", "bashrc"),
        ("...a", "a"),
        ("a.txt. . .", "a.txt"),
        ("a.exe   ", "a.exe"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("a\u200bb\ufeff.txt", "ab.txt"),
        ("a\0b\r\nc\x1b[31m.txt", "abc[31m.txt"),
        ("a\u2028b.txt", "ab.txt"),
        ("half\udcff.txt", "half.txt"),
        ("e\u0301.txt", "é.txt"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Nul .tar.gz", "_Nul .tar.gz"),
        ("COM1", "_COM1"),
        ("com¹.log", "_com¹.log"),
        ("LPT9.x", "_LPT9.x"),
        ("CONIN$", "_CONIN$"),
        ("console.log", "console.log"),
        ("com10.txt", "com10.txt"),
        (".con", "_con"),
        ("", NAMELESS),
        (" ", NAMELESS),
        ("..", NAMELESS),
        (".", NAMELESS),
        ("\u202e\0", NAMELESS),
        ("///", "___"),
        ("%2e%2e%2f", "%2e%2e%2f"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
        ("ü" * 300 + ".png", "ü" * 98 + ".png"),
        ("x" * 300, "x" * 200),
        ("a." + "x" * 300, "a." + "x" * 198),
        ("con." + "x" * 300, "_con." + "x" * 195),
        ("x" * 195 + ". . .png", "x" * 195 + ".png"),
    ],
)
def test_names_and_what_becomes_of_them(name: str, safe: str) -> None:
    assert safe_name(name) == safe


NASTY = st.text(
    st.one_of(
        st.sampled_from(FORBIDDEN + ". \0\r\n\t~%CONULPTAXcom1¹²\u202e\u200d\ufeff\u2028\udcff"),
        st.characters(),
        st.characters(categories=["Cs"]),
    ),
    max_size=400,
)


@given(NASTY)
@example("CON." + "é" * 200)
@example("nul" + "." * 300 + "a")
def test_whatever_the_name_it_is_one_safe_name(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 200
    assert not set(safe) & set(FORBIDDEN)
    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in safe)
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert PurePosixPath(safe).name == PureWindowsPath(safe).name == safe
    assert PureWindowsPath(safe).drive == ""
    if sys.version_info < (3, 13):
        assert not PureWindowsPath(safe).is_reserved()
    assert safe_name(safe) == safe


@given(NASTY, st.integers(2, 999))
def test_a_number_keeps_a_name_safe(name: str, number: int) -> None:
    named = numbered(safe_name(name), number)
    assert safe_name(named) == named or len(named.encode()) > 200
    assert len(named.encode()) < 255
    assert f" ({number})" in named


@pytest.mark.parametrize(
    ("name", "stem", "extension"),
    [
        ("a.png", "a", ".png"),
        ("a.tar.gz", "a.tar", ".gz"),
        ("a", "a", ""),
        (".hidden", ".hidden", ""),
        ("..hidden", "..hidden", ""),
        ("a.", "a.", ""),
        ("", "", ""),
        (".", ".", ""),
    ],
)
def test_stem_and_extension(name: str, stem: str, extension: str) -> None:
    assert split_extension(name) == (stem, extension)
    assert stem + extension == name


def test_numbers_go_before_the_extension() -> None:
    assert numbered("a.tar.gz", 2) == "a.tar (2).gz"
    assert numbered("readme", 3) == "readme (3)"
