"""The rules of security, each held from the outside: what is written, printed or shown holds no secret.

What the service sends is data. That no HTML of it is interpreted is held beside the window, and that a frame over
1 MiB is refused while the chat goes on, beside the table of faults.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.chat.pictures import MOST_PIXELS, check_picture
from gcdesk.desk.logs import LEVELS, setup_logging
from gcdesk.errors import PictureRefusedError
from gcdesk.guest.events import FrameReceived, FrameSent
from gcdesk.guest.file_names import safe_name
from gcdesk.guest.masking import know
from gcdesk.simulator import SimulatorOptions, SimulatorThread
from gcdesk.simulator.demo import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET
from gcdesk.ui.addresses import destination
from tests.chat.faults import stories
from tests.chat.faults.playing import Case, play
from tests.cli.test_sign_in import Desk, Gcdesk

DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
ORG = "3b1b7c9e-2f60-4d6b-8a51-9a7c5e0d4b21"
TOKEN = "0f9d4a52-6a7e-4c1b-9d7c-b1a2c3d4e5f6"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSIsImV4cCI6MX0.c2lnbmF0dXJlLW9mLWEtand0"


def secrets_of(entries: list[dict[str, Any]]) -> set[str]:
    """Every token, JWT and signed address that crossed the wire."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, Mapping):
            for key, item in value.items():
                if key in ("token", "jwt", "refreshToken", "code") and isinstance(item, str):
                    found.add(item)
                elif key == "url" and isinstance(item, str) and "?" in item:
                    # Whoever has what stands behind the question mark can read or write the file.
                    found.add(item.partition("?")[2])
                look(item)
        elif isinstance(value, list):
            for item in value:
                look(item)

    look([entry["frame"] for entry in entries if "frame" in entry])
    return {secret for secret in found if secret}


def check_none(text: str, secrets: set[str], where: str) -> None:
    for secret in secrets:
        assert secret not in text, f"{where} holds a secret: {text[max(0, text.index(secret) - 80) :][:100]}"


