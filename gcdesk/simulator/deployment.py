"""The deployment's public documents (guest API, section 1.4) and who may connect to it (section 4.1)."""

from urllib.parse import urlsplit

from .answers import Frame
from .options import SimulatorOptions

BOT_NAME = "Simulator bot"


def config_document(options: SimulatorOptions, host: str, *, inactive: bool) -> Frame:
    """config.json of the deployment, with every address at this simulator's host and port."""
    return {
        "id": options.deployment_id.lower(),
        "version": "1",
        "languages": ["en-us"],
        "defaultLanguage": "en-us",
        "apiEndpoint": f"http{options.secure}://{host}",
        "messenger": {
            "enabled": True,
            "apps": {"conversations": _conversations(options, host)},
            "styles": {"primaryColor": "#5B5BD6"},
            "launcherButton": {"visibility": "On"},
            "fileUpload": _file_upload(options),
        },
        "journeyEvents": {"enabled": False},
        "status": "Inactive" if inactive else "Active",
        "auth": {
            "enabled": options.sign_in != "off",
            "allowSessionUpgrade": options.sign_in == "optional",
        },
        "headlessMode": {"enabled": False},
    }


def _conversations(options: SimulatorOptions, host: str) -> Frame:
    disconnect = options.conversation_disconnect
    return {
        "enabled": True,
        "messagingEndpoint": f"ws{options.secure}://{host}",
        "showAgentTypingIndicator": options.agent_typing,
        "showUserTypingIndicator": options.user_typing,
        "autoStart": {"enabled": options.autostart},
        "conversationDisconnect": {
            "enabled": disconnect != "off",
            "type": "ReadOnly" if disconnect == "ReadOnly" else "Send",
        },
        "conversationClear": {"enabled": options.conversation_clear},
        "notifications": {"enabled": False, "notificationContentType": "ExcludeMessagesContent"},
        "markdown": {"enabled": True},
        "humanize": {"enabled": True, "bot": {"name": BOT_NAME}},
        "sessionDurationSeconds": options.session_seconds,
    }


def allowed_media(options: SimulatorOptions) -> Frame:
    """What a guest may send, as the session answer says it: nothing where uploads are off."""
    types = options.upload_types if options.uploads else ()
    kinds = [{"type": each} for each in types]
    return {"inbound": {"fileTypes": kinds, "maxFileSizeKB": options.upload_kilobytes}}


def _file_upload(options: SimulatorOptions) -> Frame:
    if not options.uploads:
        return {"enableAttachments": False, "modes": []}
    mode = {"fileTypes": list(options.upload_types), "maxFileSizeKB": options.upload_kilobytes}
    return {"enableAttachments": True, "modes": [mode]}


def domains_document(options: SimulatorOptions) -> Frame:
    """domains.json of the deployment."""
    return {
        "allowAllDomains": not options.allowed_domains,
        "allowedDomains": list(options.allowed_domains),
    }


def is_deployment(options: SimulatorOptions, deployment_id: str) -> bool:
    """Whether this is the deployment the simulator plays. Case does not matter in a UUID."""
    return deployment_id.lower() == options.deployment_id.lower()


def origin_allowed(options: SimulatorOptions, origin: str) -> bool:
    """Whether the Origin header passes the domain list: by host name, case-blind, exact or a sub-domain.

    Accepts `scheme://host[:port]` and a bare host, as clients send either (guest API, section 1.3).
    """
    if not options.allowed_domains:
        return True
    try:
        host = (urlsplit(origin if "//" in origin else f"//{origin}").hostname or "").lower()
    except ValueError:
        return False
    domains = [domain.lower() for domain in options.allowed_domains]
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
