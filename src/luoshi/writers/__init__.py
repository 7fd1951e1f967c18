"""What a decomposition looks like outside of Luoshi: data, a workbook, a document, plain text, a page.

Writers show what was found and nothing else; none of them decides anything. A table may be cut to what a cell can hold, and says so.
"""

from luoshi.writers.decomposition_json import SCHEMA, dumps, schema, to_json
from luoshi.writers.docx import write_docx
from luoshi.writers.html import to_html
from luoshi.writers.markdown import to_markdown
from luoshi.writers.xlsx import write_xlsx

__all__ = ["SCHEMA", "dumps", "schema", "to_html", "to_json", "to_markdown", "write_docx", "write_xlsx"]
