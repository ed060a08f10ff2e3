"""TLS as the operating system trusts it."""

from __future__ import annotations

import ssl


def client_context() -> ssl.SSLContext:
    """A context that verifies every server against the operating system's trust store, host name included."""
    # Chats with a simulator need no TLS, and the import takes time.
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def tls_version(carrier: ssl.SSLObject | None) -> str:
    """The version as people write it, "TLS 1.3" for example; empty for a plain connection."""
    version = carrier.version() if carrier is not None else None
    return (version or "").replace("TLSv", "TLS ")
