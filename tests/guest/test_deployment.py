"""The deployment's configuration, read as far as it goes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.deployment import DeploymentConfig, parse_deployment

from .frames_of import sample
from .test_received import VALUES, WRONG, changed, places

SAMPLE = sample("rest.deployment_config")


def conversations(**settings: Any) -> DeploymentConfig:
    return parse_deployment({"status": "Active", "messenger": {"apps": {"conversations": settings}}})


def test_the_sample_is_read() -> None:
    config = parse_deployment(SAMPLE)
    apps = SAMPLE["messenger"]["apps"]["conversations"]
    assert config.active
    assert config.problems == ()
    assert config.warnings == ()
    assert config.autostart == apps["autoStart"]["enabled"]
    assert config.messaging_endpoint == apps["messagingEndpoint"]
    assert config.languages == tuple(SAMPLE["languages"])
    assert config.raw == SAMPLE
    assert "raw" not in repr(config)


@pytest.mark.parametrize(
    ("status", "active"),
    [
        ("Active", True),
        ("active", True),
        ("", True),
        (None, True),
        ("Inactive", False),
        ("Pending", False),
        ("Error", False),
        ("Deleting", False),
        ("Something new", False),
    ],
)
def test_only_a_status_that_says_otherwise_is_a_reason_to_stop(status: str | None, active: bool) -> None:
    assert parse_deployment({"status": status}).active is active
    assert parse_deployment({}).active


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({"autoStart": {"enabled": True}}, "autostart", True),
        ({"conversationClear": {"enabled": True}}, "clear_enabled", True),
        ({"conversationDisconnect": {"enabled": True, "type": "ReadOnly"}}, "disconnect_type", "ReadOnly"),
        ({"conversationDisconnect": {"enabled": True}}, "disconnect_enabled", True),
        ({"showUserTypingIndicator": True}, "show_user_typing", True),
        ({"showAgentTypingIndicator": True}, "show_agent_typing", True),
        ({"markdown": {"enabled": True}}, "markdown", True),
        ({"humanize": {"enabled": True, "bot": {"name": "Max"}}}, "bot_name", "Max"),
        ({"sessionDurationSeconds": 900}, "session_duration_seconds", 900),
        (
            {"messagingEndpoint": "wss://webmessaging.mypurecloud.de"},
            "messaging_endpoint",
            "wss://webmessaging.mypurecloud.de",
        ),
    ],
)
def test_settings_of_the_conversations_app(settings: dict[str, Any], name: str, value: object) -> None:
    assert getattr(conversations(**settings), name) == value
    assert getattr(conversations(), name) in (False, "", None, "Send")


def test_attachments_are_known_only_where_the_key_is() -> None:
    assert parse_deployment({}).attachments is None
    for value in (True, False):
        document = {"messenger": {"fileUpload": {"enableAttachments": value}}}
        assert parse_deployment(document).attachments is value


def test_settings_that_may_keep_a_chat_from_working_are_warnings() -> None:
    def warnings(document: dict[str, Any]) -> str:
        return " ".join(parse_deployment(document).warnings)

    assert "messenger is turned off" in warnings({"messenger": {"enabled": False}})
    off = {"messenger": {"apps": {"conversations": {"enabled": False}}}}
    assert "Conversations are turned off" in warnings(off)
    assert "sign in" in warnings({"auth": {"enabled": True}})
    assert warnings({"auth": {"enabled": True, "allowSessionUpgrade": True}}) == ""


@given(VALUES)
def test_any_document_is_read_somehow(value: object) -> None:
    config = parse_deployment(value)
    assert all(sentence.endswith(".") for sentence in config.problems)


def test_every_single_change_of_the_sample_is_survived() -> None:
    for path in places(SAMPLE):
        for value in WRONG:
            parse_deployment(changed(SAMPLE, path, "replace", value))
        parse_deployment(changed(SAMPLE, path, "drop", None))
    assert copy.deepcopy(sample("rest.deployment_config")) == SAMPLE


@given(st.sampled_from(places(SAMPLE)), VALUES)
def test_an_odd_field_costs_only_itself(path: tuple[str | int, ...], value: object) -> None:
    config = parse_deployment(json.loads(json.dumps(changed(SAMPLE, path, "add", value))))
    assert config.status == "Active"
