"""gcdesk: launch and watch test chats on Genesys Cloud Web Messaging as a CRM customer."""

__version__ = "0.1.0"
