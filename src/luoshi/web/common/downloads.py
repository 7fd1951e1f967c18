"""Files that leave the ledger: kept by the reader, never shown by the browser, whatever is in them."""

from typing import BinaryIO

from django.http import FileResponse


def as_download(content: BinaryIO, name: str, media_type: str = "application/octet-stream") -> FileResponse:
    """``content`` as a file called ``name``; what somebody uploaded must not act as a page of ours."""
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
