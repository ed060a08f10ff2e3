"""The quiet lines between the messages: what happened, in words, without Qt widgets."""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import QCoreApplication

from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event, HistoryStatus
from gcdesk.guest.message import Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import said

translate = QCoreApplication.translate


def person(sender: Sender) -> str:
    """Who it was, in the transcript's words."""
    name = one_line(sender.name)
    if sender.kind is SenderKind.CUSTOMER:
        return translate("Transcript", "You")
    kind = {
        SenderKind.BOT: translate("Transcript", "Bot"),
        SenderKind.AGENT: translate("Transcript", "Agent"),
    }.get(sender.kind, translate("Transcript", "Service"))
    return name or kind


def typing_words(sender: Sender) -> str:
    """That somebody types."""
    return translate("Transcript", "{name} is typing…").format(name=person(sender))


def waited(seconds: float) -> str:
    """A wait in whole seconds, never less than it is."""
    return translate("Transcript", "{seconds} s").format(seconds=max(1, -int(-seconds // 1)))


def duration(seconds: float) -> str:
    """A length of time as one would say it, in one unit."""
    whole = round(seconds)
    size = next(
        unit
        for unit in (3600, 60, 1)
        if whole >= 2 * unit or (whole >= unit and not whole % unit) or unit == 1
    )
    count = round(whole / size)
    template = {
        3600: translate("Transcript", "{count} hours", "", count),
        60: translate("Transcript", "{count} minutes", "", count),
        1: translate("Transcript", "{count} seconds", "", count),
    }[size]
    return template.format(count=count)


@singledispatch
def note(_event: Event) -> str:
    """The line for an event; empty where it needs none."""
    return ""


@note.register
def _configured(event: events.SessionConfigured) -> str:
    time = f"{event.at.astimezone():%H:%M:%S}"
    if event.new_session:
        return translate("Transcript", "Chat started {time}").format(time=time)
    return translate("Transcript", "Chat resumed {time}").format(time=time)


@note.register
def _attributes(event: events.AttributesChanged) -> str:
    if event.status is AttributeStatus.PENDING and event.joining is False:
        return translate("Transcript", "The attributes go with your first message")
    return ""


@note.register
def _presence(event: events.PresenceSeen) -> str:
    who = person(event.sender)
    if event.direction is Direction.INBOUND:
        own = {
            "Join": translate("Transcript", "You joined the conversation"),
            "Clear": translate("Transcript", "You ended the conversation"),
            "Disconnect": translate("Transcript", "You left the conversation"),
            "SignIn": translate("Transcript", "You signed in"),
        }
        return own.get(event.kind, "")
    theirs = {
        "Join": translate("Transcript", "{name} joined"),
        "Disconnect": translate("Transcript", "{name} ended the conversation"),
        "Clear": translate("Transcript", "The conversation was cleared"),
    }
    return theirs.get(event.kind, "").format(name=who)


@note.register
def _state(event: events.StateChanged) -> str:
    if event.state is State.READ_ONLY:
        return translate("Transcript", "This conversation has ended and can only be read")
    if event.state is State.CONFIGURED and event.before is State.RECONNECTING:
        return translate("Transcript", "Connected again")
    return ""


@note.register
def _reconnect(event: events.ReconnectPlanned) -> str:
    template = translate("Transcript", "{reason} Next try in {seconds}")
    return template.format(reason=said(event.error.title), seconds=waited(event.seconds))


@note.register
def _held_back(event: events.HeldBack) -> str:
    template = translate("Transcript", "The service asks to wait {seconds}. Messages go out after that")
    return template.format(seconds=waited(event.seconds))


@note.register
def _error(event: events.ErrorRaised) -> str:
    # A fatal one is told by the end, one about a message by that message.
    return "" if event.fatal or event.tracing_id else said(event.error.title)


@note.register
def _history(event: events.HistoryChanged) -> str:
    if not event.missed or event.status is HistoryStatus.LOADING:
        return ""
    if event.status is HistoryStatus.FAILED:
        template = translate("Transcript", "What was written during the break could not be read. {reason}")
        reason = said(event.error.title) if event.error is not None else ""
        return template.format(reason=reason).strip()
    template = translate("Transcript", "{count} messages came during the break", "", event.added)
    return template.format(count=event.added) if event.added else ""


@note.register
def _expiry_near(event: events.ExpiryNear) -> str:
    template = translate("Transcript", "Without another message this session expires in {time}")
    return template.format(time=duration(event.seconds))


@note.register
def _clock_off(event: events.ClockOff) -> str:
    template = (
        translate("Transcript", "This computer’s clock is {time} ahead of the service’s")
        if event.seconds > 0
        else translate("Transcript", "This computer’s clock is {time} behind the service’s")
    )
    return template.format(time=duration(abs(event.seconds)))


@note.register
def _woke_up(event: events.WokeUp) -> str:
    return one_line(said(event.reason))


@note.register
def _sign_in_needed(event: events.SignInNeeded) -> str:
    return said(event.error.title)


@note.register
def _signed_in(event: events.SignedIn) -> str:
    name = one_line(event.name)
    return (
        translate("Transcript", "You are signed in as {name}").format(name=name)
        if name
        else translate("Transcript", "You are signed in")
    )


@note.register
def _link(event: events.LinkRefreshed) -> str:
    return said(event.error.title) if event.error is not None else ""


@note.register
def _oddity(_event: events.Oddity) -> str:
    return translate("Transcript", "The service sent something unexpected. The frames list shows it whole")


@note.register
def _ended(event: events.Ended) -> str:
    reason = one_line(said(event.error.title if event.error is not None else event.reason))
    return translate("Transcript", "Chat ended. {reason}").format(reason=reason).strip()
