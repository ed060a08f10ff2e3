"""What the checklist's last step says of the conversation beside the attributes."""

from __future__ import annotations

from gcdesk.chat.verification import Proof
from gcdesk.guest.arrival import compare
from gcdesk.guest.conversation import FlowEnd, read_conversation
from gcdesk.ui.proof_step import ProofWords
from gcdesk.ui.step import StepStatus

SENT = {"crmCustomerId": "0042"}
CONVERSATION = read_conversation(
    {
        "id": "e2a5b1c0",
        "participants": [
            {"purpose": "customer", "attributes": SENT},
            {"purpose": "workflow", "name": "Support"},
            {"purpose": "acd", "queueName": "Orders"},
            {"purpose": "agent", "name": "Lena"},
        ],
    }
)
WORDS = ProofWords(lambda _context, text: text, simulated=False)


def test_participants_queue_and_flow_outcome_are_shown() -> None:
    ends = (FlowEnd("Support", "TRANSFER", (("Solved", "SUCCESS"),)),)
    step = WORDS.found(Proof(compare(SENT, SENT), 1.5, 2, CONVERSATION, flow_ends=ends), admin=True)
    assert step.status is StepStatus.DONE
    lines = step.detail.splitlines()
    assert lines[1] == "Conversation e2a5b1c0, flow Support, queue Orders, agent Lena"
    assert lines[2] == "Support ended: TRANSFER, flow outcome Solved: SUCCESS"


def test_of_a_flow_that_goes_on_nothing_is_said() -> None:
    proof = Proof(compare(SENT, SENT), 1.5, 2, CONVERSATION, flow_ends=(FlowEnd("Support", ""),))
    assert len(WORDS.found(proof, admin=True).detail.splitlines()) == 2
