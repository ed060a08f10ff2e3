"""What stays on this desk: environments, their IDs in the operating system's keyring, settings and logs."""
