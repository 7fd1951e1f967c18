"""Forms of units, people and accounts."""
