"""What a simulator can be asked for, checked on entry."""

import math
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .demo import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_DEPLOYMENT_ID
from .faults import FAULTS, FaultPlan
from .files import ServedFile, served_files

if TYPE_CHECKING:
    from .flow import Flow

Clock = Callable[[], float]

PERMISSIONS = (
    "conversation:message:view",
    "conversation:webmessaging:view",
    "conversation:communication:view",
    "conversation:communication:disconnect",
    "analytics:conversationDetail:view",
)
"""What the Platform API's calls ask for (guest API, section 7)."""

UPLOAD_TYPES = (
    *("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/heic"),
    *("video/mp4", "video/3gpp", "video/quicktime", "audio/mpeg", "audio/ogg", "audio/wav"),
    *("application/pdf", "application/zip", "text/plain", "text/csv"),
)
"""The content profile of the simulated deployment."""

BLOCKED_EXTENSIONS = (".ade", ".adp", ".bat", ".cmd", ".com", ".exe", ".js", ".msi", ".ps1", ".scr", ".vbs")

_MIME = re.compile(r"\*/\*|[A-Za-z0-9!#$&^_.+-]+/(?:\*|[A-Za-z0-9!#$&^_.+-]+)")


class SimulatorError(Exception):
    """The simulator cannot run as asked. `title` says what happened, `hint` what to do."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(f"{title} {hint}")
        self.title = title
        self.hint = hint


def _steady_clock() -> Clock:
    # Anchored once: setting this machine's clock back must not bring old rate windows and expiries to life.
    offset = time.time() - time.monotonic()
    return lambda: offset + time.monotonic()


@dataclass(frozen=True)
class SimulatorOptions:
    """The deployment the simulator plays, and how it behaves. Raises SimulatorError for senseless values.

    port: 0 takes any free port; the simulator listens on 127.0.0.1 only.
    frames: a file that gets one JSON line for everything received and sent, written at once.
    faults: names from FAULTS, each as NAME[=VALUE][@WHEN] (see `faults`).
    reply_delay: seconds the bot types before each answer; 0 answers at once, without a typing event.
    allowed_domains: when not empty, only these origins and their sub-domains may connect.
    session_seconds: how long a session lasts after its last message (guest API, section 5: 72 h by default).
    uploads: whether guests may send files; upload_types: which, as MIME types, `image/*` and `*/*` included;
    upload_kilobytes: how large, in units of 1000 bytes (guest API, section 6); blocked_extensions: which never.
    link_seconds: how long a link to put or read a file works (guest API, section 5: about 10 min).
    jwt_seconds: how long the JWT for the history is good.
    sign_in: off; optional, where guests may chat and sign in later; or required, where only who is signed in may
    send messages. sign_in_seconds: how long the JWT of somebody who signed in is good.
    client_id, client_secret: the OAuth client that the Platform API knows; permissions: what its role allows.
    record_delay: seconds until the Platform API knows a conversation (guest API, section 7.2: moments).
    whole_tokens: keep tokens readable in the record, for tests that compare them.
    flow: what the bot says instead of what it says by itself.
    tls: serve wss and https, with a certificate by an authority of this run. tls_authority: a file that gets that
    authority's certificate. tls_certificate, tls_key: a certificate of one's own, and its key, in PEM form.
    clock: seconds since the epoch that never step back.
    """

    port: int = 0
    deployment_id: str = field(default=DEMO_DEPLOYMENT_ID, repr=False)
    frames: Path | None = None
    faults: tuple[str, ...] = ()
    reply_delay: float = 0.0
    autostart: bool = False
    inactive: bool = False
    conversation_clear: bool = True
    conversation_disconnect: Literal["Send", "ReadOnly", "off"] = "Send"
    user_typing: bool = True
    agent_typing: bool = True
    allowed_domains: tuple[str, ...] = ()
    session_seconds: int = 259200
    uploads: bool = True
    upload_types: tuple[str, ...] = UPLOAD_TYPES
    upload_kilobytes: int = 10240
    blocked_extensions: tuple[str, ...] = BLOCKED_EXTENSIONS
    link_seconds: float = 600.0
    jwt_seconds: int = 600
    sign_in: Literal["off", "optional", "required"] = "off"
    sign_in_seconds: int = 3600
    whole_tokens: bool = False
    client_id: str = DEMO_CLIENT_ID
    client_secret: str = field(default=DEMO_CLIENT_SECRET, repr=False)
    permissions: tuple[str, ...] = PERMISSIONS
    record_delay: float = 0.0
    flow: "Flow | None" = None
    tls: bool = False
    tls_authority: Path | None = None
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    clock: Clock = field(default_factory=_steady_clock, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise SimulatorError(
                f"{self.port} is not a port number.", "Choose one from 1 to 65535, or 0 for any free one."
            )
        if not 0 <= self.reply_delay <= 60:
            raise SimulatorError("The reply delay is out of range.", "Choose 0 to 60 seconds.")
        if not 0 <= self.record_delay <= 600:
            raise SimulatorError("The delay of the record is out of range.", "Choose 0 to 600 seconds.")
        if self.session_seconds < 1:
            raise SimulatorError("The session length is out of range.", "Choose one second or more.")
        self._check_files_and_sign_in()
        try:
            uuid.UUID(self.deployment_id)
        except ValueError:
            raise SimulatorError(
                "The deployment ID is not a UUID.", "Leave it out to use the demonstration deployment."
            ) from None
        try:
            self._check_tls(FaultPlan(self.faults))
        except ValueError as error:
            raise SimulatorError(
                str(error), "gcdesk simulate --list-faults lists them all, and --help explains them."
            ) from None

    @property
    def secure(self) -> str:
        """What makes ws and http into wss and https."""
        return "s" if self.tls else ""

    def served_files(self) -> dict[str, ServedFile]:
        """Every file that the simulator's own messages can show, by name."""
        return {**served_files(), **(self.flow.files if self.flow is not None else {})}

    def _check_tls(self, faults: FaultPlan) -> None:
        wrong = next(
            (name for name in FAULTS if name.startswith("certificate-") and faults.plans(name)), None
        )
        if wrong is not None and not self.tls:
            raise SimulatorError(f"The fault {wrong} needs TLS.", "Add --tls.")
        if not self.tls and (self.tls_authority or self.tls_certificate):
            raise SimulatorError("A certificate was named, but TLS is off.", "Add --tls.")
        if self.tls_key is not None and self.tls_certificate is None:
            raise SimulatorError("A key was named without its certificate.", "Add --tls-cert.")
        if self.tls_certificate is not None and self.tls_authority is not None:
            raise SimulatorError(
                "A certificate of your own has an authority of its own.", "Leave out --tls-ca or --tls-cert."
            )

    def _check_files_and_sign_in(self) -> None:
        if any(not _MIME.fullmatch(each) for each in self.upload_types):
            raise SimulatorError(
                "A file type is not a MIME type.", "Write it like image/png, image/* or */*."
            )
        if any(not each.startswith(".") or len(each) < 2 for each in self.blocked_extensions):
            raise SimulatorError("A blocked extension has no dot.", "Write it like .exe.")
        if self.upload_kilobytes < 1:
            raise SimulatorError("The largest file size is out of range.", "Choose one kilobyte or more.")
        if not 0 < self.link_seconds < math.inf:
            raise SimulatorError("The life of file links is out of range.", "Choose more than zero seconds.")
        if self.jwt_seconds < 1 or self.sign_in_seconds < 1:
            raise SimulatorError("The life of a JWT is out of range.", "Choose one second or more.")
        if self.sign_in not in {"off", "optional", "required"}:
            raise SimulatorError(
                f"{self.sign_in!r} is no way to sign in.", "Choose off, optional or required."
            )
