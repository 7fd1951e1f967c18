"""``luoshi corpus track``: a term through years and levels, as a table, a chart, or both on one page."""

import base64
import hashlib
import sys
from pathlib import Path

import pyarrow as pa

from luoshi.cli.corpus_tables import check_suffix, headers, markdown, write_file, write_table
from luoshi.corpus.opening import opened
from luoshi.corpus.tracking import Track, track
from luoshi.decompose.model import Target
from luoshi.text.language import _, current_language
from luoshi.theme import asset
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.labels import framework_statuses, hows, levels, quantity

_STYLE = """
@layer report { body.track { display: block; padding: 20px; max-width: 1200px; margin: 0 auto } .track figure { overflow-x: auto; background: #fff; margin: 16px 0; padding: 12px }
 .track .scroll { overflow-x: auto } .track td { max-width: 46em } @media print { .track figure { break-inside: avoid } } }
"""


def track_term(folder: Path, term: str, out: Path | None) -> None:
    """Print the table, or write what the suffix of ``out`` says."""
    suffix = check_suffix(out, ("svg", "html", "csv", "xlsx", "parquet", "md")) if out is not None else ""
    found = track(opened(folder), term)
    if out is None:
        print(markdown(shown(found)), end="")
    elif suffix == "svg":
        from luoshi.corpus.charts import svg

        write_file(out, svg(found).encode())
    elif suffix == "html":
        write_file(out, page(found).encode())
    else:
        write_table(found.rows if suffix == "parquet" else shown(found), out)
    print(summary(found), file=sys.stderr)


def summary(found: Track) -> str:
    """One line on what was found."""
    if not found.documents:
        return _("没有一份文件提到“{term}”。").format(term=found.term)
    kinds = {"target": _("作为目标"), "framework": _("作为提法"), "term": _("作为用语")}
    said = _("“{term}”{kind}：{documents} 份文件，{rows} 处").format(term=found.term, kind=kinds[found.kind], documents=found.documents, rows=found.rows.num_rows)
    return said + (_("；与别的文件相同的 {n} 份没有重复计算").format(n=found.left_out) if found.left_out else "")


def shown(found: Track) -> pa.Table:
    """The rows for a reader: levels and how the year is known in words, a target as one figure beside its parts."""
    names, known, statuses = levels(), hows(), framework_statuses()
    rows = found.rows.to_pylist()
    columns: dict[str, list[object]] = {
        "year": [row["year"] for row in rows],
        "date_from": [known.get(row["date_from"], "") for row in rows],
        "level": [names.get(row["level"], "") for row in rows],
        "place": [row["place"] for row in rows],
        "document": [row["document"] for row in rows],
    }
    if found.kind == "target":
        columns |= {name: [row[name] for row in rows] for name in ("indicator", "quote", "comparator", "value", "unit")}
    else:
        columns |= {"quote": [row["quote"] for row in rows], "times": [row["times"] for row in rows]}
    if found.kind == "framework":
        columns |= {"claimed": [row["claimed"] for row in rows], "status": [statuses[row["status"]][1] if row["status"] else "" for row in rows]}
    return pa.table(columns)


def page(found: Track) -> str:
    """One page with the chart and the table; it loads nothing and runs nothing."""
    style = f"{asset('theme.css')}\n{_STYLE}"
    title = _("追踪：{term}").format(term=found.term)
    policy = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"
    head = el(
        "head", el("meta", charset="utf-8"), el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=policy), el("title", title), el("style", Html(style)),
    )  # fmt: skip
    body = el("body", el("h1", title), el("p", summary(found), class_="quiet"), _figure(found), _table(found), class_="track")
    return f"<!doctype html>\n{el('html', head, body, lang='zh-Hans' if current_language() == 'zh' else current_language())}\n"


def _figure(found: Track) -> Html:
    if not found.values and not any(one.part for one in found.shares):
        return Html("")
    from luoshi.corpus.charts import svg

    return el("figure", Html(svg(found)), role="img", aria_label=_("图：{term} 历年变化，数据见下表").format(term=found.term))


def _table(found: Track) -> Html:
    words = headers()
    table = shown(found)
    if found.kind == "target":
        figures = [quantity(Target(0, 0, "", row["comparator"], row["value"], row["unit"], "")) for row in table.to_pylist()]
        table = table.drop_columns(["comparator", "unit", "value"]).append_column("value", pa.array(figures, type=pa.string()))
    head = el("tr", *(el("th", words[name], scope="col") for name in table.column_names))
    rows = (el("tr", *(el("td", "" if value is None else str(value)) for value in row.values())) for row in table.to_pylist())
    return el("div", el("table", el("thead", head), el("tbody", join(rows))), class_="scroll")
