"""``luoshi doctor``: what of an installation is not as it should be, each with the next step. It looks and changes nothing.

``checks`` is the table; the others look: at the machine, at the installation, at the database, at the ledger, at its files.
"""
