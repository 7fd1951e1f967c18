"""Pages of problems and inspections: parse, call one service or selector, render."""
