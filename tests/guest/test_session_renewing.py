"""A new chat where the old one is over: the old session is closed, a new one configured, whatever comes between."""

from __future__ import annotations

import pytest

from gcdesk.errors import ConnectionLostError, WishError
from gcdesk.guest.events import AttributeStatus, Ended, ReconnectPlanned, SessionConfigured, SessionRenewed
from gcdesk.guest.message import Delivery
from gcdesk.guest.session import NORMAL_CLOSURE

from .service import SET, JoinPolicy, Service, State
from .test_session_ends import in_state


def over(
    join: JoinPolicy = JoinPolicy.AUTOSTART, *, autostart: bool = False, reconnect: bool = True
) -> Service:
    """A session whose conversation the other side has ended, after the attributes arrived."""
    service = Service(join=join, reconnect=reconnect)
    service.configured(autostart=autostart)
    service.say("Hello")
    service.echo()
    service.hear_sample("server.event.presence_disconnect_read_only")
    assert service.state() is State.READ_ONLY
    return service


def asked() -> Service:
    """A session that has asked to close the old conversation."""
    service = over()
    service.do(service.session.new_chat)
    return service


def begun(service: Service) -> None:
    """The new chat is there, and only now told."""
    assert service.wire()["action"] == "configureSession"
    assert service.wire()["startNew"] is True
    assert service.all(SessionRenewed) == []
    service.accept()
    renewed = service.last(SessionRenewed)
    assert renewed.asked_for
    assert service.state() is State.CONFIGURED
    service.say("Hello again")
    assert service.attributes() == SET


@pytest.mark.parametrize("state", [state for state in State if state is not State.READ_ONLY])
def test_it_begins_nowhere_else(state: State) -> None:
    service = in_state(state)
    before = (len(service.events), len(service.frames), service.session.next_wake)
    with pytest.raises(WishError) as caught:
        service.do(service.session.new_chat)
    assert caught.value.hint
    assert (len(service.events), len(service.frames), service.session.next_wake) == before


def test_the_old_session_is_closed_and_a_new_one_configured_on_the_same_connection() -> None:
    service = asked()
    assert service.wire()["action"] == "closeSession"
    assert service.wire()["closeAllConnections"] is True
    assert not service.session.renewing.possible
    configured = len(service.all(SessionConfigured))
    service.hear_sample("server.session_response.closed_for_new_chat")
    assert service.state() is State.READ_ONLY
    assert len(service.all(SessionConfigured)) == configured
    begun(service)
    assert service.all(ReconnectPlanned) == []


def test_the_wait_for_the_new_session_is_measured_from_its_own_request() -> None:
    service = asked()
    service.wait(5)
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.wait(0.25)
    service.accept()
    assert service.last(SessionConfigured).seconds == pytest.approx(0.25)


@pytest.mark.parametrize("join", [JoinPolicy.ALWAYS, JoinPolicy.AUTOSTART, JoinPolicy.NEVER])
def test_the_new_chat_is_joined_as_the_policy_says_and_gets_the_attributes(join: JoinPolicy) -> None:
    service = over(join, autostart=True)
    joins = service.kinds.count("Join")
    service.do(service.session.new_chat)
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.accept()
    assert service.kinds.count("Join") - joins == (join is not JoinPolicy.NEVER)
    if join is not JoinPolicy.NEVER:
        assert service.attributes() == SET
        service.echo()
        assert service.status() is AttributeStatus.ECHOED


def test_a_second_wish_waits_for_the_first() -> None:
    service = asked()
    with pytest.raises(WishError, match="on its way"):
        service.do(service.session.new_chat)
    assert not service.session.can_clear
    assert service.kinds.count("closeSession") == 1


