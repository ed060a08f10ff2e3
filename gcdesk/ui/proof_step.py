"""The checklist's last step, from what the Platform API told: no Qt, no clock.

The law of this file: arrived is said only of a proof that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcdesk.errors import CredentialsRefusedError, PermissionMissingError
from gcdesk.guest.arrival import Arrival, Cause, Finding
from gcdesk.guest.conversation import CUSTOMER, FlowEnd, PlatformConversation
from gcdesk.guest.findings import NOTHING_ARRIVED, why
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import marked, said
from gcdesk.ui.step import (
    ADD_CREDENTIALS,
    ARRIVED,
    CHECK_AGAIN,
    COPY_CONVERSATION,
    COPY_DETAILS,
    DOCTOR,
    OPEN_ADMIN,
    Step,
    StepStatus,
    Translate,
)
from gcdesk.ui.steps import took
from gcdesk.ui.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof

_LONGEST = 120
# The buttons below must stay in sight.
_MOST_LINES = 2
_FLOWS = frozenset({"workflow", "ivr", "botflow", "bot"})
_QUEUES = frozenset({"acd"})
_PEOPLE = frozenset({"agent", "user"})


class ProofWords:
    """Says what a proof found.

    Args:
        translate: Gives a text in the person's language, called with a context and the English text.
        simulated: Whether the chat runs on the simulator, which is never called Genesys Cloud.
    """

    def __init__(self, translate: Translate, *, simulated: bool) -> None:
        self._translate = translate
        self._simulated = simulated

    def running(self) -> Step:
        """The Platform API is being asked."""
        title = self._either(
            QT_TRANSLATE_NOOP("Proof", "Looking for the attributes in Genesys Cloud"),
            QT_TRANSLATE_NOOP("Proof", "Looking for the attributes in the simulator"),
        )
        return Step(ARRIVED, StepStatus.RUNNING, title)

    def found(self, proof: Proof, *, admin: bool) -> Step:
        """What was found; `admin` tells whether the conversation has a page that can be opened."""
        if proof.error is not None:
            return self._unproven(proof)
        match proof.arrival:
            case Arrival.ARRIVED:
                title = self._either(
                    QT_TRANSLATE_NOOP("Proof", "Arrived in Genesys Cloud"),
                    QT_TRANSLATE_NOOP("Proof", "Arrived in the simulator"),
                )
                status, detail, hint = StepStatus.DONE, self._arrived(proof), ""
            case Arrival.DIFFERS:
                title = self._either(
                    QT_TRANSLATE_NOOP("Proof", "Different in Genesys Cloud"),
                    QT_TRANSLATE_NOOP("Proof", "Different in the simulator"),
                )
                status, detail, hint = StepStatus.FAILED, self._differing(proof), self._hint(proof)
            case Arrival.MISSING:
                title = self._either(
                    QT_TRANSLATE_NOOP("Proof", "Not in Genesys Cloud"),
                    QT_TRANSLATE_NOOP("Proof", "Not in the simulator"),
                )
                status, detail, hint = StepStatus.FAILED, self._differing(proof), self._hint(proof)
            case _:
                return self._unproven(proof)
        where = self._conversation(proof.conversation)
        ends = "\n".join(line for end in proof.flow_ends if (line := self._flow_end(end)))
        actions = [CHECK_AGAIN]
        if proof.conversation is not None and proof.conversation.id:
            actions += [COPY_CONVERSATION, *([OPEN_ADMIN] if admin else [])]
        return Step(
            ARRIVED,
            status,
            title,
            "\n".join(part for part in (detail, where, ends) if part),
            took(proof.seconds),
            hint,
            tuple(actions),
        )

    # Parts

    def _arrived(self, proof: Proof) -> str:
        findings = proof.verdict.findings
        first = findings[0]
        template = (
            self._translate("Proof", "1 of 1 attribute: {key} = {value} on the customer")
            if len(findings) == 1
            else self._translate("Proof", "{number} of {number} attributes: {key} = {value} on the customer")
        )
        return template.format(number=len(findings), key=_short(first.key), value=_short(first.found))

    def _differing(self, proof: Proof) -> str:
        findings = proof.verdict.findings
        wrong = [one for one in findings if one.arrival is not Arrival.ARRIVED]
        lines = [self._line(one) for one in wrong if one.arrival is Arrival.DIFFERS]
        if len(lines) > _MOST_LINES:
            more = self._translate("Proof", "{number} more differ.").format(number=len(lines) - _MOST_LINES)
            lines = [*lines[:_MOST_LINES], more]
        missing = [_short(one.key) for one in wrong if one.arrival is Arrival.MISSING]
        if missing:
            lines.append(
                self._translate("Proof", "Not on the customer: {keys}.").format(keys=", ".join(missing))
            )
        if len(wrong) < len(findings):
            counted = self._translate("Proof", "{arrived} of {all} attributes arrived as sent.")
            lines.append(counted.format(arrived=len(findings) - len(wrong), all=len(findings)))
        return "\n".join(lines)

    def _line(self, finding: Finding) -> str:
        key = _short(finding.key)
        if finding.cause is Cause.VALUE:
            words = self._translate("Proof", "{key} is {found}, but {sent} was sent.")
            return words.format(key=key, found=_short(finding.found), sent=_short(finding.sent))
        words = self._translate("Proof", "{key} is there as {name} = {found}.")
        return words.format(key=key, name=f"“{finding.found_key[:_LONGEST]}”", found=_short(finding.found))

    def _hint(self, proof: Proof) -> str:
        reasons = dict.fromkeys(why(one) for one in proof.verdict.findings)
        hints = [said(reason, self._translate) for reason in reasons if reason]
        if proof.verdict.nothing_arrived:
            hints.append(said(NOTHING_ARRIVED, self._translate))
        return " ".join(hints)

    def _conversation(self, conversation: PlatformConversation | None) -> str:
        if conversation is None:
            return ""
        parts = (
            [self._translate("Proof", "Conversation {id}").format(id=_short(conversation.id))]
            if conversation.id
            else []
        )
        named = (
            (_FLOWS, self._translate("Proof", "flow {name}")),
            (_QUEUES, self._translate("Proof", "queue {name}")),
            (_PEOPLE, self._translate("Proof", "agent {name}")),
        )
        others = []
        for one in conversation.participants:
            words = next((words for purposes, words in named if one.purpose in purposes), "")
            name = one.queue if one.purpose in _QUEUES else one.name
            if words and name:
                parts.append(words.format(name=_short(name)))
            elif one.purpose != CUSTOMER:
                others.append(_short(one.purpose))
        parts += dict.fromkeys(others)
        ended = next((one.ended_by for one in conversation.participants if one.ended_by), "")
        if ended:
            parts.append(self._translate("Proof", "ended by {who}").format(who=_short(ended)))
        return ", ".join(parts)

    def _flow_end(self, end: FlowEnd) -> str:
        """How a flow ended; empty while nothing is known of it."""
        parts = []
        if end.reason:
            parts.append(
                self._translate("Proof", "{flow} ended: {reason}").format(
                    flow=_short(end.flow), reason=_short(end.reason)
                )
            )
        parts += [
            self._translate("Proof", "flow outcome {name}: {value}").format(
                name=_short(name), value=_short(value)
            )
            for name, value in end.outcomes
        ]
        return ", ".join(parts)

    def _unproven(self, proof: Proof) -> Step:
        error = proof.error
        title = self._either(
            QT_TRANSLATE_NOOP("Proof", "Arrival in Genesys Cloud is not proven"),
            QT_TRANSLATE_NOOP("Proof", "Arrival in the simulator is not proven"),
        )
        actions = [CHECK_AGAIN]
        if isinstance(error, CredentialsRefusedError | PermissionMissingError) and not self._simulated:
            actions.append(ADD_CREDENTIALS)
        actions.append(DOCTOR)
        detail = hint = details = ""
        if error is not None:
            detail, hint = said(error.title, self._translate), said(error.hint, self._translate)
            details = "\n".join(part for part in (error.name, error.title, error.hint, error.detail) if part)
            actions.append(COPY_DETAILS)
        return Step(
            ARRIVED, StepStatus.WARNED, title, detail, took(proof.seconds), hint, tuple(actions), details
        )

    def _either(self, real: str, simulated: str) -> str:
        return marked("Proof", simulated if self._simulated else real)


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
