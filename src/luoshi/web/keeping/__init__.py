"""Keeping an installation: a backup while it is served, its verification without any database, and bringing it back on either database.

A backup is one uncompressed zip: every table as canonical JSON lines, the files of the store, key and settings, and a manifest with the
SHA-256 of each part. The SHA-256 of the whole stands in a file beside it, in the form of ``sha256sum``, and in the audit of what was backed up.
Tables are written the same by SQLite and by PostgreSQL, so that moving from one to the other is a backup and a restore.
"""
