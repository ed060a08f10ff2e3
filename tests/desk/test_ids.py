"""IDs go to the real keyring or nowhere, and every failure of a keyring is one of two named errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, null
from keyring.backends.fail import Keyring as FailKeyring
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordSetError

from gcdesk.desk.ids import EnvironmentIds, IdStore, KeyringIds, SessionIds, open_id_store
from gcdesk.errors import KeyringRefusedError, KeyringUnavailableError
from tests.desk.backends import PlainFile, Trusted, chosen_backend
from tests.support.secret_service import private_secret_service

DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
ORG = "2b1f7d3e-0000-4c4c-8d8d-99aa88bb77cc"
IDS = EnvironmentIds(ORG, DEPLOYMENT)

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only"
)


def run(program: str, environment: dict[str, str]) -> str:
    """Run a program of its own against a keyring; return what it printed."""
    start = f"""
        import sys
        from gcdesk.desk.ids import EnvironmentIds, KeyringIds, open_id_store
        from gcdesk.errors import GcdeskError
        IDS = EnvironmentIds({ORG!r}, {DEPLOYMENT!r})
    """
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(start) + textwrap.dedent(program)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


class TestRealSecretService:
    pytestmark = linux_only

    def test_ids_outlive_the_program_in_one_entry(self, secret_service: dict[str, str]) -> None:
        run("open_id_store().write('an-environment', IDS)", secret_service)
        assert run("print(KeyringIds().read('an-environment') == IDS)", secret_service) == "True"
        found = run(
            """
            import contextlib, secretstorage
            with contextlib.closing(secretstorage.dbus_init()) as bus:
                wanted = {"service": "gcdesk", "username": "an-environment"}
                for item in secretstorage.search_items(bus, wanted):
                    print(item.get_secret().decode())
            """,
            secret_service,
        )
        assert [json.loads(line) for line in found.splitlines()] == [
            {"org_id": ORG, "deployment_id": DEPLOYMENT}
        ]
        run("KeyringIds().delete('an-environment')", secret_service)
        assert run("print(KeyringIds().read('an-environment'))", secret_service) == "None"

    def test_writing_again_replaces(self, secret_service: dict[str, str]) -> None:
        program = f"""
            store = KeyringIds()
            store.write('other', IDS)
            store.write('other', EnvironmentIds('', {DEPLOYMENT!r}))
            print(store.read('other') == EnvironmentIds('', {DEPLOYMENT!r}))
            print(store.lasting, store.backend_name)
            store.delete('other')
            print(store.read('other'))
            store.delete('other')
        """
        assert run(program, secret_service) == "True\nTrue the Secret Service\nNone"

    def test_it_is_found_without_being_named(self, secret_service: dict[str, str]) -> None:
        environment = {"DBUS_SESSION_BUS_ADDRESS": secret_service["DBUS_SESSION_BUS_ADDRESS"]}
        assert run(
            "import os; del os.environ['PYTHON_KEYRING_BACKEND']; print(open_id_store().backend_name)",
            environment,
        ) == ("the Secret Service")


@pytest.fixture(scope="module")
def locked_secret_service() -> Iterator[dict[str, str]]:
    with (
        tempfile.TemporaryDirectory(prefix="gcdesk-locked-") as directory,
        private_secret_service(Path(directory)) as variables,
    ):
        run("KeyringIds().write('an-environment', IDS)", variables)
        run(
            """
            import contextlib, secretstorage
            with contextlib.closing(secretstorage.dbus_init()) as bus:
                secretstorage.get_default_collection(bus).lock()
            """,
            variables,
        )
        yield variables


@linux_only
@pytest.mark.parametrize(
    "call", ["read('an-environment')", "write('an-environment', IDS)", "delete('an-environment')"]
)
def test_a_locked_collection_nobody_unlocks_is_refused(
    locked_secret_service: dict[str, str], call: str
) -> None:
    program = f"""
        import gc, warnings
        try:
            KeyringIds().{call}
        except GcdeskError as error:
            print(error.name, "|", error.title)
            sys.stdout.flush()
        # The keyring package forgets to close its connection to a locked collection.
        warnings.simplefilter("ignore", ResourceWarning); gc.collect()
    """
    name, title = run(program, locked_secret_service).split(" | ")
    assert name == "KeyringRefused"
    assert "locked" in title


@linux_only
@pytest.mark.parametrize(
    "address", ["unix:path=/nonexistent/bus", "", "tcp:host=127.0.0.1,port=1", "nonsense"], ids=repr
)
def test_without_dbus_there_is_no_keyring(address: str) -> None:
    program = """
        import os
        os.environ.pop("PYTHON_KEYRING_BACKEND")
        try:
            open_id_store()
        except GcdeskError as error:
            print(error.name)
    """
    assert run(program, {"DBUS_SESSION_BUS_ADDRESS": address}) == "KeyringUnavailable"


@linux_only
def test_a_bus_that_goes_away_is_no_keyring() -> None:
    program = """
        import os
        store = open_id_store()
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
        try:
            store.read("an-environment")
        except GcdeskError as error:
            print(error.name)
    """
    with (
        tempfile.TemporaryDirectory(prefix="gcdesk-gone-") as directory,
        private_secret_service(Path(directory)) as variables,
    ):
        assert run(program, variables) == "KeyringUnavailable"


@pytest.mark.parametrize(
    "kind", [FailKeyring, null.Keyring, PlainFile], ids=lambda kind: f"{kind.__module__}"
)
def test_only_the_operating_systems_keyring_will_do(kind: Callable[[], KeyringBackend]) -> None:
    backend = kind()
    with chosen_backend(backend), pytest.raises(KeyringUnavailableError) as caught:
        open_id_store()
    assert "cannot be kept" in caught.value.title
    assert "this session only" in caught.value.hint
    if isinstance(backend, PlainFile):
        assert backend.kept == {}


def chain() -> KeyringBackend:
    kind: Callable[[], KeyringBackend] = chainer.ChainerBackend
    return kind()


def test_a_chain_is_entered_by_its_trusted_link_only(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, trusted = PlainFile(), Trusted()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, trusted])
    with chosen_backend(chain()):
        open_id_store().write("key", IDS)
    assert plain.kept == {}
    assert len(trusted.kept) == 1


def test_a_chain_without_a_trusted_link_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [PlainFile(), PlainFile()])
    with chosen_backend(chain()), pytest.raises(KeyringUnavailableError):
        open_id_store()


@pytest.mark.parametrize(
    "name", ["no.such.Keyring", "keyring.backends.Windows.WinVaultKeyring", "rubbish", ""]
)
@pytest.mark.skipif(sys.platform == "win32", reason="the Windows one exists there")
def test_a_keyring_that_cannot_be_loaded_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(KeyringUnavailableError):
        open_id_store()


class LockedException(Exception):  # noqa: N818 - a name of theirs
    """Named as the one of the package secretstorage."""


class PromptDismissedException(Exception):  # noqa: N818 - a name of theirs
    """Named as the one of the package secretstorage."""


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (KeyringLocked("locked"), KeyringRefusedError),
        (LockedException("locked"), KeyringRefusedError),
        (PromptDismissedException("dismissed"), KeyringRefusedError),
        (PasswordSetError("no"), KeyringRefusedError),
        (KeyringError("something"), KeyringRefusedError),
        (RuntimeError("anything"), KeyringRefusedError),
        (TypeError("a bug in a backend"), KeyringRefusedError),
        (NoKeyringError("none"), KeyringUnavailableError),
        (InitError("no bus"), KeyringUnavailableError),
        (ConnectionRefusedError("no bus"), KeyringUnavailableError),
        (FileNotFoundError("no bus"), KeyringUnavailableError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_every_failure_is_translated(failure: Exception, expected: type[Exception]) -> None:
    with chosen_backend(Trusted(failure)):
        store = open_id_store()
        with pytest.raises(expected):
            store.read("key")
        with pytest.raises(expected):
            store.write("key", IDS)
        with pytest.raises(expected):
            store.delete("key")


def test_a_cancelled_prompt_behind_another_error_is_still_told() -> None:
    failure = InitError("Failed to create the collection")
    failure.__cause__ = PromptDismissedException()
    with chosen_backend(Trusted(failure)), pytest.raises(KeyringRefusedError, match="cancelled"):
        KeyringIds().read("key")


def test_details_are_masked() -> None:
    failing = Trusted(PasswordSetError(f"cannot keep {DEPLOYMENT}"))
    with chosen_backend(failing), pytest.raises(KeyringRefusedError) as caught:
        KeyringIds().write("key", IDS)
    assert "PasswordSetError" in caught.value.detail
    assert DEPLOYMENT not in caught.value.detail


def test_a_keyring_that_keeps_nothing_is_not_believed() -> None:
    with chosen_backend(Trusted(forgets=True)), pytest.raises(KeyringRefusedError, match="did not keep"):
        KeyringIds().write("key", IDS)


def test_a_keyring_that_erases_nothing_is_not_believed() -> None:
    with chosen_backend(Trusted(clings=True)):
        store = KeyringIds()
        store.write("key", IDS)
        with pytest.raises(KeyringRefusedError, match="did not erase"):
            store.delete("key")


@pytest.mark.parametrize(
    "entry", ["", "{", "[]", "7", "{}", '{"org_id": 1, "deployment_id": 2}', '{"org_id": ""}']
)
def test_a_damaged_entry_is_said_so_without_showing_it(entry: str) -> None:
    backend = Trusted()
    with chosen_backend(backend):
        backend.set_password("gcdesk", "key", entry)
        with pytest.raises(KeyringRefusedError, match="damaged"):
            KeyringIds().read("key")


@pytest.mark.parametrize("store", [SessionIds(), KeyringIds()], ids=lambda store: type(store).__name__)
def test_both_stores_keep_replace_and_forget(store: IdStore) -> None:
    with chosen_backend(Trusted()):
        assert store.read("key") is None
        store.delete("key")
        store.write("key", IDS)
        assert store.read("key") == IDS
        store.write("key", EnvironmentIds("", DEPLOYMENT))
        assert store.read("key") == EnvironmentIds("", DEPLOYMENT)
        store.delete("key")
        assert store.read("key") is None


def test_ids_are_never_shown_whole() -> None:
    assert DEPLOYMENT not in repr(IDS)
    assert ORG not in repr(IDS)
    assert DEPLOYMENT not in f"{IDS}"
