"""All writes of the ledger, one module per stage: drafting → issuing → planning → reporting → extending → closing, and ``talking``.

Every service is one transaction and one audit record; pages, the command line and jobs call the same function.
"""
