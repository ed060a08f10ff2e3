"""Closing ends everything within two seconds, from every state and in every way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.end_to_end.conftest import OpenDemo
from tests.end_to_end.desktop import Desktop

Reach = Callable[[OpenDemo], Desktop]
Wish = Callable[[Desktop], None]


def just_opened(demo: OpenDemo) -> Desktop:
    return demo()


def typing(demo: OpenDemo) -> Desktop:
    desktop = demo()
    desktop.type("CUST-1")
    return desktop


def configuring(demo: OpenDemo) -> Desktop:
    """The service took the connection and says nothing more."""
    desktop = demo("--fault", "silent")
    desktop.start("1")
    desktop.wait_for_event("opened")
    return desktop


def chatting(demo: OpenDemo) -> Desktop:
    desktop = demo()
    desktop.start("1")
    desktop.wait_for_frame("configureSession")
    desktop.type("hello")
    desktop.key("Return")
    desktop.wait_for_message("hello")
    return desktop


def slowly_answered(demo: OpenDemo) -> Desktop:
    """The goodbye is answered later than anybody wants to wait."""
    desktop = demo("--fault", "slow")
    desktop.start("1")
    desktop.wait_for_frame("configureSession")
    return desktop


def reconnecting(demo: OpenDemo) -> Desktop:
    desktop = demo("--fault", "drop-after-session")
    desktop.start("1")
    desktop.wait_for_event("closed")
    return desktop


def refused(demo: OpenDemo) -> Desktop:
    desktop = demo("--fault", "refuse-403")
    desktop.start("1")
    desktop.wait_for_event("refused")
    return desktop


def counting_down(demo: OpenDemo) -> Desktop:
    desktop = demo("--fault", "refuse-429")
    desktop.start("1")
    desktop.wait_for_event("refused")
    return desktop


def with_two_chats(demo: OpenDemo) -> Desktop:
    desktop = chatting(demo)
    desktop.key("ctrl+n")
    desktop.start("2")
    desktop.wait_for_frame("configureSession", 2)
    return desktop


def left(demo: OpenDemo) -> Desktop:
    desktop = chatting(demo)
    desktop.key("ctrl+w")
    desktop.wait_for_event("closed")
    return desktop


def in_the_environments_dialog(demo: OpenDemo) -> Desktop:
    desktop = demo()
    desktop.key("ctrl+shift+m")
    desktop.wait_for_window("Environments")
    return desktop


STATES: list[Reach] = [
    *(just_opened, typing, configuring, chatting, slowly_answered, reconnecting, refused, counting_down),
    *(with_two_chats, left, in_the_environments_dialog),
]


def by_the_window(desktop: Desktop) -> None:
    desktop.close_window()


def by_quit(desktop: Desktop) -> None:
    desktop.key("ctrl+q")


def by_sigterm(desktop: Desktop) -> None:
    desktop.process.terminate()


def by_sigint(desktop: Desktop) -> None:
    desktop.process.interrupt()


@pytest.mark.parametrize("reach", STATES)
def test_from_every_state_by_a_signal(demo: OpenDemo, reach: Reach) -> None:
    desktop = reach(demo)
    desktop.expect_clean_end(lambda: by_sigterm(desktop))


@pytest.mark.parametrize("reach", [state for state in STATES if state is not in_the_environments_dialog])
def test_from_every_state_by_the_window(demo: OpenDemo, reach: Reach) -> None:
    desktop = reach(demo)
    desktop.expect_clean_end(lambda: by_the_window(desktop))


@pytest.mark.parametrize("wish", [by_quit, by_sigint])
@pytest.mark.parametrize("reach", [just_opened, configuring, chatting])
def test_in_other_ways(demo: OpenDemo, reach: Reach, wish: Wish) -> None:
    desktop = reach(demo)
    desktop.expect_clean_end(lambda: wish(desktop))


def test_twice_is_once(demo: OpenDemo) -> None:
    desktop = chatting(demo)

    def twice() -> None:
        desktop.close_window()
        desktop.process.terminate()

    desktop.expect_clean_end(twice)


def test_a_window_that_another_program_destroys_is_closed(demo: OpenDemo) -> None:
    desktop = chatting(demo)
    desktop.expect_clean_end(desktop.destroy_window)


def test_a_window_that_is_only_put_away_lives_on(demo: OpenDemo) -> None:
    desktop = chatting(demo)
    desktop.unmap_window()
    desktop.map_window()
    desktop.type("still here")
    desktop.key("Return")
    desktop.wait_for_message("still here")
    desktop.expect_clean_end(desktop.close_window)


def test_a_display_that_goes_away_is_one_sentence(demo: OpenDemo) -> None:
    desktop = chatting(demo)
    desktop.cut_off()
    assert desktop.process.wait() == 1
    assert desktop.process.stderr.splitlines()[-1] == "Error: The display went away. Start gcdesk again."
    assert "Traceback" not in desktop.process.stderr
