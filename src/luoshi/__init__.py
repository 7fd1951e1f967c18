"""Luoshi: from directive to delivered work. The reader's public face: ``read`` a file, ``decompose`` what it says."""

__version__ = "0.1.0"
