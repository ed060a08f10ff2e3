"""What can happen to custom attributes between the message and the participant data."""

from collections.abc import Mapping

from .faults import FaultPlan

_LISTED = frozenset({"customerName", "sourceChannel"})
_PREFIX = "context."


def stored(data: Mapping[str, str], faults: FaultPlan) -> dict[str, str]:
    """The participant data as the Platform API tells it, after every fault that is to strike."""
    found = dict(data)
    if faults.hit("attributes-dropped") is not None:
        found = {}
    if faults.hit("attributes-blocked") is not None:
        found = {key: value for key, value in found.items() if key in _LISTED}
    if faults.hit("attributes-renamed") is not None:
        found = {f"{_PREFIX}{key}": value for key, value in found.items()}
    if faults.hit("attributes-lowered") is not None:
        found = {key.lower(): value for key, value in found.items()}
    if faults.hit("attributes-changed") is not None:
        found = {key: value.lstrip("0") or "0" for key, value in found.items()}
    return found
