"""What a browser may do with the pages: load nothing from elsewhere, run no script that stands in a page, send forms home."""

from typing import Any
from urllib.parse import urlsplit


def content_security_policy(oidc_server: str) -> dict[str, Any]:
    """The policy of every answer. The button of the office's own sign-in leads to ``oidc_server``, and Chromium counts that as where its form goes."""
    parts = urlsplit(oidc_server)
    office = [f"{parts.scheme}://{parts.netloc}"] if oidc_server else []
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "form-action": ["'self'", *office],
            "frame-ancestors": ["'none'"],
            "base-uri": ["'none'"],
            "object-src": ["'none'"],
        }
    }
