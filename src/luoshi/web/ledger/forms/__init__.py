"""Forms of the ledger, one module per stage. Labels are set when a form is made, in the reader's language."""
