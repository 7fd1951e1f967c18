"""What is written without a record of the audit, and why. Everything else that a person sets off is one record.

``name`` is that of a function (``app.module.function``) or of a table (``app.Model``) or column of one; a test looks through all services and knows these.
"""

from typing import NamedTuple


class Exempt(NamedTuple):
    """A write without a record."""

    name: str
    why: str


EXEMPT: tuple[Exempt, ...] = (
    Exempt("sessions.Session", "the session of a browser; its begin and end are records of their own (login.success, login.out)"),
    Exempt("usersessions.UserSession", "which browser a session belongs to, kept by the library for the list of one's own sessions"),
    Exempt("common.Submission", "the key by which a form takes effect once"),
    Exempt("axes.AccessAttempt", "the count of failures that locks; every failure is a record (login.failure)"),
    Exempt("django_tasks_db.DBTaskResult", "the progress of background work; what the work does to a row is a record"),
    Exempt("documents.services.reading.begin_reading", "the progress of background work: a version is being read"),
    Exempt("documents.services.linking.begin_comparison", "the progress of background work: a comparison is being made"),
    Exempt("documents.services.linking.keep_comparison", "derived from two texts by the rules; asking for it is a record (document.compare)"),
    Exempt("ledger.Source.checked_against", "that a quote still stands in a newer version, so that it is not looked for again; only where it does not is there anything to tell (source.suspect)"),
    Exempt("ledger.services.reckoning.reckon", "facts of a light, derived from reports, steps and curves that have their own records"),
    Exempt("search.services.index", "derived from rows that have their own records"),
    Exempt("search.services.index_again", "the same, made again for an installation that was restored"),
    Exempt("search.services.forget", "derived from rows that have their own records"),
    Exempt("orgs.services.people.choose_post", "for which of one's own units the next pages are shown: a preference"),
    Exempt("ledger.services.reporting.begin_report", "an empty draft; nobody outside the unit sees it before it is filed"),
    Exempt("ledger.services.reporting.save_draft", "a draft saved as typed; the record of the filing tells all that was filed"),
    Exempt("ledger.services.reporting.discard_draft", "a draft that was never filed is thrown away"),
    Exempt("ledger.services.evidencing.attach_evidence", "part of a draft; the record of the filing names each file with its SHA-256"),
    Exempt("ledger.services.evidencing.remove_evidence", "part of a draft; what was filed before is named in its record"),
    Exempt("ledger.services.viewing.save_view", "a view of the table that a person keeps: a preference"),
    Exempt("ledger.services.viewing.delete_view", "the same, forgotten"),
    Exempt("notices.services.digesting.make_digest", "derived from rows that have their own records, by the clock; it is kept, and so is the outbox that it fills"),
    Exempt("notices.services.sending.claim_outgoing", "the outbox is its own record: how often it was tried, when it left, what was said; the digest that it carries is derived"),
    Exempt("notices.services.sending.mark_sent", "the same"),
    Exempt("notices.services.sending.fail_outgoing", "the same"),
    Exempt("exchange.services.keeping.bring_table", "a spreadsheet on its way in; nothing of the ledger changes before it is confirmed"),
    Exempt("exchange.services.keeping.map_table", "what its columns mean, typed on the way"),
    Exempt("exchange.services.keeping.remember_headings", "the same, kept for the next table: a preference of the unit"),
    Exempt("exchange.services.keeping.queue_table", "the progress of background work"),
    Exempt("exchange.services.keeping.finish_table", "the progress of the same; each matter that it changed or made has its own record (matter.edit, matter.draft)"),
    Exempt("exchange.services.keeping.fail_table", "the progress of the same; nothing was done"),
    Exempt("exchange.services.keeping.drop_table", "a table that never took effect is put away"),
)
