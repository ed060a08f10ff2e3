"""A service of a few lines, not the simulator: says exactly what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

Frame = dict[str, Any]
Answer = Callable[[Frame], list[Frame | str]]

DEPLOYMENT_ID = "de3051a1-0000-4000-8000-00000000000a"
CONFIG = json.dumps({"status": "Active", "messenger": {"enabled": True}}).encode()


def message(direction: str, text: str, **more: Any) -> Frame:
    """A StructuredMessage of the service. `time` is the channel's, `tracing_id` the envelope's."""
    channel = {"time": more.pop("time", "2026-11-23T02:00:00.000Z"), **more.pop("channel", {})}
    tracing_id = more.pop("tracing_id", None)
    body = {
        "id": more.pop("id", f"{direction}-{text}"),
        "type": "Text",
        "direction": direction,
        "text": text,
        "channel": channel,
        **more,
    }
    frame: Frame = {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}
    return frame if tracing_id is None else {**frame, "tracingId": tracing_id}


def echo_of(request: Frame, **more: Any) -> Frame:
    """The echo of a text that the service accepted."""
    return message("Inbound", request["message"]["text"], tracing_id=request["tracingId"], **more)


def typing() -> Frame:
    """The other side types."""
    events = [{"eventType": "Typing", "typing": {"type": "On", "duration": 5000}}]
    body = {"type": "Event", "direction": "Outbound", "id": "typing", "events": events, "channel": {}}
    return {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}


@contextmanager
def service(answer: Answer) -> Iterator[str]:
    """Run it while the block lasts; gives its address.

    Args:
        answer: The frames to send after each onMessage, text for what is not a frame of the usual kind.
    """
    with serve(lambda socket: _talk(socket, answer), "127.0.0.1", 0, process_request=_documents) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{_port(server)}/v1"
        finally:
            server.shutdown()
            thread.join()


def _port(server: Server) -> int:
    port: int = server.socket.getsockname()[1]
    return port


def _documents(_socket: ServerConnection, request: Request) -> Response | None:
    if request.path.startswith("/webdeployments/"):
        headers = Headers({"Content-Length": str(len(CONFIG)), "Connection": "close"})
        return Response(200, "OK", headers, CONFIG)
    return None


def _talk(socket: ServerConnection, answer: Answer) -> None:
    for text in socket:
        request = json.loads(text)
        if request["action"] == "configureSession":
            body = {"connected": True, "newSession": True, "readOnly": False}
            frame = {"type": "response", "class": "SessionResponse", "code": 200, "body": body}
            socket.send(json.dumps({**frame, "tracingId": request["tracingId"]}))
        elif request["action"] == "onMessage":
            for reply in answer(request):
                socket.send(reply if isinstance(reply, str) else json.dumps(reply))
