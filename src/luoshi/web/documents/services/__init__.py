"""All writes to documents: ``uploading`` (files in, facts), ``reading`` (what the child found), ``reviewing`` (decisions on items),
``shaping`` (merge, split, make), ``noting`` (sentences and doubts), ``linking`` (upper documents and their comparison)."""
