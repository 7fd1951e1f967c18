"""The ledger in the browser, Django: one feature, one app, the same anatomy in each.

``config`` settings and addresses · ``common`` what every app needs · ``audit`` the record of every write · ``intake`` the child
process · ``orgs`` units and people · ``documents`` directives and their review · ``ledger`` matters. Imports point from left to
right: ``config → ledger → documents → orgs → intake → audit → common``.
"""
