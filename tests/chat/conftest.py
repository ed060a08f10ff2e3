"""What every test of the chat has to leave behind: no socket."""

from __future__ import annotations

import gc
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme


def _open_sockets() -> dict[int, socket.socket]:
    # Asking with isinstance would wake lazy proxies among the objects.
    found = [thing for thing in gc.get_objects() if type(thing) is socket.socket]
    return {id(thing): thing for thing in found if thing.fileno() != -1}


@pytest.fixture(autouse=True)
def _no_socket_left(request: pytest.FixtureRequest) -> Iterator[None]:
    before = _open_sockets()
    yield
    if "qtbot" in request.fixturenames:
        # Qt's objects must be destroyed in this thread; any thread's allocations can set off the collection.
        gc.collect()
    left = [thing for key, thing in _open_sockets().items() if key not in before]
    descriptions = [repr(thing) for thing in left]
    for thing in left:
        thing.close()
    assert not descriptions


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority that nobody trusts."""
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The same authority, trusted by the operating system for the time of the test."""
    if sys.platform != "linux":
        pytest.skip("only on Linux can a program be told another trust store")
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return authority


ServerContext = Callable[..., ssl.SSLContext]


@pytest.fixture
def server_context(authority: trustme.CA) -> ServerContext:
    """Makes a server's TLS context with a certificate for the given hosts."""

    def make(*hosts: str, **options: object) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*hosts, **options).configure_cert(context)  # type: ignore[arg-type]
        return context

    return make


@pytest.fixture
def blocked_lookup(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every name lookup blocks until the test is over; the event says that one has begun."""
    began, over = threading.Event(), threading.Event()

    def block(*_: object, **__: object) -> list[object]:
        began.set()
        over.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", block)
    yield began
    over.set()
