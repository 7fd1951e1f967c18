"""Full-text search: any run of one or more characters, found exactly, on both databases alike.

What is searched is folded first (``folding``): widths and cases made one, blanks dropped. Pairs of neighbouring characters are indexed (FTS5 on
SQLite, ``tsvector`` on PostgreSQL) and only narrow the rows down; whether a row matches is then decided by looking for the words in it, so
that counts are exact. A word of one character has no pair and is looked for in every row. Who may see a row is not known here: callers
ask with their own visible rows.
"""
