"""The look in plain files: ``theme.css`` for every page, ``report.css`` and ``report.js`` for the page that one file holds."""

from importlib.resources import files


def asset(name: str) -> str:
    """The text of one file of the theme."""
    return files("luoshi.theme").joinpath(name).read_text(encoding="utf-8")
