"""Pages of documents: parse, ask one service or selector, render."""
