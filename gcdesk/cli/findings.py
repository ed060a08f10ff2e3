"""What became of an attribute, as sentences."""

from __future__ import annotations

from gcdesk.guest.arrival import Arrival, Cause, Finding

_WHY = {
    Cause.CASE: "Names are compared letter by letter; use the name as it was sent in the flow, too.",
    Cause.PREFIX: "Something puts a prefix before the name, which Web Messaging does not do; look at the flow.",
    Cause.SPACES: "There are blanks around the name; look at what sent it or at the flow.",
    Cause.VALUE: "A flow or a script may have overwritten it.",
    Cause.ABSENT: "Check that it travelled with a message's channel, and that no flow removes it.",
}


def finding_line(finding: Finding) -> str:
    """One attribute's fate in one line."""
    if finding.arrival is Arrival.ARRIVED:
        return f"arrived  {finding.key} = {finding.found}"
    why = _WHY[finding.cause] if finding.cause is not None else ""
    if finding.arrival is Arrival.MISSING:
        return f"missing  {finding.key}. {why}"
    if finding.cause is Cause.VALUE:
        return f"differs  {finding.key} = {finding.found}, sent as {finding.sent}. {why}"
    return f"differs  {finding.key} is there as {finding.found_key} = {finding.found}. {why}"
