"""All writes about units and people: units, merging, naming, people, posts, administrators, invitations, passwords, grants, signing in.

Every service is one transaction and one audit record. Who may call it is asked here, not only in the pages.
"""
