"""How far the custom attributes have come: on which frame they ride, and when they count as delivered.

The whole set goes on the Join, if there is one, and on the first message; it is kept until the echo of that frame
returns, and goes again after a refusal that did not concern it or after a break (guest API, section 2.2). Repeating
the same keys is harmless, because they overwrite.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gcdesk.guest.attributes import byte_counts
from gcdesk.guest.events import AttributeStatus, Carrier


class AttributeDelivery:
    """The custom attributes of one session, by the frames that carry them.

    Args:
        attributes: Key to text, exactly as it goes out.
    """

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._attributes: Mapping[str, str] = MappingProxyType(dict(attributes))
        self._carriers: dict[str, Carrier] = {}
        self._unsure: dict[str, Carrier] = {}
        self._owed_to_message = True
        self.status = AttributeStatus.PENDING

    @property
    def attributes(self) -> Mapping[str, str]:
        """The set as it goes out; read-only."""
        return self._attributes

    @property
    def size(self) -> int:
        """Bytes that count against the service's limit, by the stricter of the two ways to count."""
        return max(byte_counts(self._attributes))

    @property
    def carrier(self) -> Carrier | None:
        """The kind of frame the set is under way on, None while it waits."""
        return next(reversed(self._carriers.values()), None)

    def replace(self, attributes: Mapping[str, str]) -> bool:
        """Take a new set and owe it to the service again; False if it equals the old one and was not refused."""
        if dict(attributes) == dict(self._attributes) and self.status is not AttributeStatus.REFUSED:
            return False
        self._attributes = MappingProxyType(dict(attributes))
        self.renew()
        return True

    def renew(self) -> None:
        """Start over, as a new session needs the whole set."""
        self._carriers.clear()
        self._unsure.clear()
        self._owed_to_message = True
        self.status = AttributeStatus.PENDING

    def for_join(self) -> Mapping[str, str] | None:
        """What to put on a Join, None if nothing is owed."""
        return self._attributes if self._attributes and self.status is AttributeStatus.PENDING else None

    def for_message(self) -> Mapping[str, str] | None:
        """What to put on a message, None if an earlier message carries or carried it."""
        if not self._attributes or not self._owed_to_message or self.status is AttributeStatus.REFUSED:
            return None
        return None if Carrier.MESSAGE in self._carriers.values() else self._attributes

    def carried(self, tracing_id: str, carrier: Carrier) -> bool:
        """A frame with the set went out; True if the status changed."""
        self._carriers[tracing_id] = carrier
        return self._become(AttributeStatus.SENT, unless=AttributeStatus.ECHOED)

    def echoed(self, tracing_id: str) -> bool:
        """The echo of a frame came back; True if the set counts as delivered by it for the first time."""
        carrier = self._carriers.pop(tracing_id, None)
        if carrier is None:
            return False
        if carrier is Carrier.MESSAGE:
            self._owed_to_message = False
        return self._become(AttributeStatus.ECHOED)

    def resumed(self, tracing_id: str) -> bool:
        """A frame that a break left unsure did arrive: it counts as under way again; True if that is news."""
        carrier = self._unsure.pop(tracing_id, None)
        return carrier is not None and tracing_id not in self._carriers and self.carried(tracing_id, carrier)

    def carrier_of(self, tracing_id: str) -> Carrier | None:
        """The kind of frame with that tracing ID, None if it does not carry the set."""
        return self._carriers.get(tracing_id)

    def returned(self, tracing_id: str) -> bool:
        """A carrying frame was refused for another reason: the set waits for the next one; True if that is news."""
        if self._carriers.pop(tracing_id, None) is None or self._carriers:
            return False
        return self._become(AttributeStatus.PENDING, unless=AttributeStatus.ECHOED)

    def refused(self) -> bool:
        """The service refused the set itself (4013): nothing is sent again until the set is replaced."""
        self._carriers.clear()
        self._unsure.clear()
        return self._become(AttributeStatus.REFUSED)

    def interrupted(self) -> bool:
        """The connection broke: what was under way is owed again; True if that is news."""
        under_way = bool(self._carriers)
        self._unsure.update(self._carriers)
        self._carriers.clear()
        return under_way and self._become(AttributeStatus.PENDING, unless=AttributeStatus.ECHOED)

    def _become(self, status: AttributeStatus, unless: AttributeStatus | None = None) -> bool:
        if self.status is unless or self.status is status:
            return False
        self.status = status
        return True
