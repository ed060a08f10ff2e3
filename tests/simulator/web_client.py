"""A bare HTTP client for the tests, and what a guest does over HTTP."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from gcdesk.simulator.demo import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET

from .guest import PATIENCE, Frame, Guest, Place

VERIFIER = "a-verifier-of-enough-letters-to-be-taken-seriously"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://127.0.0.1:51234/callback"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def base_of(place: Place) -> str:
    """Where the simulator's HTTP side is."""
    return place.url.removesuffix("/v1").replace("ws", "http", 1)


async def ask(method: str, url: str, **options: Any) -> Answer:
    """One request. Redirects are not followed."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as client,
        client.request(method, url, allow_redirects=False, **options) as answer,
    ):
        return Answer(answer.status, answer.headers, await answer.read())


def offer(data: bytes = b"hello", name: str = "note.txt", mime: str = "text/plain", **more: Any) -> Frame:
    """The fields of onAttachment."""
    file = {"fileName": name, "fileType": mime, "fileSize": len(data), "attachmentId": str(uuid.uuid4())}
    return {**file, "errorsAsJson": True, **more}


async def put(presigned: Frame, data: bytes, **headers: str) -> Answer:
    """Upload as the presigned answer says; `headers` with underscores change some, and drop them when empty."""
    wanted = {**presigned["headers"], "Content-Type": presigned["fileType"]}
    wanted |= {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in wanted.items() if value}
    skipped = [] if "Content-Type" in sent else ["Content-Type"]
    return await ask("PUT", presigned["url"], data=io.BytesIO(data), headers=sent, skip_auto_headers=skipped)


async def uploaded(visitor: Guest, data: bytes = b"hello", **file: Any) -> str:
    """Upload a file from the offer to its success, and return its ID."""
    await visitor.send("onAttachment", **offer(data, **file))
    presigned = await visitor.next()
    assert presigned["class"] == "PresignedUrlResponse", presigned
    assert (await put(presigned["body"], data)).status == 200
    success = await visitor.next()
    assert success["class"] == "UploadSuccessEvent", success
    return str(success["body"]["attachmentId"])


def with_file(attachment_id: str) -> list[Frame]:
    """The content of a message that carries a file."""
    return [{"contentType": "Attachment", "attachment": {"id": attachment_id}}]


async def jwt_of(visitor: Guest) -> str:
    """The JWT for the history."""
    await visitor.send("getJwt")
    return str((await visitor.next())["body"]["jwt"])


async def history(place: Place, jwt: str, **query: object) -> Answer:
    """Ask for a page of the history."""
    url = f"{base_of(place)}/api/v2/webmessaging/messages"
    params = {key: str(value) for key, value in query.items()}
    return await ask("GET", url, params=params, headers={"Authorization": f"bearer {jwt}"})


def authorization(**changes: str) -> dict[str, str]:
    """The query of the login page; a change to nothing drops the field."""
    query = {
        "response_type": "code",
        "client_id": "gcdesk",
        "redirect_uri": CALLBACK,
        "state": "the state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }
    return {key: value for key, value in query.items() if value}


async def log_in(place: Place, first: str = "Sam", last: str = "Doe", **changes: str) -> dict[str, str]:
    """Answer the login page's form; what it says to the redirect address."""
    form = {**authorization(**changes), "first_name": first, "last_name": last, "answer": "yes"}
    answer = await ask("POST", f"{base_of(place)}/login/authorize", data=form)
    assert answer.status == 303, answer
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {key: value for key, (value,) in query.items()}


async def tokens(place: Place, path: str, body: object) -> Answer:
    """POST to one of the token endpoints."""
    return await ask("POST", f"{base_of(place)}/api/v2/webdeployments/token/{path}", json=body)


def exchange_of(place: Place, code: str, **changes: str) -> Frame:
    """The body that exchanges a code."""
    oauth = {"code": code, "redirectUri": CALLBACK, "codeVerifier": VERIFIER, **changes}
    return {"deploymentId": place.deployment_id, "oauth": oauth}


async def signed_in(place: Place, first: str = "Sam", last: str = "Doe") -> dict[str, str]:
    """Sign a customer in; the JWT and refresh token."""
    code = (await log_in(place, first, last))["code"]
    answer = await tokens(place, "oauthcodegrantjwtexchange", exchange_of(place, code))
    assert answer.status == 200, answer
    found = answer.json
    return {"jwt": str(found["jwt"]), "refreshToken": str(found["refreshToken"])}


async def authenticate(visitor: Guest, jwt: str, **fields: Any) -> Frame:
    """Configure the session as somebody who signed in, and return the answer."""
    data = {"code": jwt}
    await visitor.send(
        "configureAuthenticatedSession", deploymentId=visitor.deployment_id, data=data, **fields
    )
    return await visitor.next()


async def revoke(place: Place, jwt: str) -> Answer:
    """Log out."""
    url = f"{base_of(place)}/api/v2/webdeployments/token/revoke"
    return await ask("DELETE", url, headers={"Authorization": f"Bearer {jwt}"})


async def access_token(place: Place, secret: str = DEMO_CLIENT_SECRET, **form: str) -> Answer:
    """Ask for an access token with the demonstration's OAuth client."""
    pair = base64.b64encode(f"{DEMO_CLIENT_ID}:{secret}".encode()).decode()
    return await ask(
        "POST",
        f"{base_of(place)}/oauth/token",
        headers={"Authorization": f"Basic {pair}"},
        data={"grant_type": "client_credentials", **form},
    )


async def platform(place: Place, path: str, method: str = "GET") -> Answer:
    """Call the Platform API with a fresh access token."""
    token = (await access_token(place)).json["access_token"]
    return await ask(method, f"{base_of(place)}{path}", headers={"Authorization": f"Bearer {token}"})
