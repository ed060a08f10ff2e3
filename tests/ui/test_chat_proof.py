"""When a chat asks whether its attributes arrived, and about which set."""

from __future__ import annotations

from collections.abc import Mapping

from pytestqt.qtbot import QtBot

from gcdesk.chat.target import Target
from gcdesk.chat.verification import Proof
from gcdesk.guest import events
from gcdesk.guest.arrival import compare
from gcdesk.guest.conversation import read_conversation
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.events import AttributeStatus
from gcdesk.guest.received import decode_frame
from gcdesk.guest.regions import endpoint_for_region
from gcdesk.guest.witness import witness
from gcdesk.ui.chat_proof import ChatProof
from gcdesk.ui.platform_access import PlatformAccess
from gcdesk.ui.prover import Prover, Windows
from gcdesk.ui.step import ARRIVED, CHECK_AGAIN, COPY_CONVERSATION, OPEN_ADMIN, Step, StepStatus
from tests.ui.fakes import AT, _never

PURPOSES = {"participants": [{"purpose": "customer", "attributes": {"crm": "1"}}], "id": "e2a5"}


class FakeProver(Prover):
    """A prover that notes what it is asked."""

    def __init__(self) -> None:
        super().__init__(_never, _never, Windows())
        self.asked: list[tuple[dict[str, str], str, str]] = []
        self.stopped = 0

    def prove(
        self, attributes: Mapping[str, str], *, message_id: str = "", conversation_id: str = ""
    ) -> None:
        self.asked.append((dict(attributes), message_id, conversation_id))

    def stop(self) -> None:
        self.stopped += 1


def echo(body: str, direction: str = "Inbound") -> events.FrameReceived:
    text = f'{{"type":"message","class":"StructuredMessage","code":200,"body":{{"direction":"{direction}",{body}}}}}'
    return events.FrameReceived(AT, decode_frame(text), len(text))


TYPING = '"id":"t1","type":"Event","events":[{"eventType":"Typing","typing":{"type":"On"}}]'
JOIN = '"id":"j1","type":"Event","events":[{"eventType":"Presence","presence":{"type":"Join"}}]'
TEXT = '"id":"m1","type":"Text","text":"hello"'


def changed(status: AttributeStatus, **attributes: str) -> events.AttributesChanged:
    return events.AttributesChanged(AT, status, attributes, 9)


def test_only_what_is_recorded_is_a_witness() -> None:
    assert [witness(echo(body).frame) for body in (TYPING, JOIN, TEXT)] == ["", "j1", "m1"]
    assert witness(echo(TEXT, "Outbound").frame) == ""


def test_it_asks_once_the_echo_has_come_and_again_for_another_set(qtbot: QtBot) -> None:
    prover = FakeProver()
    proof = ChatProof(prover, simulated=False)
    proof.take(echo(TYPING))
    proof.take(changed(AttributeStatus.SENT, crm="1"))
    proof.take(echo(TEXT))
    assert not prover.asked, "nothing is asked before the attributes' echo"
    proof.take(changed(AttributeStatus.ECHOED, crm="1"))
    assert prover.asked == [({"crm": "1"}, "m1", "")]
    waiting = Step(ARRIVED, StepStatus.WAITING, "Arrival")
    assert proof.step(waiting).title == "Looking for the attributes in Genesys Cloud"
    prover.found.emit(Proof(compare({"crm": "1"}, {"crm": "1"}), 1.9, 1, read_conversation(PURPOSES)))
    assert proof.step(waiting).title == "Arrived in Genesys Cloud"
    proof.take(changed(AttributeStatus.PENDING, crm="2"))
    assert proof.step(waiting) is waiting, "what was proved was another set"
    proof.take(changed(AttributeStatus.ECHOED, crm="2"))
    assert prover.asked[1:] == [({"crm": "2"}, "m1", "")]


def test_the_admin_page_is_that_of_the_region(qtbot: QtBot) -> None:
    prover = FakeProver()
    proof = ChatProof(prover, simulated=False)
    target = Target(endpoint_for_region("mypurecloud.de"), "d")
    access = PlatformAccess(target, "", Credentials("c", "hidden"), "mypurecloud.de")
    assert "hidden" not in repr(access)
    prover.know(access, None)
    prover.found.emit(Proof(compare({"crm": "1"}, {"crm": "1"}), 1.9, 1, read_conversation(PURPOSES)))
    found = proof.step(Step(ARRIVED, StepStatus.WAITING, ""))
    assert found.actions == (CHECK_AGAIN, COPY_CONVERSATION, OPEN_ADMIN)
    assert proof.admin_address == "https://apps.mypurecloud.de/directory/#/analytics/interactions/e2a5/admin"
