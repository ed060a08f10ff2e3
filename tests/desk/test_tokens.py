"""Sign-ins and guest sessions are kept in the keyring, the newest few of a place, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
from gcdesk.desk.ids import KeyringIds, SessionIds
from gcdesk.desk.settings import Settings
from gcdesk.desk.tokens import MOST_KEPT, KeptSession, TokenStore, place_of
from gcdesk.desk.vault import KeyringVault, MemoryVault, Vault
from gcdesk.errors import KeyringRefusedError, KeyringUnavailableError
from gcdesk.guest.identity import Tokens
from tests.desk.backends import Trusted, chosen_backend

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
JWT = "eyJhbGciOiJSUzI1NiJ9." + "x" * 2500 + ".c2ln"
TOKENS = Tokens(JWT, "refresh-" + "y" * 200)
SESSION = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture(params=["memory", "keyring"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TokenStore]:
    with chosen_backend(Trusted()):
        vault: Vault = MemoryVault() if request.param == "memory" else KeyringVault()
        yield TokenStore(vault, tmp_path / "desk" / "tokens.lock")


def test_a_sign_in_is_kept_replaced_and_forgotten(store: TokenStore) -> None:
    assert store.sign_in("place") is None
    store.forget_sign_in("place")
    store.save_sign_in("place", "", TOKENS, NOON)
    assert store.sign_in("place") == TOKENS
    store.save_sign_in("place", "", Tokens("a.b.c"), later(1))
    assert store.sign_in("place") == Tokens("a.b.c")
    assert [kept.at for kept in store.sign_ins("place")] == [later(1)]
    store.forget_sign_in("place")
    assert store.sign_in("place") is None


def test_each_customer_and_place_has_a_sign_in_of_their_own(store: TokenStore) -> None:
    store.save_sign_in("place", "Sam", TOKENS, NOON)
    store.save_sign_in("place", "Élodie", Tokens("a.b.c"), later(1))
    store.save_sign_in("elsewhere", "Sam", Tokens("d.e.f"), later(2))
    assert [kept.customer for kept in store.sign_ins("place")] == ["Élodie", "Sam"]
    assert store.sign_in("place", "Sam") == TOKENS
    assert store.sign_in("elsewhere", "Sam") == Tokens("d.e.f")
    assert store.sign_in("place", "Nobody") is None
    store.forget_sign_in("place", "Sam")
    assert store.sign_in("place", "Élodie") == Tokens("a.b.c")


def test_only_the_newest_few_are_kept(store: TokenStore) -> None:
    for number in range(MOST_KEPT + 3):
        store.save_session("place", f"crm-{number}", f"token-{number}", later(number))
        store.save_sign_in("place", f"customer-{number}", TOKENS, later(number))
    newest = range(MOST_KEPT + 2, 2, -1)
    assert [kept.crm_id for kept in store.sessions("place")] == [f"crm-{number}" for number in newest]
    assert [kept.customer for kept in store.sign_ins("place")] == [f"customer-{number}" for number in newest]


def test_sign_ins_that_are_very_long_push_out_the_oldest(store: TokenStore) -> None:
    for number in range(3):
        store.save_sign_in("place", str(number), Tokens("x" * 12_000), later(number))
    assert [kept.customer for kept in store.sign_ins("place")] == ["2", "1"]


def test_a_session_used_again_moves_up(store: TokenStore) -> None:
    store.save_session("place", "000123", SESSION, NOON)
    store.save_session("place", "000456", "another", later(1))
    store.save_session("place", "000123", SESSION, later(2))
    assert store.sessions("place") == [
        KeptSession("000123", SESSION, later(2)),
        KeptSession("000456", "another", later(1)),
    ]
    store.forget_session("place", SESSION)
    assert [kept.token for kept in store.sessions("place")] == ["another"]
    store.forget_session("place", SESSION)


def test_everything_of_a_place_is_forgotten_at_once(store: TokenStore) -> None:
    store.save_sign_in("place", "", TOKENS, NOON)
    store.save_session("place", "1", SESSION, NOON)
    store.save_session("elsewhere", "1", SESSION, NOON)
    store.forget_all("place")
    assert (store.sign_ins("place"), store.sessions("place")) == ([], [])
    assert len(store.sessions("elsewhere")) == 1


@pytest.mark.parametrize(
    "entry",
    [
        *(
            "",
            "{",
            "7",
            "{}",
            "[7]",
            '[{"at": "x"}]',
            '[{"customer": "", "jwt": "", "refresh_token": "", "at": ""}]',
        ),
        '[{"customer": "", "jwt": "a", "refresh_token": "b", "at": "yesterday"}]',
        '[{"crm_id": 7, "token": "a", "at": "2026-07-01T12:00:00+00:00"}]',
    ],
)
def test_what_is_damaged_counts_as_not_there(entry: str, tmp_path: Path) -> None:
    backend = Trusted()
    with chosen_backend(backend):
        store = TokenStore(KeyringVault(), tmp_path / "lock")
        for kind in ("sign-ins", "sessions"):
            backend.set_password("gcdesk", f"{kind}/place", entry)
        assert (store.sign_ins("place"), store.sessions("place")) == ([], [])
        store.save_session("place", "1", SESSION, NOON)
        assert len(store.sessions("place")) == 1


def test_a_sign_in_with_a_missing_part_is_not_there(tmp_path: Path) -> None:
    backend = Trusted()
    with chosen_backend(backend):
        store = TokenStore(KeyringVault(), tmp_path / "lock")
        store.save_sign_in("place", "", TOKENS, NOON)
        del backend.kept[next(name for name in backend.kept if name[1].endswith("#0"))]
        assert store.sign_in("place") is None
        store.save_sign_in("place", "", TOKENS, NOON)
        assert store.sign_in("place") == TOKENS


def test_no_file_holds_any_of_it(tmp_path: Path) -> None:
    with chosen_backend(Trusted()):
        store = TokenStore(KeyringVault(), tmp_path / "desk" / "tokens.lock")
        store.save_sign_in("place", "Sam", TOKENS, NOON)
        store.save_session("place", "000123", SESSION, NOON)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.read_bytes() for file in files] == [b""]
    if sys.platform != "win32":
        assert files[0].stat().st_mode & 0o077 == 0
        assert files[0].parent.stat().st_mode & 0o077 == 0


def test_nothing_is_shown_whole(store: TokenStore) -> None:
    store.save_sign_in("place", "Sam", TOKENS, NOON)
    store.save_session("place", "000123", SESSION, NOON)
    shown = f"{store.sign_ins('place')} {store.sessions('place')}"
    for secret in (JWT, TOKENS.refresh_token, SESSION, "000123", "Sam"):
        assert secret not in shown


def test_without_a_keyring_the_error_speaks_of_sign_ins() -> None:
    with pytest.raises(KeyringUnavailableError, match="sign-ins") as caught:
        TokenStore(KeyringVault()).sign_in("place")
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.sign_in("place"),
        lambda store: store.save_sign_in("place", "", TOKENS, NOON),
        lambda store: store.save_session("place", "1", SESSION, NOON),
        lambda store: store.forget_all("place"),
    ],
)
def test_a_keyring_that_refuses(tmp_path: Path, act: Callable[[TokenStore], object]) -> None:
    with chosen_backend(Trusted(RuntimeError("locked away"))), pytest.raises(KeyringRefusedError):
        act(TokenStore(KeyringVault(), tmp_path / "lock"))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with chosen_backend(Trusted()), pytest.raises(KeyringRefusedError, match="settings folder"):
        TokenStore(KeyringVault(), tmp_path / "file" / "lock").save_session("place", "1", SESSION, NOON)


def test_several_threads_lose_nothing(tmp_path: Path) -> None:
    backend = Trusted()
    with chosen_backend(backend):
        stores = [TokenStore(KeyringVault(), tmp_path / "lock") for _ in range(MOST_KEPT)]
        threads = [
            threading.Thread(target=store.save_session, args=("place", str(number), f"token-{number}", NOON))
            for number, store in enumerate(stores)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {kept.crm_id for kept in stores[0].sessions("place")} == {str(n) for n in range(MOST_KEPT)}


def test_a_place_without_an_environment_tells_nothing() -> None:
    place = place_of("ws://127.0.0.1:8765/v1", "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a")
    assert place != place_of("ws://127.0.0.1:8766/v1", "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a")
    assert "127" not in place.removeprefix("url-")[:3]
    assert "7c0de1d2" not in place


@pytest.mark.parametrize("leave_ids", [False, True])
def test_removing_an_environment_forgets_its_customers(tmp_path: Path, leave_ids: bool) -> None:
    backend = Trusted()
    with chosen_backend(backend):
        book = Environments(Settings(tmp_path / "settings.json"), KeyringIds())
        ids = EnvironmentIds("", "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a")
        added = book.add(Environment("Test", region="mypurecloud.de"), ids)
        book.tokens.save_sign_in(added.identifier, "", TOKENS, NOON)
        book.tokens.save_session(added.identifier, "1", SESSION, NOON)
        book.remove("Test", leave_ids=leave_ids)
    assert (backend.kept == {}) is not leave_ids


def test_in_memory_environments_and_tokens_live_together(tmp_path: Path) -> None:
    book = Environments(Settings(tmp_path / "settings.json"), SessionIds())
    book.tokens.save_session("place", "1", SESSION, NOON)
    assert not book.tokens.lasting
    assert len(book.tokens.sessions("place")) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only")
def test_a_real_keyring_keeps_them_for_the_next_program(
    secret_service: dict[str, str], tmp_path: Path
) -> None:
    def run(program: str) -> str:
        start = f"""
            from datetime import UTC, datetime
            from pathlib import Path
            from gcdesk.desk.tokens import TokenStore
            from gcdesk.desk.vault import KeyringVault
            from gcdesk.guest.identity import Tokens
            store = TokenStore(KeyringVault(), Path({str(tmp_path / "lock")!r}))
            tokens = Tokens({JWT!r}, {TOKENS.refresh_token!r})
            at = datetime(2026, 7, 1, 12, tzinfo=UTC)
        """
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-c", textwrap.dedent(start) + textwrap.dedent(program)],
            env={**os.environ, **secret_service},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    run("store.save_sign_in('real', 'Sam', tokens, at); store.save_session('real', '000123', 'a-token', at)")
    assert (
        run("print(store.sign_in('real', 'Sam') == tokens, store.sessions('real')[0].crm_id)")
        == "True 000123"
    )
    run("store.forget_all('real')")
    assert run("print(store.sign_ins('real'), store.sessions('real'))") == "[] []"
