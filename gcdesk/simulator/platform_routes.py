"""The Platform API (guest API, section 7), as far as proving and ending a test chat needs it.

Whatever the guest API leaves open is assumed: which status refuses a client, that a conversation has a customer, a
workflow, and an agent once one spoke, and that a record may lag the socket by the options' `record_delay`.
"""

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from .answers import Frame
from .conversations import Conversation, Message
from .demo import DEMO_ORG_ID
from .jwt import JwtError
from .participant_faults import stored
from .rates import PLATFORM_PER_CLIENT, RateLimit
from .rest import bearer, refusal
from .service import Service
from .state import State, TooManyError

MESSAGE_VIEW = frozenset({"conversation:message:view", "conversation:webmessaging:view"})
CONVERSATION_VIEW = frozenset({"conversation:communication:view"})
ANALYTICS_VIEW = frozenset({"analytics:conversationDetail:view"})
DISCONNECT = frozenset({"conversation:communication:disconnect"})

_TOKEN_SECONDS = 86_399
_FOREIGN_ORG = "de3051a1-0000-4000-8000-00000000ffff"
_NOT_FOUND = "not found"
_CONVERSATIONS = "/api/v2/conversations"


class PlatformRoutes:
    """Tokens for client credentials, the org, and conversations with their participant data."""

    def __init__(self, state: State, service: Service) -> None:
        self._state = state
        self._service = service
        self._rate = RateLimit(*PLATFORM_PER_CLIENT)

    def routes(self) -> list[web.RouteDef]:
        """Everything it answers."""
        return [
            web.post("/oauth/token", self._token),
            web.get("/api/v2/organizations/me", self._org),
            web.get(f"{_CONVERSATIONS}/messages/{{message_id}}/details", self._message),
            web.get(f"{_CONVERSATIONS}/{{conversation_id}}", self._conversation),
            web.post(f"{_CONVERSATIONS}/{{conversation_id}}/disconnect", self._disconnect),
            web.get("/api/v2/analytics/conversations/{conversation_id}/details", self._details),
        ]

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        options = self._state.options
        expected = f"{options.client_id}:{options.client_secret}".encode()
        good = (
            hmac.compare_digest(_basic(request), expected) and form.get("grant_type") == "client_credentials"
        )
        self._state.record.event("access token", status=200 if good else 401)
        if not good:
            told = "authentication failed"
            body = {"error": "invalid_client", "description": told, "error_description": told}
            return web.json_response(body, status=401)
        token, _ = self._state.mint.issue("platform", options.client_id, _TOKEN_SECONDS, self._state.now())
        return web.json_response(
            {"access_token": token, "token_type": "bearer", "expires_in": _TOKEN_SECONDS},
            headers={"Cache-Control": "no-store"},
        )

    async def _org(self, request: web.Request) -> web.Response:
        def answer() -> web.Response:
            foreign = self._state.faults.hit("wrong-org") is not None
            name = "Another org (simulator)" if foreign else "Demonstration org (simulator)"
            return web.json_response({"id": _FOREIGN_ORG if foreign else DEMO_ORG_ID, "name": name})

        return self._allowed(request, frozenset(), answer)

    async def _message(self, request: web.Request) -> web.Response:
        message_id = request.match_info["message_id"]

        def answer() -> web.Response:
            for conversation in self._visible():
                for entry in conversation.entries:
                    if entry.message_id == message_id:
                        return web.json_response(
                            {
                                "id": message_id,
                                "conversationId": conversation.conversation_id,
                                "direction": entry.direction.lower(),
                                "messengerType": "webmessaging",
                                "textBody": entry.text or "",
                                "timestamp": _iso(entry.time),
                                "normalizedMessage": entry.body,
                            }
                        )
            return refusal(404, _NOT_FOUND)

        return self._allowed(request, MESSAGE_VIEW, answer)

    async def _conversation(self, request: web.Request) -> web.Response:
        def answer() -> web.Response:
            conversation = self._find(request.match_info["conversation_id"])
            if conversation is None:
                return refusal(404, _NOT_FOUND)
            return web.json_response(self._document(conversation))

        return self._allowed(request, CONVERSATION_VIEW, answer)

    async def _details(self, request: web.Request) -> web.Response:
        def answer() -> web.Response:
            conversation = self._find(request.match_info["conversation_id"])
            if conversation is None:
                return refusal(404, _NOT_FOUND)
            return web.json_response(_details(conversation))

        return self._allowed(request, ANALYTICS_VIEW, answer)

    async def _disconnect(self, request: web.Request) -> web.Response:
        def answer() -> web.Response:
            conversation = self._find(request.match_info["conversation_id"])
            if conversation is None:
                return refusal(404, _NOT_FOUND)
            self._service.disconnect(conversation)
            return web.Response(status=202)

        return self._allowed(request, DISCONNECT, answer)

    def _allowed(
        self, request: web.Request, permissions: frozenset[str], answer: Callable[[], web.Response]
    ) -> web.Response:
        """The answer, if the caller has a token, a free request and one of the permissions."""
        found = self._refused(request, permissions) or answer()
        self._state.record.event("platform", method=request.method, path=request.path, status=found.status)
        return found

    def _refused(self, request: web.Request, permissions: frozenset[str]) -> web.Response | None:
        if not self._knows(bearer(request)) or self._state.faults.hit("expired-token") is not None:
            return refusal(401, "Invalid login credentials.")
        try:
            self._state.take(self._rate)
        except TooManyError as refused:
            return refusal(429, "Rate limit exceeded.", retry_after=refused.retry_after)
        granted = frozenset(self._state.options.permissions)
        lacking = permissions and not permissions & granted
        if lacking or (permissions and self._state.faults.hit("missing-permission") is not None):
            named = ", ".join(sorted(permissions))
            return refusal(
                403,
                "Unable to perform the requested action. You must have at least one of the following permissions "
                f"assigned: [{named}]",
                code="missing.any.permissions",
            )
        return None

    def _knows(self, token: str) -> bool:
        try:
            self._state.mint.read("platform", token, self._state.now())
        except JwtError:
            return False
        return True

    def _visible(self) -> list[Conversation]:
        latest = self._state.now() - self._state.options.record_delay
        return [
            conversation
            for conversation in self._state.sessions.conversations
            if conversation.started <= latest
        ]

    def _find(self, conversation_id: str) -> Conversation | None:
        wanted = conversation_id.lower()
        return next((each for each in self._visible() if each.conversation_id == wanted), None)

    def _document(self, conversation: Conversation) -> Frame:
        started = _iso(conversation.started)
        over = bool(conversation.ending)
        state = {
            "state": "disconnected" if over else "connected",
            "provider": "Webmessaging",
            "type": "webmessaging",
        }
        customer = {
            "id": f"{conversation.conversation_id}-customer",
            "purpose": "customer",
            "startTime": started,
            "attributes": stored(conversation.participant_data, self._state.faults),
            "messages": [{"id": f"{conversation.conversation_id}-1", **state}],
        }
        flow = {"id": f"{conversation.conversation_id}-flow", "purpose": "workflow", "name": "Simulator flow"}
        participants: list[Frame] = [customer, {**flow, "startTime": started, "attributes": {}}]
        if any(_is_agents(entry) for entry in conversation.entries):
            queue = {
                "id": f"{conversation.conversation_id}-acd",
                "purpose": "acd",
                "queueName": "Simulator queue",
            }
            agent = {
                "id": f"{conversation.conversation_id}-agent",
                "purpose": "agent",
                "name": "Lena (simulator)",
            }
            participants += [queue, agent]
        document: Frame = {
            "id": conversation.conversation_id,
            "startTime": started,
            "participants": participants,
            "selfUri": f"{_CONVERSATIONS}/{conversation.conversation_id}",
        }
        if over:
            document["endTime"] = _iso(self._state.now())
        return document


def _details(conversation: Conversation) -> Frame:
    """Analytics of a conversation: participants without attributes, and how its flow ended if it has."""
    handed_over = any(_is_agents(entry) for entry in conversation.entries)
    flow: Frame = {"flowName": "Simulator flow", "flowType": "INBOUNDMESSAGE", "outcomes": []}
    if handed_over or conversation.ending:
        flow["exitReason"] = "TRANSFER" if handed_over else "DISCONNECT"
        flow["outcomes"] = [{"flowOutcome": "Test chat", "flowOutcomeValue": "SUCCESS"}]
    return {
        "conversationId": conversation.conversation_id,
        "participants": [
            {"purpose": "customer", "sessions": [{"mediaType": "message"}]},
            {"purpose": "workflow", "sessions": [{"mediaType": "message", "flow": flow}]},
        ],
    }


def _is_agents(entry: Message) -> bool:
    return entry.direction == "Outbound" and entry.body.get("originatingEntity") == "Human"


def _basic(request: web.Request) -> bytes:
    scheme, _, pair = request.headers.get("Authorization", "").partition(" ")
    try:
        return base64.b64decode(pair, validate=True) if scheme.lower() == "basic" else b""
    except binascii.Error:
        return b""


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
