"""`python -m gcdesk` is the same as the `gcdesk` command."""

from gcdesk.cli.main import main

if __name__ == "__main__":
    main()
