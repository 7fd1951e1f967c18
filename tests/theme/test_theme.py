"""The theme is plain files; what it cannot say once it must say twice alike."""

import re

import pytest

from luoshi.theme import asset


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def test_the_system_and_the_button_mean_the_same_dark() -> None:
    css = asset("theme.css")
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.S)
    button = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', css, re.S)
    assert system and button
    assert _tokens(system[1]) == _tokens(button[1])
    assert len(_tokens(system[1])) > 20


@pytest.mark.parametrize("name", ["theme.css", "report.css", "report.js"])
def test_nothing_comes_from_a_network(name: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(", asset(name).replace("https://", "https:"))


@pytest.mark.parametrize("name", ["theme.css", "report.css", "report.js"])
def test_an_asset_cannot_close_the_element_that_holds_it(name: str) -> None:
    assert "</" not in asset(name)


def test_every_token_that_is_used_is_defined() -> None:
    css = asset("theme.css") + asset("report.css")
    defined = set(re.findall(r"(--[\w-]+)\s*:", css))
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= defined
