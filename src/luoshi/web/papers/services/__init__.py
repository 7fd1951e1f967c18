"""All writes of papers."""
