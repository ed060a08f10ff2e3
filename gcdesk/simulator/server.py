"""The simulator itself: every service of Genesys Cloud that gcdesk uses, on one port of this machine."""

import asyncio
import contextlib
import errno
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from .conversations import Conversation
from .deployment import config_document, domains_document, is_deployment, origin_allowed
from .faults import FaultPlan
from .file_routes import FileRoutes, store_error
from .guest_socket import GuestSocket
from .history_routes import HistoryRoutes
from .http_trouble import http_trouble, refused
from .masking import mask_deployment
from .options import SimulatorError, SimulatorOptions
from .platform_routes import PlatformRoutes
from .rates import CONNECTIONS_PER_DEPLOYMENT, RateLimit
from .record import Entry, Record
from .service import Service
from .sign_in_routes import SignInRoutes
from .state import State

__all__ = ["Simulator", "SimulatorError", "SimulatorOptions", "SimulatorThread", "serve"]

_HOST = "127.0.0.1"
_GOODBYE_SECONDS = 0.4
_JOIN_SECONDS = 5.0
_SMALL_BODY = 1 << 20
_DEPLOYMENTS = "/webdeployments/v1/deployments/{deployment_id}"
_ABOUT = """This is the gcdesk simulator, a local stand-in for Genesys Cloud Web Messaging.
It is not Genesys Cloud.
Guest socket: {url}
Deployment: {deployment}
"""
_HANDSHAKE_FAULTS = ("refuse-401", "refuse-403", "refuse-404", "refuse-503", "refuse-NNN")


class Simulator:
    """A running simulator, inside `async with`, in the loop that entered it.

    Entering raises SimulatorError when the port is taken or the frames file cannot be written. Leaving closes
    every connection, waits for every task and takes less than a second, whatever the clients do.
    """

    def __init__(self, options: SimulatorOptions | None = None) -> None:
        self.options = options or SimulatorOptions()
        self._faults = FaultPlan(self.options.faults, self._note_fault)
        self._record = Record(None, self.options.clock)
        self._connection_rate = RateLimit(*CONNECTIONS_PER_DEPLOYMENT)
        self._sockets: dict[GuestSocket, asyncio.Event] = {}
        self._connections = 0
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._service: Service | None = None

    @property
    def url(self) -> str:
        """The guest socket's address."""
        return f"ws{self.options.secure}://{self._place}/v1"

    @property
    def deployment_id(self) -> str:
        """The deployment it plays."""
        return self.options.deployment_id

    @property
    def record(self) -> list[Entry]:
        """The newest entries of the record, oldest first, tokens masked unless the options say otherwise."""
        return self._record.entries

    @property
    def conversations(self) -> list[Conversation]:
        """Every conversation there was, oldest first: messages, participant data, and how it ended."""
        return self._service.conversations if self._service is not None else []

    def tick(self) -> None:
        """Act on what the options' clock says by now, where that clock does not pass by itself."""
        if self._service is not None:
            self._service.tick()

    async def wait_for(self, predicate: Callable[[Entry], bool], timeout: float = 5.0) -> Entry:
        """The first entry of the record, past or to come, that the predicate accepts. Raises TimeoutError."""
        return await self._record.wait_for(predicate, timeout)

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self, *, cut: bool = False) -> None:
        """Stop. Clients get a closing handshake (1001) and a moment to answer it, or none with `cut`."""
        runner, service, self._runner = self._runner, self._service, None
        if runner is None or service is None:
            return
        for site in list(runner.sites):
            await site.stop()
        await service.close()
        if not cut:
            await self._say_goodbye()
        for guest in self._sockets:
            guest.cut_now()
        await runner.cleanup()
        self._record.event("stopped")
        self._record.close()

    def _note_fault(self, name: str) -> None:
        self._record.event("fault", name=name)

    @property
    def _place(self) -> str:
        return f"{_HOST}:{self._port}"

    async def _open(self) -> None:
        options = self.options
        self._record = Record(options.frames, options.clock, whole_tokens=options.whole_tokens)
        encrypted = self._encrypted()
        try:
            listening = socket.create_server((_HOST, options.port))
        except OSError as error:
            self._record.close()
            raise _not_listening(options.port, error) from error
        self._port = listening.getsockname()[1]
        state = State(options, self._faults, self._record, f"http{options.secure}://{self._place}")
        self._service = Service(state)
        runner = web.AppRunner(self._application(state, self._service), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, listening, ssl_context=encrypted).start()
        self._runner = runner
        self._record.event("started", url=self.url, deploymentId=mask_deployment(options.deployment_id))

    def _encrypted(self) -> ssl.SSLContext | None:
        if not self.options.tls:
            return None
        # Most simulators speak plain HTTP, and are to start without a library for certificates.
        from .tls import Certificates

        try:
            return Certificates(self.options, self._faults).context()
        except SimulatorError:
            self._record.close()
            raise

    async def _say_goodbye(self) -> None:
        for guest in self._sockets:
            guest.close(1001)
        closed = [asyncio.ensure_future(done.wait()) for done in self._sockets.values()]
        if closed:
            _, late = await asyncio.wait(closed, timeout=_GOODBYE_SECONDS)
            for waiting in late:
                waiting.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _application(self, state: State, service: Service) -> web.Application:
        application = web.Application(
            middlewares=[http_trouble(self._faults, self._record)],
            # A whole upload may have to be read, if only to refuse it.
            client_max_size=self.options.upload_kilobytes * 1000 + _SMALL_BODY,
        )
        application.add_routes(
            [
                web.get("/", self._about),
                web.get("/v1", self._guest),
                web.get(f"{_DEPLOYMENTS}/config.json", self._config),
                web.get(f"{_DEPLOYMENTS}/domains.json", self._domains),
                *FileRoutes(state, service).routes(),
                *HistoryRoutes(state).routes(),
                *SignInRoutes(state, service).routes(),
                *PlatformRoutes(state, service).routes(),
            ]
        )
        return application

    async def _about(self, _request: web.Request) -> web.Response:
        deployment = mask_deployment(self.deployment_id)
        return web.Response(text=_ABOUT.format(url=self.url, deployment=deployment))

    async def _config(self, request: web.Request) -> web.Response:
        inactive = self.options.inactive or self._faults.has("inactive")
        return self._document(request, config_document(self.options, self._place, inactive=inactive))

    async def _domains(self, request: web.Request) -> web.Response:
        return self._document(request, domains_document(self.options))

    def _document(self, request: web.Request, document: object) -> web.Response:
        if self._faults.strike("no-config"):
            answer = web.Response(status=500, text="Internal server error")
        elif not is_deployment(self.options, request.match_info["deployment_id"]):
            # The CDN answers 403, not 404, for a deployment it does not know (guest API, section 1.4).
            answer = store_error(403, "AccessDenied", "Access Denied")
        else:
            answer = web.json_response(document)
        self._record.event("document read", name=request.path.rpartition("/")[2], status=answer.status)
        return answer

    async def _guest(self, request: web.Request) -> web.StreamResponse:
        refusal = self._refusal(request)
        if refusal is not None:
            self._record.event("refused", status=refusal.status, reason=refusal.text)
            return refusal
        if self._service is None:
            return web.Response(status=503, text="The simulator is not ready.")
        self._connections += 1
        guest = GuestSocket(self._connections, self._service, self._faults, self._record)
        done = self._sockets[guest] = asyncio.Event()
        try:
            return await guest.serve(request)
        finally:
            del self._sockets[guest]
            done.set()

    def _refusal(self, request: web.Request) -> web.Response | None:
        if not web.WebSocketResponse().can_prepare(request):
            return web.Response(status=400, text="This address is for WebSocket connections.")
        now = self.options.clock()
        struck = self._faults.hit(*_HANDSHAKE_FAULTS)
        if struck is not None:
            return refused(struck.number)
        wait = self._faults.hold("refuse-429", now) or self._connection_rate.take(now)
        if wait:
            return web.Response(status=429, text="Too many requests", headers={"Retry-After": str(wait)})
        if not is_deployment(self.options, request.query.get("deploymentId", "")):
            return web.Response(status=403, text="Deployment not found")
        if self.options.inactive or self._faults.strike("inactive"):
            return web.Response(status=403, text="Deployment is inactive")
        if not origin_allowed(self.options, request.headers.get("Origin", "")):
            return web.Response(status=403, text="Origin not allowed")
        return None


