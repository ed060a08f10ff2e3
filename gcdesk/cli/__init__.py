"""The `gcdesk` command: one file a command, each loaded when it is asked for."""
