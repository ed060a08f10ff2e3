"""`gcdesk open`: the window, with a question whether a chat shall start."""

from __future__ import annotations

import click

from gcdesk.cli.options import log_level_option
from gcdesk.cli.window import open_window
from gcdesk.errors import LinkError


@click.command()
@click.argument("link", required=False)
@click.option("--env", metavar="NAME", help="The environment; that of the window if left out.")
@click.option("--crm-id", metavar="ID", help="The CRM customer ID.")
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="KEY=VALUE",
    help="A custom attribute, its value as text; repeatable.",
)
@log_level_option
@click.pass_context
def command(
    context: click.Context,
    /,
    link: str | None,
    env: str | None,
    crm_id: str | None,
    attributes: tuple[str, ...],
) -> None:
    """Ask the window to start a chat; it opens if it is not open yet.

    The window shows the environment and the customer, and starts only after somebody confirms it. Instead of
    options, LINK may be one as in gcdesk://start?env=UAT&crm=CUST-12345; more custom attributes go into it as
    attribute=KEY=VALUE, each character that means something in a link written as its code.
    """
    from gcdesk.cli.chat_attributes import attributes_of_options
    from gcdesk.desk.opening import Call, Opening, checked

    if link is not None:
        if env is not None or crm_id is not None or attributes:
            raise LinkError("A link was given together with options.", "Give either one.")
        # The window reads it and says what is wrong: whoever follows a link has no terminal to look at.
        context.exit(open_window(log_level=context.obj, call=Call(link=link)))
    if crm_id is None:
        raise LinkError("It is not clear for whom the chat shall be.", "Give --crm-id ID, or a link.")
    opening = checked(Opening(env or "", crm_id, attributes_of_options(attributes)))
    context.exit(open_window(log_level=context.obj, call=Call(opening=opening)))
