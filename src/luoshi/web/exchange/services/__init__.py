"""Writes: one function an act."""
