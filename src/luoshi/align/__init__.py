"""Decomposition × Decomposition → Alignment: two levels' documents side by side."""
