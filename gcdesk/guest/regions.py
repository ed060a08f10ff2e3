"""Where Genesys Cloud is: regions, custom endpoints and the addresses made from them (guest API, section 1)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from gcdesk.errors import EndpointError, EnvironmentInputError
from gcdesk.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its domain, its AWS region, its place, and its name in web snippets."""

    domain: str
    aws: str
    place: str
    snippet_name: str

    @property
    def title(self) -> str:
        """The region as people choose it."""
        return f"{self.place} ({self.domain})"


REGIONS: tuple[Region, ...] = (
    Region("mypurecloud.com", "us-east-1", "US East, Virginia", "prod"),
    Region("use2.us-gov-pure.cloud", "us-east-2", "US East, Ohio (FedRAMP)", "fedramp-use2-core"),
    Region("usw2.pure.cloud", "us-west-2", "US West, Oregon", "prod-usw2"),
    Region("cac1.pure.cloud", "ca-central-1", "Canada, Central", "prod-cac1"),
    Region("mypurecloud.ie", "eu-west-1", "Europe, Ireland", "prod-euw1"),
    Region("euw2.pure.cloud", "eu-west-2", "Europe, London", "prod-euw2"),
    Region("mypurecloud.de", "eu-central-1", "Europe, Frankfurt", "prod-euc1"),
    Region("euc2.pure.cloud", "eu-central-2", "Europe, Zurich", "prod-euc2"),
    Region("aps1.pure.cloud", "ap-south-1", "Asia Pacific, Mumbai", "prod-aps1"),
    Region("mypurecloud.jp", "ap-northeast-1", "Asia Pacific, Tokyo", "prod-apne1"),
    Region("apne2.pure.cloud", "ap-northeast-2", "Asia Pacific, Seoul", "prod-apne2"),
    Region("apne3.pure.cloud", "ap-northeast-3", "Asia Pacific, Osaka", "prod-apne3"),
    Region("apse1.pure.cloud", "ap-southeast-1", "Asia Pacific, Singapore", "prod-apse1"),
    Region("mypurecloud.com.au", "ap-southeast-2", "Asia Pacific, Sydney", "prod-apse2"),
    Region("sae1.pure.cloud", "sa-east-1", "South America, São Paulo", "prod-sae1"),
    Region("mec1.pure.cloud", "me-central-1", "Middle East, UAE", "prod-mec1"),
    Region("mxc1.pure.cloud", "mx-central-1", "Mexico, Central", "prod-mxc1"),
    Region(
        "edee1.eusc-pure.cloud",
        "eusc-de-east-1",
        "European Sovereign Cloud, Germany (alpha)",
        "eusc-edee1-core",
    ),
)

_PREFIXES = ("webmessaging.", "api-cdn.", "api.", "apps.", "login.")
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")
_CUSTOM_HOST = re.compile(r"(?=.{1,253}\Z)(?:\w(?:[\w-]{0,61}\w)?\.)*\w(?:[\w-]{0,61}\w)?\.?\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_DOMAINS = tuple(region.domain for region in REGIONS)
_LOOKS_LIKE_GENESYS = re.compile(r"gen[ei]s[iy]s|gensys|purecl|pure[.-]?cloud|mypure", re.IGNORECASE)
_CHECK_THE_REGION = "Choose a region from the list, or type its domain, such as mypurecloud.de."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Every address of one place.

    Args:
        display: The host as people read it, with its port where it has one.
        web_socket: The WebSocket's address without a query.
        config_base: Where the public deployment documents are, without a trailing slash.
        api_base: The Platform API's address, without a trailing slash.
        login_base: Where access tokens are given, without a trailing slash.
        origin: The Origin header to send.
        is_local: Whether it is on this machine.
    """

    display: str
    web_socket: str
    config_base: str
    api_base: str
    login_base: str
    origin: str
    is_local: bool = False

    def websocket_url(self, deployment_id: str, application: str) -> str:
        """The WebSocket's whole address."""
        return (
            f"{self.web_socket}?deploymentId={quote(deployment_id, safe='')}&application={quote(application)}"
        )

    def config_url(self, deployment_id: str) -> str:
        """The deployment's public configuration."""
        return f"{self._documents(deployment_id)}/config.json"

    def domains_url(self, deployment_id: str) -> str:
        """The deployment's list of allowed domains."""
        return f"{self._documents(deployment_id)}/domains.json"

    @property
    def history_url(self) -> str:
        """The messages of a session, page by page."""
        return f"{self.api_base}/api/v2/webmessaging/messages"

    def _documents(self, deployment_id: str) -> str:
        return f"{self.config_base}/webdeployments/v1/deployments/{quote(deployment_id, safe='')}"


def normalise_domain(text: str) -> str:
    """The region's domain from what a person typed or pasted: an address, a host, or the domain itself.

    Raises:
        EndpointError: It is no domain, or a host that only looks like Genesys Cloud.
    """
    domain = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].rstrip(".")
    for prefix in _PREFIXES:
        domain = domain.removeprefix(prefix)
    if not domain:
        raise EndpointError("The region is empty.", _CHECK_THE_REGION)
    if not _HOST.match(domain):
        raise EndpointError(
            Phrase("“{text}” is not a region's domain.", text=text.strip()), _CHECK_THE_REGION
        )
    _refuse_lookalike(domain)
    return domain


