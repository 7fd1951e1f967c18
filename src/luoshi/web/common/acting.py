"""What every act is called, whichever app it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Words:
    """What an act is called: title of the page, word on the button, message when it is done, what follows from it."""

    title: str
    verb: str
    done: str
    consequence: str = ""
