"""Which proxy gcdesk takes: what a person chose in the settings, or for one environment.

A choice is a text: SYSTEM for what the operating system says, DIRECT for none, or a proxy's address. Empty is no choice
of its own. An address never holds a user or a password: it is kept in the settings file.
"""

from __future__ import annotations

from gcdesk.desk.settings import Settings
from gcdesk.errors import GcdeskError, ProxyInputError
from gcdesk.phrase import Phrase

SYSTEM = "system"
DIRECT = "direct"

PROXY_KEY = "proxy"
"""The key of the settings file that holds the choice for all environments that make none."""


def check_choice(choice: str) -> str:
    """Return the choice as it is kept.

    Raises:
        ProxyInputError: It is neither one of the words nor an address, or it holds a user or a password.
    """
    choice = choice.strip()
    if choice.lower() in ("", SYSTEM, DIRECT):
        return choice.lower()
    # Only who names a proxy pays for what reads its address.
    from gcdesk.chat.proxies import parse_proxy

    if any(not sign.isprintable() or sign.isspace() for sign in choice):
        raise ProxyInputError
    try:
        proxy = parse_proxy(choice)
    except GcdeskError as error:
        raise ProxyInputError(error.title, error.hint) from None
    if "@" in choice:
        raise ProxyInputError(
            "The proxy's address holds a user or a password.",
            "Take them out: the settings are a file. A proxy that asks for them is found by its address in the "
            "system's proxy settings or in the variable HTTPS_PROXY.",
        )
    return f"{proxy.scheme}://{proxy.place}"


def read_choice(settings: Settings) -> str:
    """The choice for all environments that make none; the system's unless a person chose.

    Raises:
        ProxyInputError: What is in the settings file cannot be used; nothing is guessed in its place.
        SettingsError: The file is there but cannot be read.
    """
    try:
        return check_choice(settings.get(PROXY_KEY, str, "")) or SYSTEM
    except ProxyInputError as error:
        raise ProxyInputError(
            error.title,
            Phrase("Correct the proxy in the window's settings, or in {path}.", path=settings.path),
        ) from None


def write_choice(settings: Settings, choice: str) -> None:
    """Keep a choice. Raises ProxyInputError and SettingsError; what was kept stays then."""
    checked = check_choice(choice)
    settings.set(PROXY_KEY, None if checked in ("", SYSTEM) else checked)
