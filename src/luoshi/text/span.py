"""Span: a half-open stretch of a text, and the contract that every result keeps."""

from dataclasses import dataclass

_put = object.__setattr__


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """``[start, end)`` in code points of one text; ``text[start:end]`` is its quote."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"not a span: [{start}, {end})")
        _put(self, "start", start)
        _put(self, "end", end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The quote: the stretch of ``text`` that this span names."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """True where ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Span") -> int:
        """Number of code points that both spans hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))
