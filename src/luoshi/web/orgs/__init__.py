"""Units and people: the tree of units with what they are called and charged with, accounts, posts, grants, signing in."""
