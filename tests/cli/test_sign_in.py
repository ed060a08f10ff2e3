"""`gcdesk sign-in`, `sign-out` and `chat --signed-in` with a real keyring, a simulator and a browser of a few lines."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorOptions, SimulatorThread
from tests.support.process import GcdeskProcess

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only"
)

Gcdesk = Callable[..., GcdeskProcess]

BROWSER = """
import re, sys, urllib.error, urllib.parse, urllib.request
answer, address = sys.argv[1:]
try:
    with urllib.request.urlopen(address) as shown:
        url, page = shown.url, shown.read().decode()
    fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))
    form = {**fields, "first_name": "Sam", "last_name": "Doe", "answer": answer}
    action = urllib.parse.urljoin(url, "/login/authorize")
    urllib.request.urlopen(action, urllib.parse.urlencode(form).encode()).close()
except urllib.error.URLError:
    # A browser shows what went wrong, and stays open.
    pass
"""


@pytest.fixture
def simulate() -> Iterator[Callable[..., SimulatorThread]]:
    """Start a simulator with signing in, as in `simulate(sign_in_seconds=1)`."""
    with ExitStack() as stack:

        def start(**options: Any) -> SimulatorThread:
            return stack.enter_context(
                SimulatorThread(SimulatorOptions(**{"sign_in": "required", **options}))
            )

        yield start


class Desk:
    """Runs gcdesk with one keyring, one settings folder and one browser."""

    def __init__(self, gcdesk: Gcdesk, keyring: dict[str, str], place: Path) -> None:
        program = place / "browser.py"
        program.write_text(BROWSER)
        self._gcdesk = gcdesk
        self._browser = f"{shlex.quote(sys.executable)} {shlex.quote(str(program))}"
        self.place = place
        self.environment = {**keyring, "GCDESK_CONFIG_DIR": str(place / "desk")}
        self.stderr = ""

    def __call__(self, *arguments: str, status: int = 0, answer: str = "yes", **more: str) -> str:
        """Run it to its end, check the exit status and that nothing was said amiss; its standard output."""
        environment = {**self.environment, "BROWSER": f"{self._browser} {answer} %s", **more}
        process = self._gcdesk(*arguments, environment=environment)
        assert process.wait(60) == status, process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        self.stderr = process.stderr
        return process.stdout


@pytest.fixture
def desk(gcdesk: Gcdesk, secret_service: dict[str, str], tmp_path: Path) -> Desk:
    return Desk(gcdesk, secret_service, tmp_path)


def where(simulator: SimulatorThread) -> tuple[str, ...]:
    return ("--url", simulator.url, "--deployment-id", simulator.deployment_id)


def chat(simulator: SimulatorThread, *options: str, crm_id: str = "C-1") -> tuple[str, ...]:
    return ("chat", "--crm-id", crm_id, *where(simulator), "--say", "hello", "--json", *options)


def lines(output: str, event: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in output.splitlines()]
    return [line for line in found if line["event"] == event]


def actions(output: str) -> list[str]:
    sent = [line["frame"] for line in lines(output, "frame") if line["direction"] == "sent"]
    return [frame["action"] for frame in sent if frame["action"].startswith("configure")]


def test_sign_in_chat_and_sign_out(desk: Desk, simulate: Callable[..., SimulatorThread]) -> None:
    simulator = simulate()
    place = where(simulator)
    assert desk("sign-in", *place).startswith(f"The customer is signed in to {simulator.url[5:-3]}. ")
    assert "Sign in on the page that the browser shows." in desk.stderr
    talked = desk(*chat(simulator, "--signed-in"))
    assert actions(talked) == ["configureAuthenticatedSession"]
    assert [line["stepped_up"] for line in lines(talked, "signed-in")] == [False]
    assert len(lines(talked, "message")) == 2
    assert "The service has ended the sign-in." in desk("sign-out", *place)
    desk("sign-out", *place, status=3)
    assert "Nobody is signed in" in desk.stderr
    # Not one token or JWT on screen, and none in any file.
    written = "".join(
        file.read_bytes().decode("utf-8", "replace")
        for file in (desk.place / "desk").rglob("*")
        if file.is_file()
    )
    for text in (talked, desk.stderr, written):
        assert "eyJ" not in text
        assert "refresh" not in text.lower()


def test_without_a_sign_in_a_guest_is_warned(desk: Desk, simulate: Callable[..., SimulatorThread]) -> None:
    desk(*chat(simulate()), status=3)
    assert "Warning: This deployment only takes messages from customers who have signed in." in desk.stderr


def test_several_customers_by_name(desk: Desk, simulate: Callable[..., SimulatorThread]) -> None:
    simulator = simulate()
    assert desk("sign-in", *where(simulator), "--as", "Ada").startswith("Ada is signed in")
    assert desk("sign-in", *where(simulator), "--as", "Sam").startswith("Sam is signed in")
    assert actions(desk(*chat(simulator, "--signed-in-as", "Ada"))) == ["configureAuthenticatedSession"]
    desk(*chat(simulator, "--signed-in-as", "Eve"), status=3)
    assert "Eve is not signed in" in desk.stderr
    assert "Signed in here: Sam, Ada." in desk.stderr
    forgotten = desk("sign-out", *where(simulator), "--as", "Sam", "--forget")
    assert forgotten.endswith("The sign-in was forgotten here; the service was not told.\n")
    assert not [entry for entry in simulator.record if entry.get("event") == "logged out"]


@pytest.mark.parametrize(
    ("options", "answer", "status", "words"),
    [
        ((), "no", 3, "cancelled in the browser"),
        (("--sign-in-url", "http://127.0.0.1:1/x", "--timeout", "0.5"), "yes", 4, "Nobody signed in"),
        (("--sign-in-redirect", "https://example.com/"), "yes", 2, "not an address of this computer"),
    ],
)
def test_what_goes_wrong_is_named(
    desk: Desk,
    simulate: Callable[..., SimulatorThread],
    options: tuple[str, ...],
    answer: str,
    status: int,
    words: str,
) -> None:
    desk("sign-in", *where(simulate()), *options, status=status, answer=answer)
    assert words in desk.stderr


def test_a_deployment_without_a_provider(desk: Desk, simulate: Callable[..., SimulatorThread]) -> None:
    simulator = simulate()
    desk("sign-in", "--url", "wss://chat.example.com/v1", *where(simulator)[2:], status=3)
    assert "No identity provider is set up" in desk.stderr


def test_without_a_keyring_nobody_signs_in_for_nothing(
    gcdesk: Gcdesk, simulate: Callable[..., SimulatorThread], tmp_path: Path
) -> None:
    simulator = simulate()
    desk = Desk(gcdesk, {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}, tmp_path)
    desk("sign-in", *where(simulator), status=3)
    assert "sign-ins and earlier sessions cannot be kept" in desk.stderr
    assert not [entry for entry in simulator.record if entry.get("event") == "consent given"]


def test_an_address_to_open_by_hand(desk: Desk, gcdesk: Gcdesk) -> None:
    url = gcdesk("simulate", "--sign-in", "required").line_with("ready at").split()[4]
    place = ("--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID)
    environment = {**os.environ, **desk.environment, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "gcdesk", "sign-in", *place, "--no-browser"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            assert said.startswith(
                "Sign-in: Open this address in a browser on this computer: http://127.0.0.1:"
            )
            address = said.split(": ", 2)[2].strip()
            # Nothing of the sign-in itself is in it.
            assert set(urllib.parse.urlsplit(address).path.split("/")[1]) == set("start")
            assert urllib.parse.urlsplit(address).query == ""
            subprocess.run([sys.executable, str(desk.place / "browser.py"), "yes", address], check=True)
            assert process.wait(30) == 0
        finally:
            process.kill()


def test_a_jwt_that_runs_out_is_renewed_and_kept(
    desk: Desk, simulate: Callable[..., SimulatorThread]
) -> None:
    # Shorter than the margin with which gcdesk renews it.
    simulator = simulate(sign_in_seconds=3)
    desk("sign-in", *where(simulator))
    assert actions(desk(*chat(simulator, "--signed-in"))) == ["configureAuthenticatedSession"]
    refreshed = [entry for entry in simulator.record if entry.get("event") == "JWT refreshed"]
    assert [entry["status"] for entry in refreshed] == [200]


def test_whoever_was_logged_out_elsewhere_is_told_what_to_do(
    desk: Desk, simulate: Callable[..., SimulatorThread]
) -> None:
    simulator = simulate()
    desk("sign-in", *where(simulator), "--as", "here")
    desk("sign-in", *where(simulator), "--as", "there")
    desk("sign-out", *where(simulator))
    desk(*chat(simulator, "--signed-in"), status=3)
    assert "no longer accepts this customer's sign-in" in desk.stderr
    assert "gcdesk sign-in" in desk.stderr


def test_an_earlier_chat_is_resumed(desk: Desk, simulate: Callable[..., SimulatorThread]) -> None:
    simulator = simulate(sign_in="off")
    desk(*chat(simulator, "--resume"), status=3)
    assert "No earlier chat of this customer is kept here." in desk.stderr
    first = desk(*chat(simulator, "--keep"))
    desk(*chat(simulator, "--keep", crm_id="C-2"))
    assert lines(first, "ended")[0]["reason"] == "done"
    resumed = desk(*chat(simulator, "--resume"))
    assert lines(resumed, "ended")[0]["reason"] == "done"
    assert len(simulator.simulator.conversations) == 2


def test_chats_with_an_environment_are_kept_without_asking(
    desk: Desk, simulate: Callable[..., SimulatorThread]
) -> None:
    simulator = simulate(sign_in="optional")
    ids = ("--deployment-id", simulator.deployment_id, "--org-id", "")
    desk("env", "add", "Here", "--url", simulator.url, *ids)
    options = ("chat", "--crm-id", "C-1", "--env", "Here", "--say", "hello", "--json")
    desk(*options)
    desk(*options, "--resume")
    assert len(simulator.simulator.conversations) == 1
    assert "is signed in to Here" in desk("sign-in", "--env", "Here")
    assert actions(desk(*options, "--signed-in")) == ["configureAuthenticatedSession"]
