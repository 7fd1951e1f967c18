"""The SQLite of the ledger, as Django names it: ``ENGINE``."""
