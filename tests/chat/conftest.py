"""What every test of the chat has to leave behind: no socket."""

from __future__ import annotations

import gc
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

_DESCRIPTORS = Path("/proc/self/fd")


def _open_sockets() -> set[str]:
    """Descriptions of all sockets that are open, by the system where it tells and by Python's objects elsewhere."""
    if not _DESCRIPTORS.is_dir():
        # Asking with isinstance would wake lazy proxies among the objects.
        things = [thing for thing in gc.get_objects() if type(thing) is socket.socket]
        return {repr(thing) for thing in things if thing.fileno() != -1}
    found = set()
    for descriptor in _DESCRIPTORS.iterdir():
        # The descriptor that lists the directory is gone by now.
        with suppress(FileNotFoundError):
            found.add(f"{descriptor.name} {descriptor.readlink()}")
    return {description for description in found if " socket:" in description}


@pytest.fixture(autouse=True)
def _no_socket_left(request: pytest.FixtureRequest) -> Iterator[None]:
    on_qt = "qtbot" in request.fixturenames
    if on_qt:
        # The application lives on for all tests, whatever it opens.
        request.getfixturevalue("qapp")
    before = _open_sockets()
    yield
    if on_qt:
        # Qt's objects must be destroyed in this thread; any thread's allocations can set off the collection.
        gc.collect()
    assert _open_sockets() <= before


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
