"""Whether one chat's attributes arrived: asks once their echo came, and again whenever somebody wants to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event
from gcdesk.ui.said import told
from gcdesk.ui.step import DOCTOR, Step, StepStatus

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof
    from gcdesk.ui.prover import Prover

translate = QCoreApplication.translate


class ChatProof(QObject):
    """What is proved of one chat.

    Args:
        prover: Asks the Platform API; None where nothing can be asked.
        simulated: Whether the chat runs on the simulator.
        parent: The Qt parent.
    """

    changed = Signal()
    """The step, or what can be done, changed."""

    def __init__(self, prover: Prover | None, *, simulated: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prover = prover
        self._simulated = simulated
        self._attributes: Mapping[str, str] = {}
        self._echoed = False
        self._message_id = ""
        self._asking = False
        self.proof: Proof | None = None
        if prover is not None:
            prover.setParent(self)
            prover.found.connect(self._found)
            prover.looked.connect(self._looked)

    @property
    def conversation_id(self) -> str:
        """The conversation, once it is known."""
        conversation = self.proof.conversation if self.proof is not None else None
        return conversation.id if conversation is not None else ""

    @property
    def admin_address(self) -> str:
        """The conversation's page in the admin pages; empty where there is none."""
        access = self._prover.access if self._prover is not None else None
        return access.admin_address(self.conversation_id) if access is not None else ""

    @property
    def can_end(self) -> bool:
        """Whether the Platform API can be asked to end the conversation."""
        known = bool(self._message_id or self.conversation_id)
        return known and self.able

    @property
    def able(self) -> bool:
        """Whether there are credentials to ask the Platform API with."""
        return self._prover is not None and self._prover.able

    def take(self, event: Event) -> None:
        """Learn from an event of the chat."""
        match event:
            case events.FrameReceived() if not self._message_id:
                # Known to every chat by now, but not to the window that opens.
                from gcdesk.guest.witness import witness

                self._message_id = witness(event.frame)
                self._ask_first()
            case events.AttributesChanged(status=AttributeStatus.ECHOED):
                if not self._echoed or event.attributes != self._attributes:
                    self._attributes, self._echoed, self.proof = dict(event.attributes), True, None
                    self._asking = False
                    self._ask_first()
            case events.AttributesChanged():
                self._waits_again(event.attributes)
            case events.SessionRenewed():
                self._message_id, self.proof = "", None
                self._stop()

    def check_again(self) -> None:
        """Ask once more, whatever was found before."""
        if self._prover is None or not self._echoed or not (self._message_id or self.conversation_id):
            return
        self._asking = True
        self._prover.prove(
            self._attributes, message_id=self._message_id, conversation_id=self.conversation_id
        )
        self.changed.emit()

    def end(self, done: Callable[[], None], failed: Callable[[GcdeskError], None]) -> None:
        """End the conversation for everybody through the Platform API; only where `can_end`."""
        if self._prover is not None:
            self._prover.end(done, failed, message_id=self._message_id, conversation_id=self.conversation_id)

    def step(self, known: Step) -> Step:
        """The last step, in place of what the chat's own events know of it."""
        if self._asking or self.proof is not None:
            # Loaded when there is something to say: the window opens without.
            from gcdesk.ui.proof_step import ProofWords

            words = ProofWords(translate, simulated=self._simulated)
            if self._asking or self.proof is None:
                return words.running()
            return words.found(self.proof, admin=bool(self.admin_address))
        trouble = self._prover.trouble if self._prover is not None else None
        if trouble is None or self._echoed:
            return known
        return replace(
            known,
            status=StepStatus.WARNED,
            title=translate("Proof", "The org could not be compared"),
            detail=told(trouble),
            hint=translate("Proof", "The chat goes on; check yourself that it is the right org."),
            actions=(DOCTOR,),
        )

    # Inside

    def _ask_first(self) -> None:
        if self._echoed and self._attributes and not self._asking and self.proof is None:
            self.check_again()

    def _waits_again(self, attributes: Mapping[str, str]) -> None:
        if self._echoed and attributes != self._attributes:
            # What was proved was another set.
            self._echoed, self.proof = False, None
            self._stop()

    def _stop(self) -> None:
        self._asking = False
        if self._prover is not None:
            self._prover.stop()

    def _found(self, proof: Proof) -> None:
        self._asking, self.proof = False, proof
        self.changed.emit()

    def _looked(self) -> None:
        self._asking = False
        self.changed.emit()
