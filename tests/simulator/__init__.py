"""Tests of the simulator, by a guest and a schema that share no code with gcdesk's client."""
