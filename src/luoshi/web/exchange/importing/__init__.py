"""From the rows of a spreadsheet to what would be done: ``heads`` (which column means what) → ``changes`` or ``foreign`` (a plan, row by row) → ``apply`` (everything or nothing)."""