def test_silence_a_refusal_and_an_odd_answer_lead_on_too() -> None:
    service = asked()
    service.wait(4.9)
    assert service.kinds[-1] == "closeSession"
    service.wait(0.2)
    begun(service)

    service = asked()
    service.refuse(404, "no", service.frames[-1])
    assert service.errors == []
    begun(service)

    service = asked()
    service.accept(newSession=False, readOnly=True)
    begun(service)


def test_the_closing_may_be_confirmed_too_late() -> None:
    service = asked()
    service.wait(6)
    service.hear_sample("server.session_response.closed_for_new_chat")
    assert service.state() is State.READ_ONLY
    assert service.errors == []
    begun(service)


@pytest.mark.parametrize("reconnect", [True, False])
@pytest.mark.parametrize("how", ["closed", "told and closed"])
def test_where_the_service_closes_the_connection_it_is_dialled_again_at_once(
    how: str, reconnect: bool
) -> None:
    service = over(reconnect=reconnect)
    service.do(service.session.new_chat)
    if how == "closed":
        service.lose(ConnectionLostError("The service closed the connection."))
    else:
        service.hear_sample("server.connection_closed_event")
        assert service.wants_close() == NORMAL_CLOSURE
        service.lose()
    assert service.state() is State.RECONNECTING
    assert service.wants_dial()
    assert service.all(ReconnectPlanned) == []
    service.opened()
    begun(service)
    assert service.errors == []


def test_a_break_while_the_new_chat_is_configured_is_tried_again_as_a_new_one() -> None:
    service = asked()
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.lose()
    service.opened()
    service.lose()
    assert len(service.all(ReconnectPlanned)) == 1
    service.reopen()
    begun(service)


def test_a_service_that_fails_for_now_is_tried_again() -> None:
    service = asked()
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.refuse(503)
    assert service.wants_close() == NORMAL_CLOSURE
    service.lose()
    service.reopen()
    begun(service)


def test_a_service_that_stays_read_only_is_told_and_may_be_asked_again() -> None:
    service = asked()
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.accept(newSession=False, readOnly=True)
    assert service.errors == ["NewChatRefused"]
    assert service.state() is State.READ_ONLY
    assert service.all(SessionRenewed) == []
    service.do(service.session.new_chat)
    assert service.kinds[-1] == "closeSession"


def test_a_new_chat_is_new_whatever_the_answer_calls_it() -> None:
    service = asked()
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.accept(newSession=False)
    assert service.last(SessionRenewed).asked_for
    service.say("Hello again")
    assert service.attributes() == SET


def test_a_new_chat_the_service_refuses_for_good_ends_the_chat() -> None:
    service = asked()
    service.hear_sample("server.session_response.closed_for_new_chat")
    service.refuse(400, "Deployment not found")
    assert service.errors == ["SessionRefused!"]


def test_a_wait_the_service_asked_for_is_kept_before_the_old_session_is_closed() -> None:
    service = over()
    service.hold(10)
    service.do(service.session.new_chat)
    assert service.kinds[-1] != "closeSession"
    service.wait(9)
    assert service.kinds[-1] != "closeSession"
    service.wait(2)
    assert service.kinds[-1] == "closeSession"


def test_leaving_meanwhile_leaves() -> None:
    service = asked()
    service.do(service.session.leave)
    service.do(service.session.closed)
    assert service.ended.error is None
    assert service.session.next_wake is None
    assert service.all(Ended)


def test_what_failed_at_the_end_of_the_old_chat_can_be_said_in_the_new_one() -> None:
    service = Service()
    service.configured()
    service.say("one")
    service.hold(60)
    key = service.say("two")
    service.hear_sample("server.event.presence_disconnect_read_only")
    assert service.fate(key) is Delivery.FAILED
    service.do(service.session.new_chat)
    service.wait(70)
    begun_at = len(service.frames)
    service.accept()
    service.do(service.session.resend, key)
    service.wait(1)
    assert [frame.kind for frame in service.frames[begun_at:]] == ["onMessage Text"]
    service.echo()
    assert service.fate(key) is Delivery.SENT
