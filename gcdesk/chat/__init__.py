"""A chat: one guest session with its connection, its proxy, its TLS and its clock, iterated with `async for`."""
