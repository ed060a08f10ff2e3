"""Every sample frame decodes, and the client's encode back to the same JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gcdesk.guest import frames
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.frames import UnknownRequest
from gcdesk.guest.lenient import Reader
from gcdesk.guest.received import ErrorBody, StringBody, UnknownBody, decode_frame
from gcdesk.guest.received import structured_message as read_message

from .frames_of import LEGACY, names, sample, sample_text

CLIENT, SERVER = names("client."), names("server.")

# Forms that only other clients send; they are kept as they came, not read into our own types.
NOT_OURS = {
    LEGACY,
    "client.on_message.attachment_only.json",
}


def test_the_index_names_every_sample(sample_frames: Path) -> None:
    indexed = json.loads((sample_frames / "_index.json").read_text(encoding="utf-8"))
    files = {path.name for path in sample_frames.glob("*.json")} - {"_index.json"}
    assert set(indexed) == files
    assert len(CLIENT) > 20
    assert len(SERVER) > 40


@pytest.mark.parametrize("name", CLIENT)
def test_client_samples_encode_back_to_the_same_json(name: str) -> None:
    text = sample_text(name)
    request = frames.decode_request(text)
    assert json.loads(frames.encode(request)) == json.loads(text)
    assert isinstance(request, UnknownRequest) == (name in NOT_OURS)


@pytest.mark.parametrize("name", CLIENT)
def test_client_samples_decode_from_bytes_as_from_text(name: str) -> None:
    text = sample_text(name)
    assert frames.decode_request(text.encode()) == frames.decode_request(text)


@pytest.mark.parametrize("name", SERVER)
def test_server_samples_are_read_without_a_problem(name: str) -> None:
    text = sample_text(name)
    frame = decode_frame(text)
    assert frame.problems == ()
    assert frame.text == text
    assert frame.value == json.loads(text)
    assert frame.cls == sample(name)["class"]
    assert frame.code == sample(name)["code"]
    assert not isinstance(frame.body, UnknownBody)


@pytest.mark.parametrize("name", SERVER)
def test_a_server_sample_is_a_refusal_exactly_if_it_reports_an_error(name: str) -> None:
    frame = decode_frame(sample_text(name))
    is_error = isinstance(frame.body, StringBody | ErrorBody)
    assert (frame.refusal is not None) == is_error
    assert ("error" in name or "too_many" in name or "failure" in name) == is_error


def test_the_dead_place_for_attributes_stays_unknown() -> None:
    request = frames.decode_request(sample_text(LEGACY))
    assert isinstance(request, UnknownRequest)
    assert "channel" in request.value


def test_a_page_of_history_is_read_message_by_message() -> None:
    problems: list[str] = []
    page = Reader(sample("rest.history_page"), "", problems)
    messages = [read_message(entity) for entity in page.readers("entities")]
    assert messages
    assert problems == []
    assert all(message.id and message.direction for message in messages)


def test_the_deployment_sample_is_read_without_a_problem() -> None:
    config = parse_deployment(sample("rest.deployment_config"))
    assert config.problems == ()
    assert config.active
    assert config.status == "Active"
