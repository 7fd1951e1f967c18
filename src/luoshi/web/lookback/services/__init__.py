"""Writing: a sample is drawn, its matters are checked by two people, help is offered."""
