"""aiohttp over the same opener as the WebSocket, so that proxies and trust are the same for both."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.client_proto import ResponseHandler

from gcdesk.chat.opener import Opener

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.tracing import Trace


class OpenerConnector(aiohttp.BaseConnector):
    """Opens each connection as the opener does: system proxies, SOCKS among them, and the system's trust store.

    Args:
        opener: Opens the connections.
        seconds: The time to open one.
    """

    def __init__(self, opener: Opener, seconds: float) -> None:
        super().__init__(limit_per_host=4)
        self._opener = opener
        self._seconds = seconds

    async def _create_connection(
        self,
        req: ClientRequest,
        traces: list[Trace],  # noqa: ARG002 - aiohttp's own signature
        timeout: ClientTimeout,  # noqa: ARG002
    ) -> ResponseHandler:
        channel = await self._opener.open_socket(str(req.url), self._seconds)
        try:
            async with asyncio.timeout(self._seconds):
                _, protocol = await asyncio.get_running_loop().create_connection(
                    self._factory,
                    sock=channel.raw,
                    ssl=channel.context,
                    server_hostname=channel.host if channel.context is not None else None,
                )
        except BaseException as error:
            channel.raw.close()
            if isinstance(error, OSError | TimeoutError):
                raise self._opener.named(error, str(req.url), self._seconds) from error
            raise
        return protocol
