"""Every route of the ledger: what kind of row it is about, for whom it is there, and how it is asked. A new page adds a line here."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

SEEN, KEPT, OWN = "seen", "kept", "own"  # who sees the row · supervisors of the unit that keeps it · people of the unit that keeps it
ANSWERING = "answering"  # who sees the row, the liaison apart
ISSUING, DRAFTING = "issuing", "drafting"  # people of the unit that issues the matter · the same, while it is a draft
ISSUED = "issued"  # who sees the matter, once it is issued
SYSTEM, SECURITY, PEOPLE, OFFICES = ("system",), ("security",), ("system", "security"), ("system", "security", "offices")


class Route(NamedTuple):
    """``kind`` of ``scene.rows`` that the route's parameters name, empty for a page about no row; ``methods`` that are tried.

    ``there`` says for whom: ``SEEN``, ``KEPT``, ``OWN``, or administrators by name (``offices``: everybody with a post).
    ``lists``: the kinds of rows that the page lists; of ``complete`` it lists every one that may be seen.
    """

    kind: str = ""
    there: str | tuple[str, ...] = SEEN
    methods: tuple[str, ...] = ("GET", "POST")
    lists: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    data: Callable[[Any], dict[str, str]] = lambda row: {}  # what else is sent
    also: tuple[str, ...] = ()  # more kinds of rows that the parameters may name
    name: Callable[[Any, str], Any] = lambda row, parameter: row.pk

    def arguments(self, row: Any, parameters: list[str]) -> dict[str, Any]:
        """Parameters of the address of ``row``."""
        return {parameter: self.name(row, parameter) for parameter in parameters}


def _of_version(row: Any, parameter: str) -> int:
    return int(row.number if parameter == "number" else row.document_id)


def _of_comparison(row: Any, parameter: str) -> int:
    return int(row.upper.document_id if parameter == "upper" else row.lower.document_id)


def _all(names: str, route: Route) -> Iterable[tuple[str, Route]]:
    return ((name, route) for name in names.split())


OPEN_TO_ALL: dict[str, str] = {
    "language": "a choice of the reader",
    "health": "the sign of life",
    "invitation_redeem": "whoever holds the token",
    "mfa_authenticate": "the second step of signing in",
    "account_logout": "signing out",
    "account_reauthenticate": "the password again, for whoever is signed in",
    "mfa_reauthenticate": "a code again, for whoever is signed in",
}
"""Routes that ask for no signing in."""

BOARDS = "board_indicators board_levels board_map board_units"
NO_ROW = (
    "account account_change_password administrator_new adopt approvals audit_checkpoint audit_hashes audit_proof audit_sheet audit_verify channels channel_new board matters_chosen matters_of_source matters_remind view_save audit calendar calendar_new choose_post document_progress document_upload drafts grant_new grants import_table import_template instruction_new instructions limits limits_edit"
    " invitations locks matter_new meeting_new meetings mfa_activate_totp mfa_deactivate_totp mfa_generate_recovery_codes must_do oversight own_session_end people person_new"
    " inspection_new inspection_plan problem_new lookback_new programme_new programmes propose_chosen propose_many sign_ins tables unit_new units unlock"
)
MATTERS = (
    "matter matter_accept matter_approve matter_child matter_children matter_close matter_comment matter_decide matter_decline matter_discard matter_escalate"
    " matter_extension matter_history matter_mark_standing matter_merge matter_object matter_panels matter_plan matter_propose matter_remind matter_reopen matter_reply matter_report"
    " matter_report_save matter_resolve matter_resume matter_return matter_return_draft matter_sign matter_submit matter_support matter_suspend matter_terminate"
)
PAPERS = "official_paper paper_approve paper_discard paper_edit paper_issue paper_make_again paper_recall paper_send_back paper_submit paper_void"
REPORTS = "report report_accept report_release report_return report_send_back"
PROBLEMS = (
    "problem problem_accept problem_adjust problem_claim problem_close problem_consult problem_drop problem_edit problem_keep problem_matter problem_mend problem_object"
    " problem_plan problem_reassign problem_relapse problem_report problem_return"
)
LOOKBACKS = "lookback_confirm lookback_differ lookback_help lookback_help_done lookback_reopen lookback_settle lookback_write"
KEPT_PROGRAMMES = "paper_new part_new programme_close programme_edit programme_reopen scheme_new study_new topic_new"

ROUTES: dict[str, Route] = dict(
    [
        *_all(NO_ROW, Route()),
        *_all(BOARDS, Route()),
        ("documents", Route(lists=("document",), complete=("document",))),
        ("matters", Route(lists=("matter",), complete=("matter",))),
        ("search", Route(lists=("matter", "document"), query=(("q", "事项"),))),
        *_all(MATTERS, Route("matter")),
        ("matter_edit", Route("matter", there=ISSUING)),
        *_all("draft_fix draft_row", Route("matter", there=DRAFTING)),
        *_all(REPORTS, Route("report", also=("draft report",))),
        *_all("extension_grant extension_refuse extension_release extension_withdraw", Route("extension")),
        *_all("plan_agree plan_return", Route("plan")),
        ("evidence", Route("evidence", also=("draft evidence",), methods=("GET",))),
        ("source_settle", Route("source", there=ISSUING)),
        ("matters_of_document", Route()),  # of any number: what of the matters from it may be seen
        ("board_document", Route("document", there=ANSWERING, methods=("GET",))),
        ("document", Route("document", methods=("GET",))),
        *_all("document_facts document_version", Route("document")),
        ("document_uppers", Route("document", data=lambda row: {"upper": str(row.uppers.get().upper_id)})),
        *_all("comparison comparison_accept", Route("comparison", name=_of_comparison)),
        *_all("review review_bulk review_doubt", Route("version", name=_of_version)),
        ("review_sentence", Route("version", name=_of_version, data=lambda row: {"start": str(row.decomposition["sentences"][0]["start"])})),
        *_all("version_again version_file", Route("version")),
        *_all("draft draft_act draft_edit draft_split", Route("draft")),
        ("note_lift", Route("note")),
        ("upper_remove", Route("upper link")),
        *_all("instruction instruction_reply", Route("instruction")),
        ("papers", Route(lists=("official paper", "draft paper"), complete=("official paper", "draft paper"))),
        *_all("letterhead paper_begin paper_templates paper_template paper_template_sample paper_template_add paper_template_drop", Route()),
        *_all(PAPERS, Route("official paper", also=("draft paper",))),
        *_all("paper_word paper_pdf paper_files", Route("official paper", methods=("GET",))),
        *_all("paper_receive paper_answer", Route("addressee")),
        ("programme", Route("programme", methods=("GET",))),
        *_all(KEPT_PROGRAMMES, Route("programme", there=KEPT)),
        ("scheme_compare", Route("programme", there=OWN, methods=("GET",))),
        *_all("part_edit part_remove", Route("part", there=KEPT)),
        ("paper_remove", Route("paper", there=KEPT)),
        *_all("meeting meeting_pack decision_list", Route("meeting", methods=("GET",))),
        *_all("meeting_drop meeting_edit meeting_hold", Route("meeting", there=KEPT)),
        *_all("decision_edit decision_remove", Route("decision", there=KEPT)),
        *_all("study_edit study_remove", Route("study", there=KEPT)),
        *_all("topic_edit topic_remove", Route("topic", there=KEPT)),
        *_all("unit units_below", Route("unit", there=OFFICES, methods=("GET",))),
        ("problems", Route(lists=("problem",), complete=("problem",))),
        *_all(PROBLEMS, Route("problem")),
        ("problem_of_matter", Route("matter")),
        ("inspections", Route(lists=("inspection",), complete=("inspection",))),
        *_all("inspection inspection_cancel inspection_conclude inspection_edit inspection_merge", Route("inspection")),
        *_all("visit_confirm visit_reply visit_settle visit_tell", Route("visit")),
        ("inspection_plan_line", Route("planned visit", there=KEPT)),
        ("problem_of_inspection", Route("inspection", there=KEPT)),
        ("measure_done", Route("measure")),
        ("proof", Route("proof", methods=("GET",))),
        ("lookbacks", Route(lists=("look-back plan",), complete=("look-back plan",))),
        *_all("lookback lookback_population", Route("look-back plan", methods=("GET",))),
        ("lookback_drop", Route("look-back plan")),
        *_all(LOOKBACKS, Route("look-back check", also=("unconfirmed look-back check",))),
        ("lookback_check", Route("look-back check", also=("unconfirmed look-back check",), methods=("GET",))),
        ("view_delete", Route("view")),
        *_all("unit_edit unit_end unit_merge unit_move unit_new_below unit_rename unit_reopen alias_add duty_add person_new_in", Route("unit", there=SYSTEM)),
        ("alias_remove", Route("alias", there=SYSTEM)),
        ("duty_remove", Route("duty", there=SYSTEM)),
        ("grant_end", Route("grant", there=("civil",))),
        ("person", Route("person", there=PEOPLE, methods=("GET",))),
        ("person_disable", Route("person", there=PEOPLE)),
        *_all("person_edit post_give", Route("person", there=SYSTEM)),
        ("person_enable", Route("person", there=PEOPLE)),
        *_all("person_sessions_end second_factor_reset", Route("person", there=SECURITY)),
        *_all("administrator_confirm administrator_decline", Route("pending administrator", there=SECURITY)),
        *_all("post_end post_move", Route("post", there=SYSTEM)),
        ("invitation_revoke", Route("invitation", there=SECURITY)),
        *_all("channel_edit channel_switch channel_try", Route("channel", there=SYSTEM)),
        ("channel", Route("channel", there=SYSTEM, methods=("GET",))),
        ("channel_again", Route("outgoing", there=SYSTEM)),
        ("digests", Route(methods=("GET",))),
        ("digest", Route("digest", there=OWN, methods=("GET",))),
        ("calendar_withdraw", Route("announcement", there=SYSTEM)),
        ("matter_ladder", Route("matter", there=ISSUED, methods=("GET",))),
        ("ladder_climb", Route("matter", there=ISSUED, name=lambda row, parameter: row.pk if parameter == "pk" else "blue")),
        *_all("rung_accept rung_agree rung_decline rung_refuse rung_reply rung_withdraw", Route("rung")),
        ("audit_subject", Route()),  # test_orgs_pages
        ("theme", Route()),
        ("import_preview", Route()),
        *_all("table table_preview table_wait table_problems table_drop", Route("table")),
        ("export", Route()),  # test_exports: each view holds what its page shows
        *_all("roster roster_fill export_roster", Route("target")),
        *_all("roster_row_edit roster_row_remove", Route("roster row")),
        ("export_dossier", Route("matter")),
        ("export_decisions", Route("programme")),
    ]
)
