"""Many documents: read, kept as columns, compared and followed through years and levels."""
