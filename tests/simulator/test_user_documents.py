"""The document for users says what is so: its list of faults, its flows and its commands are tried."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from refresh_documents import refreshed

from gcdesk.cli.simulate import command
from gcdesk.cli.simulator_options import build_options
from gcdesk.resources import resource_path
from gcdesk.simulator import FAULTS, load_flow
from gcdesk.simulator.faults import parse_fault
from gcdesk.simulator.kinds import RECEIVED_KINDS, SENT_KINDS
from gcdesk.simulator.server import Simulator, SimulatorOptions
from tests.support.places import PROJECT

from .guest import chat, is_outbound

DOCUMENT = resource_path("docs", "simulator.md").read_text(encoding="utf-8")
FLOWS = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
COMMANDS = re.findall(r"^    gcdesk simulate (.*)$", DOCUMENT, re.MULTILINE)


def test_every_fault_stands_in_the_document_as_it_is() -> None:
    assert refreshed(DOCUMENT) == DOCUMENT
    listed = re.findall(
        r"^\| `([^`]+)` \| (.+?) \| .+ \|$", DOCUMENT.partition("## Every fault")[2], re.MULTILINE
    )
    assert dict(listed) == {name: fault.sentence for name, fault in FAULTS.items()}


@pytest.mark.parametrize("text", FLOWS, ids=range(len(FLOWS)))
async def test_every_flow_of_the_document_can_be_played(text: str, tmp_path: Path) -> None:
    path = tmp_path / "flow.yaml"
    path.write_text(text, encoding="utf-8")
    flow = load_flow(path)
    async with Simulator(SimulatorOptions(flow=flow)) as simulator, chat(simulator) as visitor:
        for word in ("quick", "order 204816"):
            await visitor.say(word, {"crmCustomerId": "0012345"})
            assert (await visitor.next())["body"]["direction"] == "Inbound"
            if flow.start.fallback or word == "quick":
                assert is_outbound(await visitor.next())


async def said(path: Path, marked: str, word: str) -> Any:
    """What the flow of the document that holds a certain text answers to a word."""
    (text,) = (flow for flow in FLOWS if marked in flow)
    path.write_text(text, encoding="utf-8")
    async with Simulator(SimulatorOptions(flow=load_flow(path))) as simulator, chat(simulator) as visitor:
        await visitor.say(word, {"crmCustomerId": "0012345", "tier": "Gold"})
        return (await visitor.until(is_outbound))["body"]


@pytest.mark.parametrize(
    ("marked", "word", "answer"),
    [
        ("I heard you.", "anything", "I heard you."),
        ("name: A first flow", "YES", "Then tell me its number."),
        ("tier: [gold, platinum]", "is order 204816 here?", "Order 204816 is on its way."),
        ("tier: [gold, platinum]", "hello", "Welcome back. You go straight to your own team."),
        ("anything-else:", "my order", "What is its number?"),
        ("frame:", "hi", "0012345 said hi"),
    ],
)
async def test_the_flows_answer_what_the_document_says(
    tmp_path: Path, marked: str, word: str, answer: str
) -> None:
    assert (await said(tmp_path / "flow.yaml", marked, word))["text"] == answer


@pytest.mark.parametrize("kind", ["card", "carousel", "date", "list", "form", "picture", "file", "quick"])
async def test_every_kind_of_content_in_the_document_is_shown(tmp_path: Path, kind: str) -> None:
    (item, *_) = (await said(tmp_path / "flow.yaml", "- when: carousel", kind))["content"]
    expected = {"date": "DatePicker", "list": "ListPicker", "quick": "QuickReply", "picture": "Attachment"}
    assert item["contentType"] == expected.get(kind, "Attachment" if kind == "file" else kind.capitalize())


def test_the_mistake_that_is_shown_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "my-flow.yaml"
    path.write_text("name: a\ngreeting:\n  - text: b\n    qickReplies: [c]\n", encoding="utf-8")
    with pytest.raises(Exception, match="4:5") as mistake:
        load_flow(path)
    shown = next(line for line in DOCUMENT.splitlines() if line.startswith("    Error: my-flow.yaml:"))
    assert str(mistake.value).replace(str(path), "my-flow.yaml") == shown.removeprefix("    Error: ")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_command_of_the_document_would_start(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-flow.yaml").write_text(FLOWS[0], encoding="utf-8")
    context = command.make_context("simulate", shlex.split(arguments))
    assert isinstance(build_options(**context.params), SimulatorOptions)


def test_every_fault_and_option_that_is_named_is_there() -> None:
    chapters = DOCUMENT.partition("## Every fault")[0]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    others = {"--url", "--deployment-id", "--crm-id", "--join", "--cacert", "--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", chapters)) <= options | others
    table = chapters.partition("worth trying")[2].partition("## TLS")[0]
    named = [
        name
        for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
        for name in re.findall("`(.*?)`", row)
    ]
    assert len(named) >= 10
    for name in named:
        assert parse_fault(name).fault.name in FAULTS


def test_the_kinds_that_are_named_can_be_aimed_at() -> None:
    rows = DOCUMENT.partition("frames that are received |\n")[2].partition("\n\n")[0].splitlines()[1:]
    columns = [[set(re.findall("`(.*?)`", cell)) for cell in row.strip("| ").split(" | ")] for row in rows]
    assert len(columns) == 4
    for sent, received in columns:
        assert sent <= SENT_KINDS
        assert received <= RECEIVED_KINDS


def test_the_python_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    space: dict[str, Any] = {}
    exec(compile(example, "simulator.md", "exec"), space)
    import asyncio

    asyncio.run(space["test_greeting"]())


def test_the_readme_leads_to_it() -> None:
    assert "(resources/docs/simulator.md)" in (PROJECT / "README.md").read_text(encoding="utf-8")
