"""Everything the simulated service knows, in one place, for all that answer from it."""

from .attachments import Attachments
from .customers import Customers
from .faults import FaultPlan
from .jwt import JwtMint
from .options import SimulatorOptions
from .rates import RateLimit
from .record import Record
from .sessions import Sessions


class TooManyError(Exception):
    """A request over a rate limit. `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class State:
    """The sessions, files and customers of one run. `base` is where it is, such as http://127.0.0.1:80."""

    def __init__(self, options: SimulatorOptions, faults: FaultPlan, record: Record, base: str) -> None:
        self.options = options
        self.faults = faults
        self.record = record
        self.base = base
        self.sessions = Sessions(options.session_seconds)
        self.attachments = Attachments(options, base)
        self.customers = Customers()
        self.mint = JwtMint()

    def now(self) -> float:
        """Epoch seconds by the options' clock."""
        return self.options.clock()

    def take(self, limit: RateLimit) -> None:
        """Count a request. Raises TooManyError when it is over the limit."""
        wait = limit.take(self.now())
        if wait:
            raise TooManyError(wait)
