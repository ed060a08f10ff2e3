"""Many chats in one window: beside each other, again, elsewhere, and changed."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from gcdesk.ui.beginning import Beginning
from gcdesk.ui.launch_state import LaunchKind
from tests.ui.stage import PRODUCTION, UAT, stage


async def test_start_again_leaves_the_running_chat_alone(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        first = one.shown
        one.controller.chats.start_again(first)
        assert len(one.bridges) == 2
        assert one.shown is not first
        assert one.shown.crm_id == "CUST-1"
        assert one.bridges[0].asked == []
        assert one.beginnings[1] == Beginning()
        one.controller.chats.start_again(first)
        assert len(one.bridges) == 2, "one start at a time"
        one.bridges[1].configure()
        assert len(one.controller.chats.live) == 2


async def test_a_chat_starts_in_another_environment_with_that_ones_key(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        one.start("CUST-1")
        one.controller.chats.start_elsewhere(one.shown, "Production")
        assert [item.name for item in one.items] == ["UAT", "Production"]
        assert one.window.launch_bar.environment_name() == "Production"
        assert one.bridges[1].attributes["crmId"] == "CUST-1"
        assert "crmCustomerId" not in one.bridges[1].attributes


async def test_attributes_given_go_out_exactly(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        given = {"crmCustomerId": "CUST-1", "tier": "gold"}
        one.controller.chats.start("UAT", "CUST-1", attributes=given)
        assert one.bridges[0].attributes == given
        assert one.shown.attributes == given
        assert one.crm_id.text() == "CUST-1"
        given["tier"] = "changed later"
        assert one.shown.attributes["tier"] == "gold"


async def test_a_drafted_copy_can_be_changed_and_started_beside_its_original(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        original = {"crmCustomerId": "CUST-1", "customerName": "Priya", "timestamp": "2020", "tier": "gold"}
        chats, bar = one.controller.chats, one.window.launch_bar
        chats.start("UAT", "CUST-1", attributes=original)
        one.bridges[0].configure()
        first = one.shown
        chats.start("Production", "CUST-2")
        one.bridges[1].configure()
        chats.draft(first)
        assert (bar.environment_name(), bar.crm_id()) == ("UAT", "CUST-1")
        drafted = bar.attributes()
        assert drafted["tier"] == "gold"
        assert drafted["customerName"] == "Priya"
        assert drafted["timestamp"] > "2026"
        assert drafted["crmCustomerId"] == "CUST-1"
        bar.set_crm_id("CUST-3")
        assert bar.attributes()["crmCustomerId"] == "CUST-3", "the ID is no part of the copy"


async def test_changed_attributes_make_another_chat_of_the_same_customer(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        bar, chats = one.window.launch_bar, one.controller.chats
        one.start("CUST-1")
        assert bar.launch_kind() is LaunchKind.ACTIVE
        bar.take_attributes({**one.shown.attributes, "tier": "gold"})
        assert bar.launch_kind() is LaunchKind.READY
        assert one.type_and_start("CUST-1") is one.bridges[1]
        assert one.bridges[1].attributes["tier"] == "gold"
        one.bridges[1].configure()
        assert bar.launch_kind() is LaunchKind.ACTIVE
        bar.take_attributes(chats.all[0].attributes)
        assert "tier" not in bar.attributes()
        assert one.type_and_start("CUST-1") is None
        assert one.shown is chats.all[0], "with these attributes it goes on already"
