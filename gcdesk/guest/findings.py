"""Why an attribute did not arrive as it was sent, and what to do about it, as sentences."""

from __future__ import annotations

from gcdesk.guest.arrival import Cause, Finding

_WHY = {
    Cause.CASE: "Names are compared letter by letter; use the name as it was sent in the flow, too.",
    Cause.PREFIX: "Something puts a prefix before the name, which Web Messaging does not do; look at the flow.",
    Cause.SPACES: "There are blanks around the name; look at what sent it or at the flow.",
    Cause.VALUE: "A flow or a script may have overwritten it.",
    Cause.ABSENT: "Check that it travelled with a message's channel, and that no flow removes it.",
}

NOTHING_ARRIVED = (
    "None arrived under any name, as when attributes travel at the message's top level, the old place: "
    "they belong into channel.metadata.customAttributes."
)
"""What may be the reason if not one attribute arrived (guest API, section 2.2)."""


def why(finding: Finding) -> str:
    """What may be the reason and what to do, in one sentence; empty if all is well."""
    return _WHY[finding.cause] if finding.cause is not None else ""
