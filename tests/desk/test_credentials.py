"""Keeping OAuth clients in the keyring, and taking them from CI's variables."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gcdesk.desk.credentials import CredentialBook, check_credentials, credentials_from_variables
from gcdesk.desk.vault import MemoryVault
from gcdesk.errors import EnvironmentInputError, KeyringRefusedError
from gcdesk.guest.credentials import Credentials
from tests.support.secret_service import private_secret_service

PAIR = Credentials("6f5d1c1e-5f8e-4d53-b0d1-2a61f2b8c001", "Zm9v-bar_baz+1/2=")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only")
def test_they_survive_in_a_real_keyring() -> None:
    start = f"""
from gcdesk.desk.credentials import CredentialBook
from gcdesk.desk.vault import KeyringVault
from gcdesk.guest.credentials import Credentials
PAIR = Credentials({PAIR.client_id!r}, {PAIR.secret!r})
book = CredentialBook(KeyringVault())
"""
    with (
        tempfile.TemporaryDirectory(prefix="gk", ignore_cleanup_errors=True) as directory,
        private_secret_service(Path(directory)) as variables,
    ):
        for program, expected in (
            ("book.save('env-1', PAIR)", ""),
            ("print(book.load('env-1') == PAIR, book.load('env-2'))", "True None"),
            ("book.forget('env-1'); book.forget('env-1'); print(book.load('env-1'))", "None"),
        ):
            done = subprocess.run(
                [sys.executable, "-c", start + program],
                env=os.environ | variables,
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert (done.stdout.strip(), done.stderr) == (expected, "")


def test_a_damaged_entry_is_named() -> None:
    vault = MemoryVault()
    book = CredentialBook(vault)
    book.save("env-1", PAIR)
    for damaged in ("", "[]", '{"client_id": 7, "client_secret": "x"}', '{"client_id": "x"}'):
        vault.write("credentials:env-1", damaged)
        with pytest.raises(KeyringRefusedError, match="damaged"):
            book.load("env-1")


def test_blanks_around_are_dropped() -> None:
    assert check_credentials(f" {PAIR.client_id}\n", f"\t{PAIR.secret} ") == PAIR


@pytest.mark.parametrize(
    ("client_id", "secret"),
    [("", "x"), ("x", " "), ("a b", "x"), ("x", "a\x00b"), ("ä", "x"), ("x" * 501, "y"), ("a:b", "x")],
)
def test_what_cannot_be_credentials_is_refused(client_id: str, secret: str) -> None:
    with pytest.raises(EnvironmentInputError) as caught:
        check_credentials(client_id, secret)
    assert caught.value.hint


def test_the_variables_of_ci() -> None:
    given = {"GCDESK_CLIENT_ID": PAIR.client_id, "GCDESK_CLIENT_SECRET": PAIR.secret}
    assert credentials_from_variables(given) == PAIR
    assert credentials_from_variables({}) is None
    for name, value in given.items():
        with pytest.raises(EnvironmentInputError, match="Set both") as caught:
            credentials_from_variables({name: value})
        assert value not in str(caught.value)


def test_the_secret_shows_nowhere() -> None:
    assert PAIR.secret not in repr(PAIR)
    assert PAIR.client_id not in repr(PAIR)


def test_those_of_one_session_never_reach_the_vault() -> None:
    vault = MemoryVault()
    book = CredentialBook(vault)
    book.save("env-1", PAIR, session_only=True)
    assert book.load("env-1") == PAIR
    assert CredentialBook(vault).load("env-1") is None
    book.save("env-1", PAIR)
    book.forget("env-1", session_only=True)
    assert book.load("env-1") == PAIR, "the vault is left alone"
    book.forget("env-1")
    assert book.load("env-1") is None
