"""Boards: pages that only read. Every figure has its base and leads to its rows; units stand in the order of their tree, never by how they do."""
