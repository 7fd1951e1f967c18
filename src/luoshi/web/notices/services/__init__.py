"""Writing digests, channels and the outbox."""
