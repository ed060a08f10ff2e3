"""Tests of gcdesk.chat over real sockets."""
