"""A flow file is read whole before anything listens, and every mistake in it is pointed at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.resources import resource_path
from gcdesk.simulator import Flow, FlowError, load_flow

SHIPPED = sorted(path.name for path in resource_path("flows").glob("*.yaml"))


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "flow.yaml"


def load(path: Path, text: str | bytes) -> Flow:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_flow(path)


MISTAKES = [
    ("greeting: hi\nanswres: []", 2, 1, "There is no key answres in a flow. Did you mean answers?"),
    ("fallback: hi\nx: 1", 2, 1, "There is no key x in a flow. There are name, bot, agent, greeting,"),
    ("greeting: hi\ngreeting: ho", 2, 1, "The key greeting is here twice."),
    ("name: nothing", 1, 1, "A flow needs a greeting, answers or a fallback."),
    ("- greeting", 1, 1, "A flow must be a mapping, with a colon after each key."),
    ("greeting:\n  - text: hi\n    qickReplies: [a]", 3, 5, "Did you mean quickReplies?"),
    ("greeting:\n  - typing: soon", 2, 13, "The key typing must be a number from 0 to 600."),
    ("greeting:\n  - pause: 601", 2, 12, "The key pause must be a number from 0 to 600."),
    ("greeting:\n  - {}", 2, 5, "The line is empty."),
    ("greeting: []", 1, 11, "What is said must not be empty."),
    ("greeting:\n  - ''", 2, 5, "What is said is empty."),
    ("greeting:\n  - text:", 2, 10, "What is said must be a text."),
    ("greeting:\n  - " + "x" * 4001, 2, 5, "The text is longer than 4000 characters"),
    ("greeting:\n  - {text: hi, agent: true}", 2, 5, "The key agent stands alone"),
    ("greeting:\n  - {agent: false}", 2, 13, "The key agent is left out where it is not meant."),
    ("greeting:\n  - end: {readonly: true}", 2, 11, "Did you mean readOnly?"),
    ("greeting:\n  - end: perhaps", 2, 10, "The key end must be true or false."),
    ("greeting:\n  - frame: text", 2, 12, "A frame must be a mapping."),
    (
        "greeting:\n  - {card: {title: a}, form: {title: a, pages: []}}",
        2,
        30,
        "A message has one kind of content",
    ),
    ("greeting:\n  - card: {titel: a}", 2, 12, "Did you mean title?"),
    ("greeting:\n  - card: {description: a}", 2, 11, "A card needs the key title."),
    ("greeting:\n  - card: {title: a, link: example.com}", 2, 28, "A link begins with http:// or https://"),
    (
        "greeting:\n  - card: {title: a, link: 'javascript:x()'}",
        2,
        28,
        "A link begins with http:// or https://",
    ),
    (
        "greeting:\n  - card: {title: a, buttons: [{text: b, goto: nowhere}]}",
        2,
        48,
        "There is no step nowhere.",
    ),
    (
        "greeting:\n  - quickReplies: [{text: a, payload: b, goto: c}]\nsteps: {c: {}}",
        2,
        48,
        "either payload or goto",
    ),
    ("greeting:\n  - datePicker: {times: [tomorrow]}", 2, 26, 'A time is written as "+1 09:30"'),
    ("greeting:\n  - datePicker: {times: ['+1 24:00']}", 2, 26, 'A time is written as "+1 09:30"'),
    ("greeting:\n  - listPicker: {sections: [{items: []}]}", 2, 37, "The key items must not be empty."),
    ("greeting:\n  - form: {title: a, pages: [{fields: [{titel: b}]}]}", 2, 41, "Did you mean title?"),
    ("greeting:\n  - image: missing.png", 2, 12, "The file missing.png cannot be read"),
    ("greeting:\n  - attachment: {name: a}", 2, 17, "needs either the key file or the key url"),
    ("answers:\n  - say: hi", 2, 5, "An answer needs the key when."),
    ("answers:\n  - when: hi", 2, 5, "An answer needs the key say or the key goto."),
    ("answers:\n  - {when: {}, say: hi}", 2, 12, "The condition is empty."),
    ("answers:\n  - {when: {caseSensitive: true}, say: hi}", 2, 12, "The condition is empty."),
    ("answers:\n  - {when: {equal: hi}, say: hi}", 2, 13, "Did you mean equals?"),
    (
        "answers:\n  - {when: {matches: '('}, say: hi}",
        2,
        22,
        "no regular expression that can be used: missing ): (.",
    ),
    ("answers:\n  - {when: {matches: '(?=a)'}, say: hi}", 2, 22, "no regular expression that can be used"),
    ("answers:\n  - {when: {matches: '(a)\\1'}, say: hi}", 2, 22, "no regular expression that can be used"),
    ("answers:\n  - {when: {file: maybe}, say: hi}", 2, 19, "The key file must be true or false."),
    ("answers:\n  - {when: {pressed: Datepicker}, say: hi}", 2, 22, "Did you mean DatePicker?"),
    (
        "answers:\n  - {when: hi, goto: oder}\nsteps: {order: {say: a}}",
        2,
        22,
        "There is no step oder. Did you mean order?",
    ),
    ("fallback: a\nsteps:\n  a: {goto: b}\n  b: {goto: a}", 3, 13, "the flow goes round in a circle"),
    ("fallback: a\nsteps:\n  a: {saay: b}", 3, 7, "There is no key saay in a step. Did you mean say?"),
    ("fallback: a\nsteps: [a]", 2, 8, "The key steps must be a mapping"),
    ("fallback: &a b\nname: *a", 1, 11, "Anchors and aliases are not used in flows."),
    ("fallback: !!python/object:os.system {}", 1, 11, "means nothing here."),
    ("fallback: !run b", 1, 11, "The tag !run means nothing here."),
    ("fallback: [a", 1, 13, ""),
    ("fallback:\n\t- a", 2, 1, "that cannot start any token."),
    ("a: b: c", 1, 5, "Mapping values are not allowed here."),
    (
        "fallback: a\n---\nfallback: b",
        2,
        1,
        "Expected a single document in the stream but found another document.",
    ),
    ("", 1, 1, "The file is empty."),
    ("# nothing", 1, 1, "The file is empty."),
    ("fallback: \x07", 1, 1, "This is no YAML"),
    ("- " * 5000, 1, 1, "It is nested too deeply."),
]


@pytest.mark.parametrize(("text", "line", "column", "sentence"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_pointed_at(write: Path, text: str, line: int, column: int, sentence: str) -> None:
    with pytest.raises(FlowError) as wrong:
        load(write, text)
    problem = next(each for each in wrong.value.problems if sentence in each.text)
    assert (problem.line, problem.column) == (line, column)
    assert f"{write}:{line}:{column}: {problem.text}" in str(wrong.value)
    assert problem.text[0].isupper()
    assert problem.text[-1] in ".?"


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(write: Path) -> None:
    with pytest.raises(FlowError) as wrong:
        load(write, "greting: hi\nanswers:\n  - {when: {matches: '('}, say: [{tex: a}]}\nfallback: ''\n")
    assert [each.line for each in wrong.value.problems] == [1, 3, 3, 4]
    with pytest.raises(FlowError, match="and 4 more mistakes"):
        load(write, "".join(f"key{number}: a\n" for number in range(24)))


def test_a_file_that_is_not_utf8_is_pointed_into(write: Path) -> None:
    with pytest.raises(FlowError) as wrong:
        load(write, b"fallback: a\nname: caf\xe9\n")
    assert [(each.line, each.column, each.text) for each in wrong.value.problems] == [
        (2, 10, "This is not UTF-8.")
    ]


def test_a_file_that_is_not_there_or_too_large_is_said_so(write: Path) -> None:
    with pytest.raises(FlowError, match="cannot be read"):
        load_flow(write)
    with pytest.raises(FlowError, match="cannot be read"):
        load_flow(write.parent)
    with pytest.raises(FlowError, match="larger than 1 MiB"):
        load(write, "#" * ((1 << 20) + 1))


@pytest.mark.parametrize("name", ["../secret.txt", "below/../../secret.txt", "{folder}/secret.txt"])
def test_files_outside_the_folder_of_the_flow_are_not_shown(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    inside = tmp_path / "flows"
    (inside / "below").mkdir(parents=True)
    (inside / "below" / "shown.txt").write_text("shown", encoding="utf-8")
    assert load(inside / "flow.yaml", "fallback: {attachment: below/shown.txt}").files
    with pytest.raises(FlowError, match="outside the folder of the flow"):
        load(inside / "flow.yaml", f"fallback: {{attachment: '{name.format(folder=tmp_path)}'}}")


def test_scalars_stay_as_they_are_written(write: Path) -> None:
    flow = load(write, "greeting: [0012345, yes, 1.50, 2026-12-24, 0x10, ~x]\nfallback: true\n")
    assert [line.text for line in flow.greeting] == ["0012345", "yes", "1.50", "2026-12-24", "0x10", "~x"]


def test_a_frame_is_what_yaml_12_says(write: Path) -> None:
    flow = load(
        write, "fallback: {frame: {a: 1, b: True, c: null, d: yes, e: '1', f: [1.5, 0x10], g: 0o7}}\n"
    )
    assert flow.start.fallback[0].frame == {
        "a": 1,
        "b": True,
        "c": None,
        "d": "yes",
        "e": "1",
        "f": [1.5, "0x10"],
        "g": "0o7",
    }


def test_a_byte_order_mark_does_no_harm(write: Path) -> None:
    assert load(write, b"\xef\xbb\xbffallback: a\n").name == "flow"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_flows_that_are_shipped_can_be_played(name: str) -> None:
    flow = load_flow(resource_path("flows", name))
    assert flow.greeting
    assert flow.start.answers
    assert flow.start.fallback
    assert len(SHIPPED) >= 3


@given(st.text())
def test_any_text_is_a_flow_or_a_list_of_mistakes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    try:
        load(path, text.encode(errors="replace"))
    except FlowError as error:
        assert error.problems != []  # noqa: PT017 - what is raised is the point


def test_a_simulator_without_a_flow_loads_no_yaml_reader() -> None:
    program = (
        "import sys; from gcdesk.simulator import SimulatorOptions; from gcdesk.simulator.server import Simulator;"
        "Simulator(SimulatorOptions()); assert not {'ruamel.yaml', 're2', 'cryptography'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
