"""Matters: from the draft over issue, work, report and acceptance to the close. One table of states and acts drives everything.

``workflow`` decides, ``lights`` computes, ``models`` holds; ``services`` writes, ``selectors`` reads, ``views`` shows.
"""
