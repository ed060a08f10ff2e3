"""A chat over a network interface of its own, which loses its address and gets it back: prints what the chat says.

Run in a network namespace of its own, where this process may change interfaces: `unshare -rn python -m ...`.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import trustme

from gcdesk.chat import network
from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.guest.events import Ended, ReconnectPlanned, StateChanged, WokeUp
from gcdesk.guest.states import State
from tests.chat.servers import PATIENCE, guest_service
from tests.chat.watching import QUICK

ADDRESS = "10.9.9.1"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=PATIENCE)


def _address(change: str) -> None:
    _ip("address", change, f"{ADDRESS}/24", "dev", "veth0")


async def _chat(context: ssl.SSLContext) -> None:
    # A minute's pause: what comes sooner came because the network was seen to return.
    limits = replace(QUICK, reconnect_pause=60, reconnect_budget=600, check_timeout=0.2)
    async with (
        asyncio.timeout(2 * PATIENCE),
        guest_service(host=ADDRESS, context=context) as service,
        Chat(service.target, ChatOptions(limits=limits)) as chat,
    ):
        configured = 0
        async for event in chat:
            match event:
                case StateChanged(state=State.CONFIGURED):
                    configured += 1
                    print("configured", flush=True)
                    _address("del") if configured == 1 else chat.leave()
                case WokeUp():
                    print(event.reason, flush=True)
                case ReconnectPlanned():
                    print(event.error.name, flush=True)
                    _address("add")
                case Ended():
                    print("ended", flush=True)


def main() -> None:
    """Make the interface and the certificate, and chat."""
    _ip("link", "set", "lo", "up")
    _ip("link", "add", "veth0", "type", "veth", "peer", "name", "veth1")
    for interface in ("veth0", "veth1"):
        _ip("link", "set", interface, "up")
    _address("add")
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(ADDRESS).configure_cert(context)
    network.HEARTBEAT, network.POLL = 0.2, 0.1
    with tempfile.TemporaryDirectory() as directory:
        trusted = Path(directory) / "authority.pem"
        authority.cert_pem.write_to_path(str(trusted))
        os.environ["SSL_CERT_FILE"] = str(trusted)
        asyncio.run(_chat(context))


if __name__ == "__main__":
    main()
