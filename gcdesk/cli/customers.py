"""The customers of one deployment: who is signed in, and which earlier sessions can be resumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from gcdesk.cli.speech import say, say_warning
from gcdesk.errors import EnvironmentInputError, GcdeskError, NoEarlierChatError, NotSignedInError
from gcdesk.guest.identity import IdentityProvider, Tokens

if TYPE_CHECKING:
    from gcdesk.chat.target import Target
    from gcdesk.chat.tokens import Renewal
    from gcdesk.desk.tokens import TokenStore

SIMULATOR_CLIENT = "gcdesk"
_SIMULATOR_LOGIN = "/login/authorize"


class Customers(NamedTuple):
    """What is kept of a deployment's customers.

    `name` is the deployment's for people, `key` the attribute that carries the CRM customer ID there, empty where
    nobody chose one. `place` is where `store` keeps its customers. `attributes` go with every chat there, and
    `first_message` begins each fresh one.
    """

    name: str
    target: Target
    key: str
    provider: IdentityProvider
    store: TokenStore
    place: str
    attributes: Mapping[str, str] = {}
    first_message: str = ""

    @property
    def how_to_sign_in(self) -> str:
        """The command that signs a customer in here."""
        return "Sign in with gcdesk sign-in and the same --env, or --url and --deployment-id."

    def tokens(self, customer: str | None) -> tuple[str, Tokens]:
        """Who is signed in under that name, or who signed in last; raises NotSignedInError if nobody is."""
        kept = self.store.sign_ins(self.place)
        for sign_in in kept:
            if customer is None or sign_in.customer == customer:
                return sign_in.customer, sign_in.tokens
        if customer is None:
            raise NotSignedInError(f"Nobody is signed in to {self.name}.", self.how_to_sign_in)
        names = ", ".join(sign_in.customer or "nobody in particular" for sign_in in kept)
        hint = f"Signed in here: {names}." if names else self.how_to_sign_in
        raise NotSignedInError(f"{customer} is not signed in to {self.name}.", hint)

    def renewal(self, customer: str, tokens: Tokens) -> Renewal:
        """What renews a sign-in, and keeps what comes of it."""
        from gcdesk.chat.off_loop import off_loop
        from gcdesk.chat.tokens import Renewal

        async def keep(fresh: Tokens) -> None:
            try:
                await off_loop(lambda: self.save(customer, fresh), "gcdesk keyring")
            except GcdeskError as error:
                # The chat has the fresh tokens; only the next one will have to sign in again.
                say_warning(error)

        return Renewal(self.target, tokens, keep)

    def save(self, customer: str, tokens: Tokens) -> None:
        """Keep a sign-in."""
        self.store.save_sign_in(self.place, customer, tokens, datetime.now(UTC))

    def earlier_token(self, crm_id: str) -> str:
        """The token of the customer's latest chat; raises NoEarlierChatError if none is kept."""
        for session in self.store.sessions(self.place):
            if session.crm_id == crm_id:
                return session.token
        raise NoEarlierChatError

    def keep_session(self, crm_id: str, token: str, *, resumable: bool) -> None:
        """Keep a chat's token for the next --resume, or forget one that is good for nothing; a failure is told."""
        try:
            if resumable:
                self.store.save_session(self.place, crm_id, token, datetime.now(UTC))
            else:
                self.store.forget_session(self.place, token)
        except GcdeskError as error:
            say_warning(error)


def find_customers(
    env: str | None, url: str | None, deployment_id: str | None, origin: str | None
) -> Customers:
    """Return the customers of the deployment that the options name.

    Raises:
        EnvironmentInputError: The options contradict each other or name nothing usable.
        EndpointError: The address cannot be used.
        KeyringUnavailableError: The environment's IDs are in a keyring that is not usable.
        KeyringRefusedError: The keyring did not give the IDs.
        ProxyInputError: The choice of a proxy in the settings cannot be used.
        SettingsError: The settings file cannot be read.
    """
    if env is not None and (url is not None or deployment_id is not None):
        raise EnvironmentInputError(
            "--env was given together with --url or --deployment-id.",
            "Give either --env NAME, or --url and --deployment-id.",
        )
    if env is not None:
        return _of_environment(env, origin or "")
    if url is None or deployment_id is None:
        raise EnvironmentInputError(
            "It is not clear which deployment is meant.", "Give --env NAME, or --url and --deployment-id."
        )
    from gcdesk.chat.target import Target
    from gcdesk.desk.tokens import TokenStore, place_of
    from gcdesk.desk.vault import KeyringVault
    from gcdesk.guest.regions import check_uuid, endpoint_for_url

    target = Target(
        endpoint_for_url(url, origin or None), check_uuid(deployment_id, "deployment ID"), origin or ""
    )
    place = place_of(target.endpoint.web_socket, target.deployment_id)
    provider = _provider_at(target, IdentityProvider())
    return Customers(target.endpoint.display, target, "", provider, TokenStore(KeyringVault()), place)


def _of_environment(name: str, origin: str) -> Customers:
    from gcdesk.desk.environments import Environments
    from gcdesk.desk.ids import KeyringIds
    from gcdesk.desk.settings import Settings

    book = Environments(Settings(), KeyringIds())
    try:
        environment, _, target = book.target_of(name, origin)
    finally:
        for notice in book.take_notices():
            say("Warning", notice)
    provider = _provider_at(target, environment.sign_in)
    return Customers(
        environment.name,
        target,
        environment.crm_id_key,
        provider,
        book.tokens,
        environment.identifier,
        environment.attributes,
        environment.first_message,
    )


def _provider_at(target: Target, provider: IdentityProvider) -> IdentityProvider:
    """The provider that is set up, or the login page that a simulator on this computer has."""
    if provider.is_set or not target.endpoint.is_local:
        return provider
    return IdentityProvider(f"{target.endpoint.login_base}{_SIMULATOR_LOGIN}", SIMULATOR_CLIENT)
