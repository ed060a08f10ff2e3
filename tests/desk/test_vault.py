"""Texts of any length go into entries that every system's keyring takes, and are whole or not there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcdesk.desk.vault import MOST_CHARACTERS, MOST_PARTS, DamagedEntryError, KeyringVault, MemoryVault, Vault
from gcdesk.errors import KeyringRefusedError
from tests.desk.backends import Trusted, chosen_backend

WINDOWS_BYTES = 2560


class Windows(Trusted):
    """Takes what the Windows Credential Manager takes."""

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > WINDOWS_BYTES:
            raise OSError("the stub received bad data")
        super().set_password(service, username, password)


Windows.__module__ = "keyring.backends.Windows"


@pytest.mark.parametrize("length", [0, 1, 1199, 1200, 1201, 2400, 2401, 10_000, MOST_CHARACTERS * MOST_PARTS])
def test_a_text_of_any_length(length: int) -> None:
    backend = Windows()
    text = ("0123456789" * (length // 10 + 1))[:length]
    with chosen_backend(backend):
        vault = KeyringVault()
        vault.write("key", text)
        assert KeyringVault().read("key") == text
        vault.delete("key")
        assert vault.read("key") is None
    assert backend.kept == {}


def test_a_short_text_stands_as_it_is() -> None:
    backend = Windows()
    with chosen_backend(backend):
        KeyringVault().write("key", "short")
    assert backend.kept == {("gcdesk", "key"): "short"}


def test_a_text_that_is_too_long_is_refused_and_the_earlier_one_stays() -> None:
    backend = Windows()
    with chosen_backend(backend):
        vault = KeyringVault()
        vault.write("key", "short")
        with pytest.raises(KeyringRefusedError, match="too long"):
            vault.write("key", "x" * (MOST_CHARACTERS * MOST_PARTS + 1))
        assert vault.read("key") == "short"
    assert len(backend.kept) == 1


def test_replacing_leaves_no_part_behind() -> None:
    backend = Windows()
    with chosen_backend(backend):
        vault = KeyringVault()
        vault.write("key", "a" * 5000)
        assert len(backend.kept) == 6
        vault.write("key", "b" * 2000)
        assert len(backend.kept) == 3
        assert vault.read("key") == "b" * 2000
        vault.write("key", "c")
        assert len(backend.kept) == 1


def test_a_break_while_replacing_leaves_the_earlier_text() -> None:
    class Breaking(Windows):
        left = 99

        def set_password(self, service: str, username: str, password: str) -> None:
            self.left -= 1
            if self.left < 0:
                raise OSError("gone")
            super().set_password(service, username, password)

    Breaking.__module__ = "keyring.backends.Windows"
    for left in range(4):
        backend = Breaking()
        with chosen_backend(backend):
            vault = KeyringVault()
            vault.write("key", "a" * 3000)
            backend.left = left
            with pytest.raises(Exception, match=r"keyring"):
                vault.write("key", "b" * 3000)
            assert vault.read("key") == "a" * 3000


def test_a_missing_part_is_told() -> None:
    backend = Windows()
    with chosen_backend(backend):
        vault = KeyringVault()
        vault.write("key", "a" * 3000)
        part = next(name for name in backend.kept if name[1].endswith("#1"))
        del backend.kept[part]
        with pytest.raises(DamagedEntryError):
            vault.read("key")
        vault.write("key", "b")
        assert vault.read("key") == "b"


@pytest.mark.parametrize("vault", [MemoryVault(), KeyringVault()], ids=lambda vault: type(vault).__name__)
@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"gcdesk-parts": 2, "of": "abcd"}),
        json.dumps({"gcdesk-parts": "x", "of": "abcd"}),
        "gcdesk-parts",
        '{"gcdesk-parts": ',
        json.dumps({"gcdesk-parts": -1}),
    ],
)
def test_a_text_that_looks_like_a_list_of_parts(vault: Vault, text: str) -> None:
    with chosen_backend(Windows()):
        vault.write("key", text)
        assert vault.read("key") == text
        vault.delete("key")
        assert vault.read("key") is None


@settings(max_examples=50)
@given(st.lists(st.text(alphabet=st.characters(codec="ascii"), max_size=5000), min_size=1, max_size=4))
def test_the_last_text_counts(texts: list[str]) -> None:
    backend = Windows()
    with chosen_backend(backend):
        vault = KeyringVault()
        for text in texts:
            vault.write("key", text)
        assert vault.read("key") == texts[-1]
        vault.delete("key")
    assert backend.kept == {}
