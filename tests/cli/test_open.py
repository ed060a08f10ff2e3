"""`gcdesk open` and `gcdesk links`: what is wrong is said in the terminal, before any window opens."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from gcdesk.desk.opening import Opening, read_link
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Give --crm-id ID, or a link."),
        (["--crm-id", ""], "The CRM customer ID is empty."),
        (["--crm-id", "1", "--attribute", "a"], "is not KEY=VALUE"),
        (["--crm-id", "1", "--attribute", "a=1", "--attribute", "a=2"], "is given twice"),
        (["--crm-id", "1", "gcdesk://start?crm=2"], "together with options"),
        (["--", "gcdesk://start?crm=2", "--env"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_asked_for_is_bad_input(gcdesk: Gcdesk, arguments: list[str], words: str) -> None:
    process = gcdesk("open", *arguments)
    assert process.wait() == 2
    assert words in process.stderr


def test_a_link_is_made_and_says_the_same(gcdesk: Gcdesk) -> None:
    process = gcdesk("links", "make", "--env", "UAT", "--crm-id", "+49 30", "--attribute", "note=a&b")
    assert process.wait() == 0
    assert read_link(process.stdout.strip()) == Opening("UAT", "+49 30", {"note": "a&b"})


@pytest.mark.skipif(sys.platform != "linux", reason="the desktop's files are Linux's")
def test_taking_back_what_was_never_registered_says_so(gcdesk: Gcdesk, tmp_path: object) -> None:
    process = gcdesk("links", "unregister", environment={"XDG_DATA_HOME": str(tmp_path)})
    assert process.wait() == 0
    assert process.stdout == "They were not registered here.\n"
