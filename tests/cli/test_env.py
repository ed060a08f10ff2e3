"""`gcdesk env` against a real keyring, and where there is none."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.support.process import GcdeskProcess

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only"
)

Gcdesk = Callable[..., GcdeskProcess]

DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
ORG = "2b1f7d3e-0000-4c4c-8d8d-99aa88bb77cc"
ADD = ("env", "add", "Test", "--region", "mypurecloud.de", "--org-id", ORG, "--deployment-id", DEPLOYMENT)


class Desk:
    """Runs `gcdesk env` with one keyring and one settings directory."""

    def __init__(self, gcdesk: Gcdesk, keyring: dict[str, str], place: Path) -> None:
        self._gcdesk = gcdesk
        self._environment = {**keyring, "GCDESK_CONFIG_DIR": str(place)}
        self.place = place

    def __call__(self, *arguments: str, status: int = 0, stdin: str | None = None) -> str:
        """Run it, check the exit status, and return its standard output, or its standard error if it failed."""
        process = self._gcdesk(*arguments, environment=self._environment, stdin=stdin)
        assert process.wait() == status, process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        return process.stderr if status else process.stdout

    def written(self) -> str:
        """Everything in every file of the settings directory."""
        files = [file for file in self.place.rglob("*") if file.is_file()]
        return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.fixture
def desk(gcdesk: Gcdesk, secret_service: dict[str, str], tmp_path: Path) -> Desk:
    """With a keyring that other tests use too: their entries have other keys."""
    return Desk(gcdesk, secret_service, tmp_path / "desk")


@pytest.fixture
def bare_desk(gcdesk: Gcdesk, tmp_path: Path) -> Desk:
    """Without a usable keyring."""
    return Desk(gcdesk, {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}, tmp_path / "desk")


def test_add_list_show_remove(desk: Desk) -> None:
    assert "There are no environments yet" in desk("env", "list")
    assert desk(*ADD) == "Added Test (mypurecloud.de). Its IDs are kept in the Secret Service.\n"
    listed = desk("env", "list")
    assert "Test" in listed
    assert "mypurecloud.de" in listed
    shown = desk("env", "show", "test")
    for text in (listed, shown, desk("env", "list", "--json"), desk("env", "show", "Test", "--json")):
        assert DEPLOYMENT not in text
        assert ORG not in text
    assert f"••••{DEPLOYMENT[-4:]}" in shown
    assert desk("env", "remove", "Test", "--yes").startswith("Removed Test. Its IDs were erased")
    assert json.loads(desk("env", "list", "--json")) == []


def test_reveal_shows_the_ids_whole(desk: Desk) -> None:
    desk(*ADD, "--origin", "https://www.example.com", "--key", "customerNumber", "--colour", "red")
    assert DEPLOYMENT in desk("env", "show", "Test", "--reveal")
    assert json.loads(desk("env", "show", "Test", "--reveal", "--json")) == {
        "name": "Test",
        "region": "mypurecloud.de",
        "endpoint": None,
        "org_id": ORG,
        "deployment_id": DEPLOYMENT,
        "origin": "https://www.example.com",
        "key": "customerNumber",
        "colour": "red",
        "attributes": {},
        "first_message": None,
        "proxy": None,
        "sign_in": None,
    }


def test_no_id_is_ever_in_a_file(desk: Desk) -> None:
    desk(*ADD)
    desk("env", "edit", "Test", "--deployment-id", ORG)
    assert "mypurecloud.de" in desk.written()
    assert DEPLOYMENT not in desk.written()
    assert ORG not in desk.written()


def test_ids_can_come_from_standard_input(desk: Desk) -> None:
    arguments = (
        "env",
        "add",
        "Test",
        "--url",
        "ws://127.0.0.1:8765/v1",
        "--deployment-id",
        "-",
        "--org-id",
        "-",
    )
    desk(*arguments, stdin=f"{DEPLOYMENT}\n{ORG}\n")
    shown = json.loads(desk("env", "show", "Test", "--reveal", "--json"))
    assert (shown["deployment_id"], shown["org_id"]) == (DEPLOYMENT, ORG)


def test_an_edit_changes_what_is_given_and_nothing_else(desk: Desk) -> None:
    desk(*ADD, "--colour", "red")
    before = json.loads(desk("env", "show", "Test", "--reveal", "--json"))
    assert desk("env", "edit", "Test", "--name", "Stage", "--url", "wss://chat.example.com/v1") == (
        "Changed Stage (wss://chat.example.com/v1).\n"
    )
    after = json.loads(desk("env", "show", "Stage", "--reveal", "--json"))
    assert after == before | {"name": "Stage", "region": None, "endpoint": "wss://chat.example.com/v1"}
    desk("env", "edit", "stage", "--org-id", "")
    assert json.loads(desk("env", "show", "Stage", "--reveal", "--json")) == after | {"org_id": None}


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "Test"],
        ["add", "Test", "--region", "mypurecloud.de"],
        ["add", "Test", "--region", "mypurecloud.de", "--deployment-id", "not-a-uuid"],
        [
            "add",
            "Test",
            "--region",
            "mypurecloud.de",
            "--url",
            "wss://x.example/v1",
            "--deployment-id",
            DEPLOYMENT,
        ],
        ["add", "Test", "--region", "genesiscloud.com", "--deployment-id", DEPLOYMENT],
        ["add", "Test", "--url", "ws://chat.example.com/v1", "--deployment-id", DEPLOYMENT],
        ["add", " ", "--region", "mypurecloud.de", "--deployment-id", DEPLOYMENT],
        ["add", "Test", "--region", "mypurecloud.de", "--deployment-id", DEPLOYMENT, "--colour", "pink"],
        ["show", "Test"],
        ["remove", "Test", "--yes"],
        ["edit", "Test", "--name", "Other"],
    ],
    ids=" ".join,
)
def test_bad_input_is_a_sentence_and_keeps_nothing(desk: Desk, arguments: list[str]) -> None:
    assert "Error: " in desk("env", *arguments, status=2)
    assert not desk.place.exists()


def test_a_name_is_taken_whatever_the_case(desk: Desk) -> None:
    desk(*ADD)
    assert "already" in desk("env", "add", "TEST", *ADD[3:], status=2)


def test_removing_asks_first_where_it_can(desk: Desk) -> None:
    desk(*ADD)
    assert "--yes" in desk("env", "remove", "Test", status=2)
    assert "Test" in desk("env", "list")


def test_a_misspelt_name_is_met_with_the_closest(desk: Desk) -> None:
    desk(*ADD)
    assert "Did you mean Test?" in desk("env", "show", "Tset", status=2)


def test_without_a_keyring_nothing_is_written(bare_desk: Desk) -> None:
    said = bare_desk(*ADD, status=3)
    assert "keyring" in said
    assert DEPLOYMENT not in said
    assert not bare_desk.place.exists()


def test_without_the_keyring_names_are_still_listed(desk: Desk, bare_desk: Desk) -> None:
    desk(*ADD)
    desk("env", "add", "Another", *ADD[3:])
    process = bare_desk._gcdesk("env", "list", environment=bare_desk._environment)
    assert process.wait() == 3
    assert "Test" in process.stdout
    assert "unknown" in process.stdout
    assert process.stderr.count("keyring") >= 1
    assert len(process.stderr.splitlines()) == 1
    assert "keyring" in bare_desk("env", "remove", "Test", "--yes", status=3)
    assert "left in the keyring" in bare_desk("env", "remove", "Test", "--yes", "--leave-ids")


def test_a_damaged_settings_file_is_told_and_kept(desk: Desk) -> None:
    desk.place.mkdir()
    (desk.place / "settings.json").write_text("{", "utf-8")
    process = desk._gcdesk(*ADD, environment=desk._environment)
    assert process.wait() == 0
    assert "damaged" in process.stderr
    assert (desk.place / "settings.damaged-1.json").read_text("utf-8") == "{"


def test_on_a_terminal_ids_are_asked_for(secret_service: dict[str, str], desk: Desk) -> None:
    variables = {**secret_service, "GCDESK_CONFIG_DIR": str(desk.place)}
    with Terminal("env", "add", "Test", "--region", "mypurecloud.de", environment=variables) as terminal:
        terminal.read_until("Deployment ID: ")
        terminal.write(f"{DEPLOYMENT}\n")
        terminal.read_until("Organization ID, or nothing: ")
        terminal.write(f"{ORG}\n")
        terminal.read_until("Added Test")
        assert terminal.wait() == 0
    shown = json.loads(desk("env", "show", "Test", "--reveal", "--json"))
    assert (shown["deployment_id"], shown["org_id"]) == (DEPLOYMENT, ORG)


def test_on_a_terminal_removing_asks(secret_service: dict[str, str], desk: Desk) -> None:
    variables = {**secret_service, "GCDESK_CONFIG_DIR": str(desk.place)}
    desk(*ADD)
    for answer, status in (("n", 130), ("y", 0)):
        assert "Test" in desk("env", "list")
        with Terminal("env", "remove", "Test", environment=variables) as terminal:
            terminal.read_until("Remove Test (mypurecloud.de)?")
            terminal.write(f"{answer}\n")
            assert terminal.wait() == status
    assert "There are no environments yet" in desk("env", "list")


def test_where_customers_sign_in(desk: Desk) -> None:
    provider = ("--sign-in-url", "https://login.example.com/authorize", "--sign-in-client-id", "test-client")
    desk(*ADD, *provider, "--sign-in-redirect", "http://127.0.0.1:8400/callback", "--sign-in-max-age", "0")
    shown = desk("env", "show", "Test")
    assert "Sign-in:         https://login.example.com/authorize\n" in shown
    assert "Sign-in max age: 0 s\n" in shown
    desk("env", "edit", "Test", "--sign-in-scopes", "openid email", "--sign-in-max-age", "")
    assert json.loads(desk("env", "show", "Test", "--json"))["sign_in"] == {
        "authorization_url": "https://login.example.com/authorize",
        "client_id": "test-client",
        "scopes": "openid email",
        "redirect": "http://127.0.0.1:8400/callback",
        "max_age": None,
    }
    desk("env", "edit", "Test", "--sign-in-url", "")
    assert json.loads(desk("env", "show", "Test", "--json"))["sign_in"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sign-in-url", "http://login.example.com/", "--sign-in-client-id", "x"), "not secure"),
        (("--sign-in-url", "https://login.example.com/"), "client ID"),
        (("--sign-in-client-id", "x"), "sign-in address is missing"),
        (("--sign-in-max-age", "soon"), "number of seconds"),
    ],
)
def test_sign_in_fields_are_checked(desk: Desk, options: tuple[str, ...], words: str) -> None:
    assert words in desk(*ADD, *options, status=2)
    assert json.loads(desk("env", "list", "--json")) == []


def test_credentials_are_kept_shown_masked_and_erased(desk: Desk) -> None:
    secret = "Zm9v-the-secret-of-the-client"
    desk(*ADD)
    assert "has no credentials" in desk("env", "credentials", "Test", "--show")
    said = desk("env", "credentials", "Test", "--client-id", ORG, stdin=f"{secret}\n")
    assert "are kept in the Secret Service" in said
    shown = desk("env", "credentials", "Test", "--show")
    assert ORG[-4:] in shown
    assert ORG not in shown
    assert secret not in shown + said + desk.written()
    assert "is missing" in desk("env", "credentials", "Test", "--client-id", ORG, status=2, stdin="\n")
    assert "were erased" in desk("env", "credentials", "Test", "--forget")
    assert "has no credentials" in desk("env", "credentials", "Test", "--show")


def test_environments_are_handed_on_in_a_file_without_ids(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "environments.json"
    desk(*ADD, "--attribute", "tier=gold", "--attribute", "apiToken=abc", "--first-message", "Hi")
    assert desk("env", "export", "--file", str(file)) == f"Wrote one environment to {file}.\n"
    assert all(text not in file.read_text("utf-8") for text in (DEPLOYMENT, ORG, "abc"))
    assert desk("env", "export", "test") == file.read_text("utf-8")
    assert desk("env", "import", str(file)) == "Left as it is, since there is one of that name: Test.\n"
    desk("env", "remove", "Test", "--yes")
    assert desk("env", "import", "-", stdin=file.read_text("utf-8")).startswith(
        "Added Test. Enter the deployment ID"
    )
    assert "not entered yet" in desk("env", "list")
    shown = json.loads(desk("env", "show", "Test", "--json"))
    assert (shown["deployment_id"], shown["attributes"], shown["first_message"]) == (
        None,
        {"tier": "gold"},
        "Hi",
    )
    desk("env", "edit", "Test", "--deployment-id", DEPLOYMENT, "--first-message", "Hello")
    assert desk("env", "import", str(file), "--replace") == "Changed Test.\n"
    after = json.loads(desk("env", "show", "Test", "--reveal", "--json"))
    assert (after["deployment_id"], after["first_message"]) == (DEPLOYMENT, "Hi")
    desk("env", "edit", "Test", "--region", "mypurecloud.ie")
    assert desk("env", "import", str(file), "--replace") == "Left as it is, since it leads elsewhere: Test.\n"


def test_a_file_that_holds_no_environments_is_refused(bare_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}", "utf-8")
    assert "The file holds no environments of gcdesk." in bare_desk("env", "import", str(file), status=2)
    assert "cannot be read" in bare_desk("env", "import", str(tmp_path / "gone"), status=2)
    assert '"environments": []' in bare_desk("env", "export")
