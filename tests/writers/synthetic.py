"""Documents made by a loop: hostile text, and a text long enough to be slow."""

from dataclasses import replace

from luoshi.decompose.model import Deadline, Decomposition, Framework, Item, Measure, Member, Section, Sentence, Target, Unit
from luoshi.text import Doubt, SourceText, Span
from tests.writers.sample import sample


def with_text(texts: dict[str, str]) -> Decomposition:
    """A document of one paragraph whose items are quoted as given, for what hostile text may do; keys name the items."""
    joined = "\n".join(texts.values())
    items: list[Item] = []
    sentences: list[Sentence] = []
    at = 0
    for key, text in texts.items():
        span = Span(at, at + len(text))
        doubt = Doubt("test.hostile", text, text, span.start, span.end)
        items.append(
            Item(
                key,
                span.start,
                span.end,
                text,
                (text,),
                None,
                "requirement",
                "deliverable",
                "must",
                Unit(text, "speaker", at, span.end),
                (Unit(text, "lead", at, span.end),),
                (Deadline(at, span.end, text, None, None, None, "r"),),
                (Target(at, span.end, text, "=", 1.0, text, text),),
                (Measure(at, span.end, text), Measure(at, span.end, text + "!")),
                (Measure(at, span.end, text),),
                (doubt,),
            )
        )
        sentences.append(Sentence(at, span.end, "requirement", None, key))
        at = span.end + 1
    frameworks = tuple(
        Framework(text, 2, "mismatch", (Member(0, 1, text),), (Span(0, 1),), ((Span(0, 1), Span(0, 1)),)) for text in texts.values()
    )
    first = next(iter(texts.values()))
    base = sample()
    return replace(
        base,
        source=SourceText.from_text(joined, name=first),
        facts=replace(base.facts, title=first, number=first, dates=()),
        sections=(),
        sentences=tuple(sentences),
        items=tuple(items),
        responsibilities=(),
        frameworks=frameworks,
        doubts=(),
    )


def large(chars: int = 33_000, items: int = 700) -> Decomposition:
    """A long document: ``items`` requirements of equal length, a heading before every tenth."""
    length = chars // items
    texts: list[str] = []
    sections: list[Section] = []
    sentences: list[Sentence] = []
    found: list[Item] = []
    at = 0
    for n in range(1, items + 1):
        if n % 10 == 1:
            heading = f"（{n}）第{n}组任务"
            section = Section(f"s{n}", f"（{n}）", f"第{n}组任务", 1, at, at + len(heading), None, Span(at, at + len(heading)))
            sections.append(section)
            sentences.append(Sentence(at, at + len(heading), "heading", section.id))
            texts.append(heading)
            at += len(heading) + 1
        text = f"第{n}项，各县（市、区）要在2027年底前建成{n}个站点，" + "健全服务网络" * 20
        text = text[: length - 2] + "。"
        found.append(
            Item(
                f"i{n:04d}",
                at,
                at + len(text),
                text,
                (f"第{n}组任务",),
                None,
                "requirement",
                "deliverable",
                "must",
                None,
                (Unit(f"省第{n % 23}厅", "lead", at, at + 2),),
                (),
                (),
                (Measure(at, at + 9, text[:9]), Measure(at + 9, at + 20, text[9:20])),
                (),
                (),
            )
        )
        sentences.append(Sentence(at, at + len(text), "requirement", sections[-1].id, found[-1].id))
        texts.append(text)
        at += len(text) + 1
    return replace(
        sample(),
        source=SourceText.from_text("\n".join(texts), name="large"),
        facts=replace(sample().facts, dates=()),
        sections=tuple(sections),
        sentences=tuple(sentences),
        items=tuple(found),
        responsibilities=(),
        frameworks=(),
        doubts=(),
    )
