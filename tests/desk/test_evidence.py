"""Evidence holds what a ticket needs in three forms, shows everything as text, and gives nothing away."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html.parser
import json
import os
import re
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from gcdesk.desk.evidence import Evidence, evidence_of, save_evidence, save_pack
from gcdesk.desk.history_book import ChatBook
from gcdesk.desk.history_record import ChatRecord
from gcdesk.errors import ConnectionLostError, FileNotSavedError
from gcdesk.guest import events
from gcdesk.guest.content import UnknownContent
from gcdesk.guest.message import Sender, SenderKind
from gcdesk.guest.received import decode_frame
from tests.desk.chats import DEPLOYMENT_ID, START, TOKEN, facts, keep, long_chat, made_chat, told_chat

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIzNDU2"
CUSTOMER = {"customerName": "Priya Raman", "email": "priya@acme.example", "tier": "gold"}
MADE = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)


def record_of(tmp_path: Path, told: list[events.Event], **known: Any) -> ChatRecord:
    path = tmp_path / "history.db"
    path.unlink(missing_ok=True)
    keep(path, (facts(**known), told))
    return ChatBook(path).open(1)


def forms(evidence: Evidence) -> dict[str, str]:
    return {"html": evidence.html(), "json": evidence.json(), "markdown": evidence.markdown()}


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: its elements, and the text that people see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "an element was not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "path", "line"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect", "path", "line"):
            return
        assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def test_json_holds_the_whole_chat(tmp_path: Path) -> None:
    chat = told_chat()
    record = record_of(tmp_path, chat)
    document = json.loads(evidence_of(record, include_personal=True, made=MADE).json())
    assert (document["format"], document["version"]) == ("gcdesk evidence", 1)
    assert document["made"] == "2026-07-02T08:00:00.000Z"
    assert document["personal_data"] == "included"
    assert document["environment"] == {
        "name": "UAT",
        "place": "mypurecloud.de",
        "colour": "green",
        "simulated": False,
    }
    assert document["customer"] == {"key": "crmCustomerId", "crm_id": "000123"}
    assert document["attributes"]["customAttributes"] == {"crmCustomerId": "000123", "customerName": "Ada"}
    assert [step["outcome"] for step in document["steps"]] == ["done"] * 4
    assert set(document["versions"]) == {"gcdesk", "python", "system"}
    frames = [event for event in chat if isinstance(event, events.FrameSent | events.FrameReceived)]
    assert [frame["bytes"] for frame in document["frames"]] == [event.size for event in frames]
    for kept, event in zip(document["frames"], frames, strict=True):
        assert kept["frame"] == event.frame.json()
    messages = [line for line in document["transcript"] if line["line"] == "message"]
    assert len(messages) == document["chat"]["messages"] == len(record.messages)
    assert [line["id"] for line in messages] == [shown.message.id for shown in record.messages]
    assert document["timings"]["reconnects"] == 1
    assert any("Connected again" in line["text"] for line in document["transcript"])


def test_notes_stand_where_they_happened(tmp_path: Path) -> None:
    chat = list(made_chat(["one", "two", "three", "four"]))
    # At the very moment of a message, and before the last one by the clock.
    place = next(place for place, event in enumerate(chat) if "body-1" in repr(event))
    chat.insert(place, events.HeldBack(chat[-1].at, 3.0))
    chat.append(events.Ended(START, "The chat was left."))
    document = evidence_of(record_of(tmp_path, chat)).document
    assert [line["text"] for line in document["transcript"]] == [
        "one",
        "Sending waited 3 s, because the service asked for it.",
        "two",
        "three",
        "four",
        "The chat is over. The chat was left.",
    ]


def test_no_token_is_in_any_form_even_when_personal_data_is(tmp_path: Path) -> None:
    chat = [*told_chat(), *made_chat([f"my key is {JWT}", f"and the token is {TOKEN}"])]
    record = record_of(tmp_path, chat, attributes={"note": JWT}, place=f"wss://user:{TOKEN}@chat.example")
    for include in (True, False):
        for name, text in forms(evidence_of(record, include_personal=include)).items():
            for secret in (TOKEN, JWT, DEPLOYMENT_ID, JWT[:30]):
                assert secret not in text, name


def test_a_token_that_was_kept_by_mistake_stays_here(tmp_path: Path) -> None:
    record_of(tmp_path, list(made_chat(["hello", "a link"])))
    with contextlib.closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        connection.execute("UPDATE event SET data = replace(data, 'a link', ?)", (f"a {JWT}",))
        connection.execute("UPDATE event SET data = replace(data, '••••••••7a10', ?)", ("secret-token-1",))
        connection.commit()
    record = ChatBook(tmp_path / "history.db").open(1)
    assert JWT in repr(record.messages)
    for name, text in forms(evidence_of(record, include_personal=True)).items():
        assert JWT not in text, name
        assert "secret-token-1" not in text, name


def personal_chat() -> list[events.Event]:
    said = [
        "I am Priya, call +49 170 1234567 or (030) 901820-12, or write to priya.raman@acme.example.",
        "Thank you, Priya Raman. Is 4111 1111 1111 1111 your card, and DE89 3704 0044 0532 0130 00 your account?",
        "Yes. My number is CUST-12345, the order is 88213 of 2025-12-24, 12:30, from 192.168.100.200. Nice and gold.",
    ]
    chat = list(made_chat(said))
    body = {
        "type": "Text",
        "direction": "Inbound",
        "id": "2026070110000000",
        "text": "hello",
        "channel": {
            "time": "2026-07-01T09:30:15.174Z",
            "from": {"firstName": "Priya", "lastName": "R", "nickname": "Pri"},
            "to": {"nickname": "Lena"},
            "metadata": {"customAttributes": {"crmCustomerId": "CUST-12345", **CUSTOMER}},
        },
    }
    frame = {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}
    raw = json.dumps(frame)
    return [*chat, events.FrameReceived(chat[-1].at, decode_frame(raw), len(raw))]


HIDDEN = [
    *(
        "Priya",
        "Raman",
        "acme.example",
        "170 1234567",
        "901820",
        "4111",
        "DE89",
        "3704 0044",
        "CUST-12345",
        "Pri",
    ),
]
KEPT = ["88213", "2025-12-24", "12:30", "192.168.100.200", "Nice and gold"]


def test_personal_data_is_masked_unless_asked_for(tmp_path: Path) -> None:
    record = record_of(tmp_path, personal_chat(), attributes=CUSTOMER)
    for name, text in forms(evidence_of(record)).items():
        for piece in HIDDEN:
            assert not re.search(rf"\b{re.escape(piece)}\b", text), f"{piece} in {name}"
        for piece in KEPT:
            assert piece in text, f"{piece} in {name}"
        assert "customerName" in text
    masked = evidence_of(record).document
    assert set(masked["attributes"]["customAttributes"].values()) == {"••••••••"}
    last = masked["frames"][-1]["frame"]["body"]
    assert last["channel"]["from"] == {"firstName": "[name]", "lastName": "[name]", "nickname": "[name]"}
    assert last["channel"]["to"] == {"nickname": "Lena"}
    assert (last["id"], last["channel"]["time"]) == ("2026070110000000", "2026-07-01T09:30:15.174Z")
    for name, text in forms(evidence_of(record, include_personal=True)).items():
        for piece in ("Priya Raman", "1234567", "4111 1111 1111 1111", "CUST-12345"):
            assert piece in text, f"{piece} in {name}"


def test_a_name_is_hidden_whole_and_by_its_capital_words(tmp_path: Path) -> None:
    chat = list(made_chat(["maria del mar here, Maria, press the del key on the maria."]))
    record = record_of(tmp_path, chat, attributes={"customerName": "Maria del Mar"})
    assert evidence_of(record).document["transcript"][0]["text"] == (
        "[customer] here, [customer], press the del key on the maria."
    )


def test_what_the_service_calls_the_customer_is_not_told(tmp_path: Path) -> None:
    (added,) = [event for event in made_chat(["hello"]) if isinstance(event, events.MessageAdded)]
    named = replace(added.message, sender=Sender(SenderKind.CUSTOMER, "Zoltan"))
    cleared = events.PresenceSeen(START, "Clear", named.direction, named.sender)
    record = record_of(tmp_path, [events.MessageAdded(added.at, named), cleared])
    for name, text in forms(evidence_of(record)).items():
        assert "Zoltan" not in text, name
        assert "Customer cleared the conversation." in text, name


def test_the_default_name_is_nobodys(tmp_path: Path) -> None:
    chat = list(made_chat(["The customer asks for a Test."]))
    record = record_of(tmp_path, chat, attributes={"customerName": "Test customer"})
    assert evidence_of(record).document["transcript"][0]["text"] == "The customer asks for a Test."


def test_the_page_needs_nothing_and_runs_nothing(tmp_path: Path) -> None:
    text = evidence_of(record_of(tmp_path, told_chat()), include_personal=True).html()
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "input", "base", "video"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")], tag
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
    assert "@import" not in text
    assert "url(" not in text
    policies = [
        attributes["content"] or ""
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert "prefers-color-scheme: dark" in style


NASTY = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
    '"><svg onload=alert(1)>',
    "</pre></details>",
    "\u202egnirts\u202c",
]


def test_what_the_service_sends_is_text_in_the_page(tmp_path: Path) -> None:
    chat = list(made_chat(NASTY))
    chat += [events.FrameReceived(START, decode_frame(text), 1) for text in NASTY]
    chat.append(events.Oddity(START, decode_frame("x"), tuple(NASTY)))
    chat.append(
        events.ErrorRaised(START, ConnectionLostError(NASTY[0], NASTY[1], detail=NASTY[2]), fatal=True)
    )
    known = {"environment": NASTY[0], "place": NASTY[1], "colour": NASTY[4]}
    record = record_of(tmp_path, chat, attributes={NASTY[0]: NASTY[1], NASTY[4]: NASTY[5]}, **known)
    plain = Page(evidence_of(record_of(tmp_path, list(made_chat(["a"] * len(NASTY))))).html())
    nasty = Page(evidence_of(record, include_personal=True).html())
    assert {tag for tag, _ in nasty.elements} == {tag for tag, _ in plain.elements}
    for text in NASTY:
        assert text in nasty.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=strategies.text(max_size=60))
def test_any_text_is_shown_as_it_is(tmp_path: Path, text: str) -> None:
    record = record_of(tmp_path, list(made_chat([text])), crm_id="x")
    evidence = evidence_of(record, include_personal=True)
    assert evidence.document["transcript"][0]["text"] == text
    assert json.loads(evidence.json()) == evidence.document
    shown = Page(evidence.html()).text
    # What a parser makes of a line break or a null is its own business.
    expected = re.sub(r"\r\n?", "\n", text).replace("\0", "")
    assert expected in shown.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    assert "\n" in evidence.markdown()


JSON = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers(-(2**53), 2**53)
    | strategies.text(strategies.characters(codec="utf-8", exclude_characters="\r\0"), max_size=20),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(strategies.sampled_from(["a", 'q"', "<b>", "\\"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(inner=JSON)
def test_colours_change_nothing_about_a_frame(tmp_path: Path, inner: Any) -> None:
    raw = json.dumps({"class": "News", "inner": inner})
    chat: list[events.Event] = [events.FrameReceived(START, decode_frame(raw), len(raw))]
    evidence = evidence_of(record_of(tmp_path, chat), include_personal=True)
    (frame,) = evidence.document["frames"]
    assert json.dumps(frame["frame"], ensure_ascii=False, indent=2) in Page(evidence.html()).text


def test_parts_of_json_are_told_apart(tmp_path: Path) -> None:
    raw = '{"key": ["a \\"1\\" true", 1.5, null]}'
    chat: list[events.Event] = [events.FrameReceived(START, decode_frame(raw), len(raw))]
    page = evidence_of(record_of(tmp_path, chat)).html()
    for piece in (
        '<span class="k">&#34;key&#34;</span>:',
        '<span class="n">1.5</span>',
        '<span class="w">null</span>',
        "    &#34;a \\&#34;1\\&#34; true&#34;,\n",
    ):
        assert piece in page


def test_markdown_is_fit_for_a_ticket(tmp_path: Path) -> None:
    said = ["# Heading *bold* _x_ | <b> [a](http://x) `code`", "1. one\n- two\n> three\n=== 10.0.0.1"]
    text = evidence_of(record_of(tmp_path, list(made_chat(said))), include_personal=True).markdown()
    assert "### Chat as CUST-12345" in text
    assert r"\*bold\* \_x\_ \| &lt;b&gt; \[a\](http://x) \`code\`" in text
    assert "1\\. one  \n> \\- two  \n> &gt; three  \n> \\=== 10.0.0.1" in text
    assert "| Median reply | 1.0 s |" in text
    assert "(after 1.0 s)" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 3 for line in tables)


def test_what_went_wrong_is_told_in_every_form(tmp_path: Path) -> None:
    error = ConnectionLostError(code=1006, detail="the cable")
    chat: list[events.Event] = [
        events.ErrorRaised(START, error, fatal=True),
        events.Ended(START, error.title, error),
    ]
    evidence = evidence_of(record_of(tmp_path, chat))
    for name, text in forms(evidence).items():
        assert error.title in text, name
        assert error.hint in text, name
        assert "ConnectionLost" in text, name
    assert [step["outcome"] for step in evidence.document["steps"]] == ["not reached"] * 4


def test_an_empty_chat_has_evidence_too(tmp_path: Path) -> None:
    chat = [events.Ended(START, "The chat was left.")]
    for text in forms(evidence_of(record_of(tmp_path, list(chat)))).values():
        assert "The chat was left." in text


def test_events_that_could_not_be_kept_are_admitted(tmp_path: Path) -> None:
    record = record_of(tmp_path, long_chat(4))
    record = replace(record, summary=replace(record.summary, missing=1234))
    found = forms(evidence_of(record))
    assert "1234" in found["json"]
    assert "1234" in found["markdown"]
    assert "1 234 events of this chat could not be kept." in found["html"].replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "raw", ["[" * 5000, "{" * 10, "null", '"text"', "7", '{"a":' * 500 + "1" + "}" * 500]
)
def test_odd_frames_are_shown(tmp_path: Path, raw: str) -> None:
    chat: list[events.Event] = [events.FrameReceived(START, decode_frame(raw), len(raw))]
    for include in (True, False):
        for text in forms(evidence_of(record_of(tmp_path, chat), include_personal=include)).values():
            assert text


def test_personal_data_in_content_of_an_unknown_kind_is_masked(tmp_path: Path) -> None:
    (added,) = [event for event in made_chat(["hello"]) if isinstance(event, events.MessageAdded)]
    content = (
        UnknownContent("Hologram", {"contentType": "Hologram", "hologram": {"of": "ada@acme.example"}}),
    )
    shown = events.MessageAdded(added.at, replace(added.message, content=content))
    record = record_of(tmp_path, [shown])
    for name, text in forms(evidence_of(record)).items():
        assert "Hologram" in text, name
        assert "acme.example" not in text, name
    assert "ada@acme.example" in evidence_of(record, include_personal=True).html()


def test_a_frame_of_many_levels_is_shown_as_text(tmp_path: Path) -> None:
    shallow, deep = ('{"a":' * levels + "1" + "}" * levels for levels in (60, 70))
    chat: list[events.Event] = [events.FrameReceived(START, decode_frame(raw), 1) for raw in (shallow, deep)]
    frames = evidence_of(record_of(tmp_path, chat), include_personal=True).document["frames"]
    assert frames[0]["frame"] == json.loads(shallow)
    assert frames[1]["frame"] == deep


# Files


def test_a_file_is_whole_and_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "evidence.html"
    path.write_text("older")
    save_evidence("new ✓", path)
    assert path.read_text("utf-8") == "new ✓"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotSavedError, match="nowhere"):
        save_evidence("text", tmp_path / "nowhere" / "evidence.html")
    (tmp_path / "directory").mkdir()
    with pytest.raises(FileNotSavedError):
        save_evidence("text", tmp_path / "directory")
    assert list(tmp_path.iterdir()) == [tmp_path / "directory"]


def test_a_pack_is_a_page_and_json_beside_it(tmp_path: Path) -> None:
    keep(tmp_path / "history.db", (facts(), list(made_chat(["Hello"]))))
    evidence = evidence_of(ChatBook(tmp_path / "history.db").open(1))
    page, beside = save_pack(evidence, tmp_path / "pack.html")
    assert page.read_text(encoding="utf-8") == evidence.html()
    assert beside == tmp_path / "pack.json"
    assert beside.read_text(encoding="utf-8") == evidence.json()
    assert save_pack(evidence, tmp_path / "pack.json") == (page, beside), "a pack of its own is replaced"


def test_a_pack_replaces_no_other_json(tmp_path: Path) -> None:
    keep(tmp_path / "history.db", (facts(), list(made_chat(["Hello"]))))
    evidence = evidence_of(ChatBook(tmp_path / "history.db").open(1))
    (tmp_path / "mine.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FileNotSavedError, match=r"mine\.json"):
        save_pack(evidence, tmp_path / "mine.html")
    assert (tmp_path / "mine.json").read_text(encoding="utf-8") == "{}"
    assert not (tmp_path / "mine.html").exists()
