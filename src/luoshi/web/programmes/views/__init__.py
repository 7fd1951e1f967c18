"""Pages of programmes: parse, call one service or selector, render."""
