"""Pages of digests and channels: parse, call one service or selector, render."""