def _not_listening(port: int, error: OSError) -> SimulatorError:
    if error.errno == errno.EADDRINUSE:
        return SimulatorError(
            f"Port {port} is already in use.", "Choose another port, or 0 for any free one."
        )
    reason = error.strerror or str(error)
    return SimulatorError(f"The simulator cannot listen on port {port} ({reason}).", "Choose another port.")


async def serve(options: SimulatorOptions, announce: Callable[[str], None]) -> None:
    """Run a simulator until cancelled. `announce` gets one line when it is ready.

    Raises SimulatorError when it cannot start.
    """
    async with Simulator(options) as simulator:
        deployment = mask_deployment(simulator.deployment_id)
        announce(f"gcdesk simulator ready at {simulator.url} deployment {deployment}")
        await asyncio.Event().wait()


class SimulatorThread:
    """A simulator in a thread and loop of its own, so that the caller's loop stays free. It starts once."""

    def __init__(self, options: SimulatorOptions | None = None) -> None:
        self.simulator = Simulator(options)
        self._thread = threading.Thread(target=self._run, name="gcdesk simulator", daemon=True)
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """The guest socket's address, once started."""
        return self.simulator.url

    @property
    def deployment_id(self) -> str:
        """The deployment it plays."""
        return self.simulator.deployment_id

    @property
    def record(self) -> list[Entry]:
        """The newest entries of the record, oldest first."""
        return self.simulator.record

    def start(self) -> str:
        """Start, wait until it listens, and return the address of the guest socket. Raises SimulatorError."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self.url

    def stop(self) -> None:
        """Cut every connection and wait for the thread. Does nothing when it is not running."""
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            # The loop may have come to its own end in the meantime.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(stop.set)
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    async def wait_for(self, predicate: Callable[[Entry], bool], timeout: float = 5.0) -> Entry:
        """Simulator.wait_for, from any other loop. Raises TimeoutError."""
        if self._loop is None:
            raise RuntimeError("The simulator has not been started.")
        waiting = asyncio.run_coroutine_threadsafe(self.simulator.wait_for(predicate, timeout), self._loop)
        return await asyncio.wrap_future(waiting)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except Exception as error:
            # Until it is ready, start() raises it; later there is nobody to tell but the thread's own report.
            if self._ready.is_set():
                raise
            self._failure = error
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        async with self.simulator:
            self._ready.set()
            await self._stop.wait()
            await self.simulator.close(cut=True)
