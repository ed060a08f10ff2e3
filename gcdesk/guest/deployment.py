"""The deployment's public configuration (guest API, section 1.4)."""

from __future__ import annotations

from collections.abc import Mapping

from gcdesk.guest.lenient import Reader
from gcdesk.guest.value import Value


class UploadMode(Value, frozen=True):
    """MIME types and the size up to which older deployments take files; kilobytes are thousands of bytes."""

    types: tuple[str, ...]
    max_kilobytes: float | None


class DeploymentConfig(Value, frozen=True):
    """What the configuration says, with the service's defaults for what it leaves out.

    `active` is True where no status is given, because only a status that says otherwise is a reason to stop.
    `warnings` are plain sentences about settings that may keep a chat from working. `raw` is the whole document.
    """

    status: str
    active: bool
    version: str
    languages: tuple[str, ...]
    messenger_enabled: bool
    conversations_enabled: bool
    autostart: bool
    disconnect_enabled: bool
    disconnect_type: str
    clear_enabled: bool
    show_user_typing: bool
    show_agent_typing: bool
    markdown: bool
    humanize: bool
    bot_name: str
    attachments: bool | None
    upload_modes: tuple[UploadMode, ...]
    sign_in_required: bool
    allow_session_upgrade: bool
    messaging_endpoint: str
    session_duration_seconds: int | None
    warnings: tuple[str, ...]
    problems: tuple[str, ...]
    raw: Mapping[str, object]


def parse_deployment(value: object) -> DeploymentConfig:
    """Read the configuration document; never raises: odd fields become sentences in `problems`."""
    problems: list[str] = []
    root = Reader(value, "", problems)
    messenger, auth = root.inside("messenger"), root.inside("auth")
    conversations = messenger.inside("apps").inside("conversations")
    disconnect = conversations.inside("conversationDisconnect")
    humanize = conversations.inside("humanize")
    uploads = messenger.inside("fileUpload")
    status = root.text("status")
    messenger_enabled = messenger.flag("enabled", default=True)
    conversations_enabled = conversations.flag("enabled", default=True)
    sign_in = auth.flag("enabled")
    upgrade = auth.flag("allowSessionUpgrade")
    return DeploymentConfig(
        status=status,
        active=not status or status.lower() == "active",
        version=root.text("version"),
        languages=tuple(str(item) for item in root.items("languages")),
        messenger_enabled=messenger_enabled,
        conversations_enabled=conversations_enabled,
        autostart=conversations.inside("autoStart").flag("enabled"),
        disconnect_enabled=disconnect.flag("enabled"),
        disconnect_type=disconnect.text("type", "Send"),
        clear_enabled=conversations.inside("conversationClear").flag("enabled"),
        show_user_typing=conversations.flag("showUserTypingIndicator"),
        show_agent_typing=conversations.flag("showAgentTypingIndicator"),
        markdown=conversations.inside("markdown").flag("enabled"),
        humanize=humanize.flag("enabled"),
        bot_name=humanize.inside("bot").text("name"),
        attachments=uploads.flag("enableAttachments") if "enableAttachments" in uploads.value else None,
        upload_modes=tuple(
            UploadMode(tuple(map(str, mode.items("fileTypes"))), mode.number("maxFileSizeKB"))
            for mode in uploads.readers("modes")
        ),
        sign_in_required=sign_in,
        allow_session_upgrade=upgrade,
        messaging_endpoint=conversations.text("messagingEndpoint"),
        session_duration_seconds=conversations.whole("sessionDurationSeconds"),
        warnings=tuple(_warnings(messenger_enabled, conversations_enabled, sign_in, upgrade)),
        problems=tuple(problems),
        raw=root.value,
    )


def _warnings(messenger: bool, conversations: bool, sign_in: bool, upgrade: bool) -> list[str]:
    found = []
    if not messenger:
        found.append("The messenger is turned off in this deployment.")
    if not conversations:
        found.append("Conversations are turned off in this deployment.")
    if sign_in and not upgrade:
        found.append("This deployment asks customers to sign in; a guest may not be able to write.")
    return found
