"""Pages of the ledger, a module per stage: parse, call one service or selector, render."""
