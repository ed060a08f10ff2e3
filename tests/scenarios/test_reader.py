"""Scenario files: what is read, and every mistake at its exact place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcdesk.errors import Problem, ScenarioFileError
from gcdesk.scenarios.model import Expect, Pattern, Say
from gcdesk.scenarios.reader import read_file

GOOD = """config: {deploymentId: abc, region: mypurecloud.ie, origin: https://a.example}
scenarios:
  Greets:
    - say: 0012
    - waitForReplyContaining: hello
    - waitForReplyMatching: ^a
    - waitForReplyMatching: {pattern: b, flags: im}
"""


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_as_written(tmp_path: Path, bom: bytes) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(bom + GOOD.encode())
    (scenario,) = read_file(path).scenarios
    assert (scenario.name, scenario.place.deployment_id, scenario.place.region) == (
        "Greets",
        "abc",
        "mypurecloud.ie",
    )
    say, containing, plain, flagged = scenario.steps
    assert isinstance(say, Say)
    assert say.text == "0012"
    assert (say.where.line, say.where.column) == (4, 12)
    assert isinstance(containing, Expect)
    assert containing.condition.containing == ("hello",)
    assert isinstance(plain, Expect)
    assert plain.condition.matching == (Pattern("^a"),)
    assert isinstance(flagged, Expect)
    assert flagged.condition.matching == (Pattern("b", "im"),)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["1:1: The file is empty."]),
        ("scenarios: {}", ["1:12: There is no scenario in scenarios."]),
        ("scenarios: [a]", ["1:12: Scenarios must have keys, with a colon after each."]),
        ("scenario: {}", ["1:1: There is no key scenario in the file. Did you mean scenarios?"]),
        ("config: {}", ["1:1: The file needs the key scenarios."]),
        (
            "scenarios:\n  A:\n  - sya: x\n  - waitForReplyMatching: (\n",
            [
                "3:5: There is no key sya in a step. Did you mean say?",
                "4:27: This is no regular expression (missing ), unterminated subpattern at position 0).",
            ],
        ),
        (
            "scenarios:\n  A:\n  - say: x\n  A:\n  - say: y\n",
            ["4:3: The key A is here twice."],
        ),
        ("scenarios:\n  A: &a [*a]\n", ["2:6: A step must have keys, with a colon after each."]),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, text: str, places: list[str]) -> None:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioFileError) as caught:
        read_file(path)
    assert [str(one) for one in caught.value.problems] == [f"{path}:{place}" for place in places]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.text("&*[]{}:-?!<>|\n a\"'%@#\\0", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(data)
    problems: tuple[Problem, ...] | None = None
    try:
        read_file(path)
    except ScenarioFileError as error:
        problems = error.problems
    assert problems != ()
