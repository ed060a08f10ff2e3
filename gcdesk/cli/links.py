"""`gcdesk links`: whether gcdesk:// links of this computer open chats."""

from __future__ import annotations

import click

from gcdesk.cli.options import log_level_option


@click.group()
def command() -> None:
    """Let gcdesk:// links of this computer open chats.

    A link looks like gcdesk://start?env=UAT&crm=CUST-12345. The window shows what it asks for, and starts nothing
    before somebody confirms it. On macOS links open only programs that are installed as an application: there,
    give the link to gcdesk open, in quotes.
    """


@command.command()
@log_level_option
def register() -> None:
    """Open gcdesk:// links with this installation, for this user only."""
    from gcdesk.desk.link_scheme import register as do

    where = do()
    click.echo(f"gcdesk:// links open with gcdesk now; that is written in {where}.")


@command.command()
@log_level_option
def unregister() -> None:
    """Take that back."""
    from gcdesk.desk.link_scheme import unregister as do

    click.echo("gcdesk:// links open with gcdesk no more." if do() else "They were not registered here.")


@command.command()
@click.option("--env", metavar="NAME", help="The environment; that of the window if left out.")
@click.option("--crm-id", metavar="ID", required=True, help="The CRM customer ID.")
@click.option(
    "--attribute", "attributes", multiple=True, metavar="KEY=VALUE", help="A custom attribute; repeatable."
)
@log_level_option
def make(env: str | None, crm_id: str, attributes: tuple[str, ...]) -> None:
    """Print the link that asks for a chat, to put into a ticket or a CRM."""
    from gcdesk.cli.chat_attributes import attributes_of_options
    from gcdesk.desk.opening import Opening, checked, write_link

    click.echo(write_link(checked(Opening(env or "", crm_id, attributes_of_options(attributes)))))