def is_genesys_cloud(host: str) -> bool:
    """Whether a host belongs to one of the known regions."""
    host = host.lower().rstrip(".")
    return any(host == domain or host.endswith(f".{domain}") for domain in (*_DOMAINS, "pure.cloud"))


def looks_like_genesys(host: str) -> bool:
    """Whether a host only looks like Genesys Cloud: its name hints at it, but no region has it."""
    return bool(_LOOKS_LIKE_GENESYS.search(host)) and not is_genesys_cloud(host)


def endpoint_for_region(domain: str, origin: str | None = None) -> Endpoint:
    """The addresses of a region.

    Args:
        domain: The region's domain, or an address in it.
        origin: The Origin header for a deployment restricted to domains. By default the bare messaging host, as
            Genesys's own mobile client sends it (guest API, section 1.3).

    Raises:
        EndpointError: The domain cannot be used.
    """
    domain = normalise_domain(domain)
    host = f"webmessaging.{domain}"
    return Endpoint(
        display=host,
        web_socket=f"wss://{host}/v1",
        config_base=f"https://api-cdn.{domain}",
        api_base=f"https://api.{domain}",
        login_base=f"https://login.{domain}",
        origin=origin or host,
    )


def endpoint_for_url(url: str, origin: str | None = None) -> Endpoint:
    """The addresses of a custom endpoint: every service lives at its host and port.

    Args:
        url: A wss:// address, or a ws:// address on this machine; the path is /v1 if it has none.
        origin: The Origin header; the endpoint's own address by default.

    Raises:
        EndpointError: The address cannot be used.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise EndpointError(
            Phrase("“{text}” is not an address.", text=text), "Write it as in ws://127.0.0.1:8765/v1."
        ) from error
    # A browser's rules would drop tabs and line breaks from the middle; here they are a slip of the hand.
    if any(not sign.isprintable() or sign.isspace() for sign in text):
        raise EndpointError(Phrase("“{text}” is not an address.", text=text), "Write it without spaces.")
    local = _is_loopback(host)
    _check_address(text, parts.scheme.lower(), host, local=local)
    if "@" in parts.netloc or parts.fragment or parts.query:
        raise EndpointError(
            "The endpoint holds more than scheme, host, port and path.",
            "Leave out user names, passwords, queries and fragments; the deployment ID has its own field.",
        )
    if not local:
        _refuse_lookalike(host)
    place = f"[{host}]" if ":" in host else host
    display = place if port is None else f"{place}:{port}"
    path = parts.path.rstrip("/") or "/v1"
    web = f"{'https' if parts.scheme.lower() == 'wss' else 'http'}://{display}"
    return Endpoint(
        display=display,
        web_socket=f"{parts.scheme.lower()}://{display}{path}",
        config_base=web,
        api_base=web,
        login_base=web,
        origin=origin or web,
        is_local=local,
    )


def check_uuid(text: str, what: str) -> str:
    """The ID in its usual form: lower case, without braces or spaces around it.

    Args:
        text: What was typed or pasted.
        what: What it is called, such as "deployment ID".

    Raises:
        EnvironmentInputError: It is empty, or not a UUID.
    """
    plain = text.strip().strip("{}").strip()
    if not plain:
        raise EnvironmentInputError(
            Phrase("The {what} is empty.", what=what),
            Phrase("Paste the {what} from Genesys Cloud's admin pages.", what=what),
        )
    if not _UUID.match(plain):
        raise EnvironmentInputError(
            Phrase("The {what} is not a UUID.", what=what),
            Phrase(
                "Copy the whole {what} again: 32 letters and digits in five groups with dashes.", what=what
            ),
        )
    return plain.lower()


def _check_address(text: str, scheme: str, host: str, *, local: bool) -> None:
    if scheme not in ("ws", "wss"):
        raise EndpointError(
            Phrase("“{text}” is not a WebSocket address.", text=text),
            "It starts with wss://, or with ws:// on this machine.",
        )
    if not host:
        raise EndpointError(
            Phrase("“{text}” names no host.", text=text), "Write it as in wss://host.example/v1."
        )
    if not _is_address(host) and not _CUSTOM_HOST.match(host):
        raise EndpointError(
            Phrase("“{host}” is not a host name.", host=host), "Write it as in wss://host.example/v1."
        )
    if scheme == "ws" and not local:
        raise EndpointError(
            "An address with ws:// is only allowed on this machine.",
            "Use wss:// so that the connection is private.",
        )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refuse_lookalike(host: str) -> None:
    if looks_like_genesys(host):
        raise EndpointError(
            Phrase(
                "{host} only looks like Genesys Cloud: no region has this name, so nothing was sent to it.",
                host=host,
            ),
            _CHECK_THE_REGION,
        )
