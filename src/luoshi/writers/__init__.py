"""What a decomposition and an alignment look like outside of Luoshi: data, a workbook, a document, plain text, a page.

Writers show what was found and nothing else; none of them decides anything. A table may be cut to what a cell can hold, and says so.
Each is loaded when it is first asked for: who wants data need not wait for a word processor's library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.writers.alignment.data import ALIGNMENT_SCHEMA, alignment_dumps, alignment_schema, alignment_to_json
    from luoshi.writers.alignment.markdown import alignment_to_markdown
    from luoshi.writers.alignment.page import alignment_to_html
    from luoshi.writers.alignment.workbook import write_alignment_xlsx
    from luoshi.writers.decomposition_json import SCHEMA, dumps, schema, to_json
    from luoshi.writers.docx import write_docx
    from luoshi.writers.html import to_html
    from luoshi.writers.markdown import to_markdown
    from luoshi.writers.meeting import write_decision_list, write_meeting_pack
    from luoshi.writers.xlsx import write_xlsx

__all__ = [
    "ALIGNMENT_SCHEMA", "SCHEMA", "alignment_dumps", "alignment_schema", "alignment_to_html", "alignment_to_json", "alignment_to_markdown",
    "dumps", "schema", "to_html", "to_json", "to_markdown", "write_alignment_xlsx", "write_decision_list", "write_docx",
    "write_meeting_pack", "write_xlsx",
]  # fmt: skip

_HOMES = {
    "SCHEMA": "decomposition_json", "dumps": "decomposition_json", "schema": "decomposition_json", "to_json": "decomposition_json",
    "to_html": "html", "to_markdown": "markdown", "write_docx": "docx", "write_xlsx": "xlsx",
    "ALIGNMENT_SCHEMA": "alignment.data", "alignment_dumps": "alignment.data", "alignment_schema": "alignment.data",
    "write_decision_list": "meeting", "write_meeting_pack": "meeting",
    "alignment_to_json": "alignment.data", "alignment_to_html": "alignment.page", "alignment_to_markdown": "alignment.markdown",
    "write_alignment_xlsx": "alignment.workbook",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
