"""What becomes of a frame on its way out: the faults that aim at frames sent, in one fixed order."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from . import trouble
from .answers import Frame
from .faults import FaultPlan, Planned
from .kinds import sent_kinds
from .options import Clock
from .record import iso_time
from .wire import Parcel, Shape

HELD_SECONDS = 1.0
"""After this long a frame that waits for later ones leaves all the same."""

_SHAPES = {
    "cut-mid-frame": Shape.HALF_THEN_RESET,
    "stall-mid-frame": Shape.HALF_THEN_NOTHING,
    "fragments": Shape.FRAGMENTS,
    "trickle": Shape.TRICKLE,
}


@dataclass(eq=False)
class _Held:
    """A frame that waits until so many others have left."""

    parcel: Parcel
    left: int
    fault: str
    timer: asyncio.TimerHandle | None = None


class Outgoing:
    """One connection's way out. `post` puts a parcel into the connection's outbox."""

    def __init__(self, faults: FaultPlan, post: Callable[[Parcel], None], clock: Clock) -> None:
        self._faults = faults
        self._post = post
        self._clock = clock
        self._broken = trouble.broken_frames()
        self._mute = False
        self._held: list[_Held] = []

    def send(self, frame: Frame) -> None:
        """Send a frame, or what the faults leave of it."""
        if self._mute:
            return
        answers_configure = frame.get("class") == "SessionResponse" and frame["body"]["connected"]
        if answers_configure and self._faults.strike("message-before-session"):
            self._pass_on(trouble.stray_message("This message comes before the session answer."))
        frame = self._spoilt(frame)
        self._pass_on(frame)
        if answers_configure:
            if self._faults.strike("session-twice"):
                self._pass_on(frame)
            if self._faults.hit("drop-after-session"):
                self._post(Parcel(cut=True))

    def close(self) -> None:
        """Forget the frames that still wait."""
        for held in self._held:
            if held.timer is not None:
                held.timer.cancel()
        self._held.clear()

    def _spoilt(self, frame: Frame) -> Frame:
        if frame.get("class") == "UploadSuccessEvent" and self._faults.strike("upload-failure"):
            return trouble.failed_upload(frame, iso_time(self._clock()))
        if frame.get("class") == "JwtResponse":
            for name in ("jwt-expired", "jwt-wrong"):
                if self._faults.strike(name):
                    frame = trouble.bad_jwt(frame, expired=name == "jwt-expired")
        return frame

    def _pass_on(self, frame: Frame) -> None:
        struck = {planned.fault.name: planned for planned in self._faults.hits("sent", sent_kinds(frame))}
        self._mute = self._mute or "mute" in struck
        if self._mute or "lost" in struck:
            return
        delay = _delay(struck)
        if "cut-before" in struck:
            self._post(Parcel(cut=True, delay=delay))
            return
        self._insert(struck, delay)
        for name, change in trouble.CHANGED.items():
            if name in struck:
                frame = change(frame)
        shape = next((shape for name, shape in _SHAPES.items() if name in struck), Shape.WHOLE)
        self._send_or_hold(Parcel(frame, shape, delay), struck)
        if "cut-after" in struck:
            self._post(Parcel(cut=True))
        elif "close-after" in struck:
            self._post(Parcel(close_code=int(struck["close-after"].value)))

    def _insert(self, struck: dict[str, Planned], delay: float) -> None:
        if "malformed" in struck:
            self._post(Parcel(next(self._broken), delay=delay))
        for name, make in trouble.STRAY.items():
            if name in struck:
                self._post(Parcel(make(), delay=delay))
        if "invalid-utf8" in struck:
            self._post(Parcel(b'{"text": "\xc3\x28"}', Shape.INVALID_UTF8, delay))
        if "bad-opcode" in struck:
            self._post(Parcel("reserved", Shape.RESERVED_OPCODE, delay))

    def _send_or_hold(self, parcel: Parcel, struck: dict[str, Planned]) -> None:
        earlier = list(self._held)
        if "late" in struck:
            self._hold(parcel, int(struck["late"].value), "late")
        elif "reorder" in struck and not any(held.fault == "reorder" for held in earlier):
            self._hold(parcel, 1, "reorder")
        else:
            self._post(parcel)
            if "duplicate" in struck:
                self._post(parcel)
            if "duplicate-late" in struck:
                self._hold(parcel, 1, "duplicate-late")
            self._overtake(earlier)

    def _hold(self, parcel: Parcel, frames: int, fault: str) -> None:
        held = _Held(parcel, frames, fault)
        held.timer = asyncio.get_running_loop().call_later(HELD_SECONDS, self._release, held)
        self._held.append(held)

    def _overtake(self, earlier: list[_Held]) -> None:
        for held in earlier:
            held.left -= 1
            if held.left <= 0:
                self._release(held)

    def _release(self, held: _Held) -> None:
        if held in self._held:
            self._held.remove(held)
            if held.timer is not None:
                held.timer.cancel()
            self._post(held.parcel)


def _delay(struck: dict[str, Planned]) -> float:
    slow = struck["slow"].value if "slow" in struck else 0.0
    if "jitter" not in struck:
        return slow
    return slow + struck["jitter"].value * secrets.randbelow(1001) / 1000
