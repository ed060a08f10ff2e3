"""Walking from this desk to Genesys Cloud, step by step, to find out where a chat would fail and why."""