@contextmanager
def logged(level: str) -> Iterator[io.StringIO]:
    """What is logged at that level, as the program writes it."""
    stream, hooks = io.StringIO(), (sys.excepthook, logging.getLogger("gcdesk").level)
    before = list(logging.getLogger().handlers)
    setup_logging(level, stream=stream)
    try:
        yield stream
    finally:
        for handler in logging.getLogger().handlers[:]:
            if handler not in before:
                logging.getLogger().removeHandler(handler)
        sys.excepthook = hooks[0]
        logging.getLogger("gcdesk").setLevel(hooks[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only")
def test_a_whole_chat_with_all_logs_on_shows_no_secret(
    gcdesk: Gcdesk, secret_service: dict[str, str], tmp_path: Path
) -> None:
    """Signed in, with files both ways, history, proof, a break, a refusal and a crash."""
    saved, letter = tmp_path / "saved", tmp_path / "letter.txt"
    saved.mkdir(mode=0o700)
    letter.write_text("A letter.\n" * 50)
    desk = Desk(gcdesk, secret_service, tmp_path)
    options = SimulatorOptions(
        deployment_id=DEPLOYMENT, sign_in="optional", whole_tokens=True,
        faults=("500-message@2", "cut-after@StructuredMessage:12"),
    )  # fmt: skip
    with SimulatorThread(options) as simulator:
        ids = ("--deployment-id", DEPLOYMENT, "--org-id", ORG)
        client = {"GCDESK_CLIENT_ID": DEMO_CLIENT_ID, "GCDESK_CLIENT_SECRET": DEMO_CLIENT_SECRET}
        loud = ("--log-level", "debug")
        written = [desk(*loud, "env", "add", "Here", "--url", simulator.url, *ids)]
        place = ("chat", "--env", "Here", "--crm-id", "C-1")
        chats: list[tuple[tuple[str, ...], int]] = [
            (("--say", "hello", "--say", "refused", "--json"), 3),
            (("--say", "attachment", "--attach", str(letter), "--save-attachments", str(saved), "--json"), 0),
            (("--resume", "--history", "3", "--say", "text", "--say", "card"), 0),
            (("--say", "hello", "--verify", "--json"), 3),
            (("--signed-in", "--say", "hello", "--verify", "--any-org", "--end", "--json"), 0),
        ]
        written.append(desk(*loud, "sign-in", "--env", "Here") + desk.stderr)
        for arguments, status in chats:
            written.append(desk(*loud, *place, *arguments, status=status, **client) + desk.stderr)
        written.append(desk(*loud, "sign-out", "--env", "Here") + desk.stderr)
        record = simulator.record
    struck = {entry["name"] for entry in record if entry.get("event") == "fault"}
    assert struck == {"500-message", "cut-after"}
    secrets = secrets_of(record)
    assert len(secrets) >= 6, "the service saw tokens, JWTs and signed addresses"
    assert any(secret.startswith("eyJ") for secret in secrets)
    secrets |= {DEMO_CLIENT_SECRET, DEPLOYMENT, ORG}
    for text in written:
        check_none(text, secrets, "the output")
    # The client is of another org than the environment: nothing was sent until that was allowed.
    (stopped,) = [text for text in written if '"WrongOrg"' in text]
    assert '"frame"' not in stopped
    assert any('"upload"' in text for text in written)
    assert any("Sent configureAuthenticatedSession" in text for text in written)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.parent == saved for path in files)
    for path in files:
        check_none(path.read_bytes().decode(errors="replace"), secrets, path.name)
        if path.is_relative_to(saved) or path.is_relative_to(tmp_path / "desk"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_nothing_of_a_chat_shows_a_secret_in_its_repr(tmp_path: Path) -> None:
    for story in (stories.upload, stories.download, stories.look_back):
        folder = tmp_path / story.__name__
        folder.mkdir()
        played = play(Case("", story, options={"whole_tokens": True, "deployment_id": DEPLOYMENT}), folder)
        secrets = secrets_of(played.simulator.record) | {DEPLOYMENT}
        assert str(played.chat.token) in secrets
        shown = [played.chat, played.chat.target, played.chat.token, *played.events, *played.errors]
        for thing in shown:
            check_none(repr(thing), secrets, type(thing).__name__)
        for event in played.events:
            if isinstance(event, FrameSent | FrameReceived):
                check_none(json.dumps(event.frame.json()), secrets, f"a {event.frame.kind} frame")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.expected_logs
def test_a_crash_inside_a_chat_shows_no_secret_at_any_level(
    level: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    know(TOKEN)
    know(DEPLOYMENT)
    secrets = {TOKEN, JWT, DEPLOYMENT, "hunter2-hunter2"}
    told = f"token {TOKEN} jwt {JWT} deployment {DEPLOYMENT} https://user:hunter2-hunter2@proxy.example/"

    async def crash(_: object) -> None:
        raise RuntimeError(told)

    with logged(level) as stream:
        log = logging.getLogger("gcdesk.chat.chat")
        try:
            play(Case("", crash), tmp_path)
        except RuntimeError as error:
            log.exception("It broke with %s", {"token": TOKEN, "data": {"code": JWT}})
            sys.excepthook(type(error), error, error.__traceback__)
        for name in LEVELS:
            log.log(getattr(logging, name.upper()), "%s %r", told, {"jwt": JWT})
        text = stream.getvalue() + capsys.readouterr().err
    assert "RuntimeError" in text
    check_none(text, secrets, f"the log at {level}")


@given(st.text())
def test_a_files_name_never_leaves_its_folder(name: str) -> None:
    folder = Path("/chosen/folder")
    safe = safe_name(name)
    assert Path(os.path.normpath(folder / safe)).parent == folder
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', safe)


@pytest.mark.parametrize(
    "name", ["../../.ssh/authorized_keys", "C:\\Windows\\x.exe", "/etc/passwd", "..", "CON", ""]
)
def test_names_that_would_leave_it(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert Path(os.path.normpath(Path("/chosen") / safe)).parent == Path("/chosen")


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,<b>x</b>"),
        *(
            "file:///etc/passwd",
            "ftp://host.example/x",
            "vbscript:x",
            "smb://host/share",
            "mailto:a@b.example",
        ),
        *("https:", "//host.example/x", "host.example", "ms-settings:", "http:\\/\\/host", "qrc:/x", ""),
    ],
)
def test_only_web_addresses_open(address: str) -> None:
    assert not destination(address).opens
    assert destination("https://www.example.com/order?id=1").opens


def test_a_picture_is_bounded_before_it_is_opened() -> None:
    side = int(MOST_PIXELS**0.5) + 1
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    with pytest.raises(PictureRefusedError):
        check_picture(header + b"\x00" * 32)
    with pytest.raises(PictureRefusedError):
        check_picture(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
