"""Units and people out of a spreadsheet: ``lines`` (what the rows say) → ``plan`` (what would be done, row by row) → ``apply`` (the services, one call a subject)."""
