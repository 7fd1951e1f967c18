"""What became of the upper wording in the lower, point by point: numbers, time, force and scope, and what was added."""
