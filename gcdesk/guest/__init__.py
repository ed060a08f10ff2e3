"""The guest protocol: frames, content, attributes and the session, without I/O, clock or tasks."""
