"""The record of every write: who did what to which row, when, for which unit and why, chained per subject, gapless, append-only.

``services.record`` is called by hand in every service, inside its transaction; a service without it fails a test.
"""
