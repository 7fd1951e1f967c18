"""Directives as received: versions, reading, review of what was found in them, upper documents, programmes with their meetings."""
