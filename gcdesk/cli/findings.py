"""What became of an attribute, as lines of the terminal."""

from __future__ import annotations

from gcdesk.guest.arrival import Arrival, Cause, Finding
from gcdesk.guest.conversation import FlowEnd
from gcdesk.guest.findings import why


def finding_line(finding: Finding) -> str:
    """One attribute's fate in one line."""
    if finding.arrival is Arrival.ARRIVED:
        return f"arrived  {finding.key} = {finding.found}"
    if finding.arrival is Arrival.MISSING:
        return f"missing  {finding.key}. {why(finding)}"
    if finding.cause is Cause.VALUE:
        return f"differs  {finding.key} = {finding.found}, sent as {finding.sent}. {why(finding)}"
    return f"differs  {finding.key} is there as {finding.found_key} = {finding.found}. {why(finding)}"


def flow_end_lines(end: FlowEnd) -> list[str]:
    """How a flow ended, a line for it and one for each outcome; none while nothing is known."""
    ended = [f"flow     {end.flow} ended: {end.reason}"] if end.reason else []
    return [*ended, *(f"outcome  {name}: {value}" for name, value in end.outcomes)]
