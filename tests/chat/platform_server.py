"""A Platform API played by the standard library's HTTP server, so that client and server share no code."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from gcdesk.guest.regions import Endpoint, endpoint_for_url

CLIENT = ("6f5d1c1e-5f8e-4d53-b0d1-2a61f2b8c001", "s3cret-of-the-client")
ORG = "3a8a6a1e-0a4f-4c0e-9a4a-5f3f7f0c0001"
CONVERSATION = "e2a5b1c0-6d3f-4b8e-9f01-7c1d2e3f4a5b"
MESSAGE = "3f9ad0c1b27e4d55a6e8c0717b2d9e01"

Answer = tuple[int, Any, dict[str, str]]


class PlatformServer:
    """Answers like the Platform API on a port of this computer, inside `with`.

    Change the attributes to change the answers. `asked` holds method and path of every request, `headers` the
    headers of the latest.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.bodies: list[bytes] = []
        self.tokens = 0
        self.data: dict[str, str] = {"crmCustomerId": "0042"}
        self.unknown_for = 0
        self.overrides: dict[str, Callable[[], Answer]] = {}
        self.good_tokens: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def endpoint(self) -> Endpoint:
        """The addresses of everything on that port."""
        return endpoint_for_url(f"ws://127.0.0.1:{self._server.server_port}/v1")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """What that request gets: status, JSON value or raw bytes, headers."""
        self.asked.append(f"{method} {path}")
        self.headers, self.bodies = headers, [*self.bodies, body]
        for start, override in self.overrides.items():
            if path.startswith(start):
                return override()
        if path == "/oauth/token":
            return self._token(headers, body)
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return (
                401,
                {"code": "bad.credentials", "message": "Invalid login credentials.", "status": 401},
                {},
            )
        if path == "/api/v2/organizations/me":
            return 200, {"id": ORG, "name": "Acme test"}, {}
        if path == f"/api/v2/conversations/messages/{MESSAGE}/details":
            return self._unless_unknown({"id": MESSAGE, "conversationId": CONVERSATION})
        if path == f"/api/v2/conversations/{CONVERSATION}":
            customer = {"id": "c", "purpose": "customer", "attributes": self.data}
            return self._unless_unknown({"id": CONVERSATION, "participants": [customer]})
        if path == f"/api/v2/conversations/{CONVERSATION}/disconnect" and method == "POST":
            return 202, b"", {}
        return 404, {"code": "not.found", "message": "not found", "status": 404}, {}

    def _unless_unknown(self, value: Any) -> Answer:
        if self.unknown_for:
            self.unknown_for -= 1
            return 404, {"code": "not.found", "message": "not found", "status": 404}, {}
        return 200, value, {}

    def _token(self, headers: dict[str, str], body: bytes) -> Answer:
        expected = base64.b64encode(":".join(CLIENT).encode()).decode()
        if headers.get("authorization") != f"Basic {expected}" or body != b"grant_type=client_credentials":
            told = {"error": "invalid_client", "error_description": "authentication failed"}
            return 401, told, {}
        self.tokens += 1
        token = f"access-token-{self.tokens:04}"
        self.good_tokens.add(token)
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": 86399}, {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _do(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, value, more = server.answer(self.command, self.path, headers, body)
                data = value if isinstance(value, bytes) else json.dumps(value).encode()
                self.send_response(status)
                for name, text in more.items():
                    self.send_header(name, text)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = _do  # noqa: N815 - the names the base class looks for

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
