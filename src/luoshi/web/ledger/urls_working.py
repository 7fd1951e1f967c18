"""Addresses of the work: plans, reports, evidence, extensions, the end of a matter, words."""

from django.urls import path

from luoshi.web.ledger.views import closing, extending, planning, reporting, talking, writing

urlpatterns = [
    path("matters/<int:pk>/plan/", planning.plan, name="matter_plan"),
    path("matters/<int:pk>/support/", planning.support, name="matter_support"),
    path("plans/<int:pk>/agree/", planning.agree, name="plan_agree"),
    path("plans/<int:pk>/return/", planning.return_, name="plan_return"),
    path("matters/<int:pk>/report/", writing.write, name="matter_report"),
    path("matters/<int:pk>/report/save/", writing.save, name="matter_report_save"),
    path("reports/<int:pk>/", reporting.report, name="report"),
    path("reports/<int:pk>/release/", reporting.release, name="report_release"),
    path("reports/<int:pk>/send_back/", reporting.send_back, name="report_send_back"),
    path("reports/<int:pk>/accept/", reporting.accept, name="report_accept"),
    path("reports/<int:pk>/return/", reporting.return_, name="report_return"),
    path("evidence/<int:pk>/", reporting.evidence, name="evidence"),
    path("matters/<int:pk>/extension/", extending.ask, name="matter_extension"),
    path("extensions/<int:pk>/release/", extending.release, name="extension_release"),
    path("extensions/<int:pk>/withdraw/", extending.withdraw, name="extension_withdraw"),
    path("extensions/<int:pk>/grant/", extending.grant, name="extension_grant"),
    path("extensions/<int:pk>/refuse/", extending.refuse, name="extension_refuse"),
    path("matters/<int:pk>/submit/", closing.submit, name="matter_submit"),
    path("matters/<int:pk>/accept/", closing.accept, name="matter_accept"),
    path("matters/<int:pk>/return/", closing.return_, name="matter_return"),
    path("matters/<int:pk>/close/", closing.close, name="matter_close"),
    path("matters/<int:pk>/mark_standing/", closing.mark_standing, name="matter_mark_standing"),
    path("matters/<int:pk>/reopen/", closing.reopen, name="matter_reopen"),
    path("matters/<int:pk>/suspend/", closing.suspend, name="matter_suspend"),
    path("matters/<int:pk>/resume/", closing.resume, name="matter_resume"),
    path("matters/<int:pk>/escalate/", closing.escalate, name="matter_escalate"),
    path("matters/<int:pk>/resolve/", closing.resolve, name="matter_resolve"),
    path("matters/<int:pk>/terminate/", closing.terminate, name="matter_terminate"),
    path("matters/<int:pk>/remind/", talking.remind, name="matter_remind"),
    path("matters/<int:pk>/comment/", talking.comment, name="matter_comment"),
    path("matters/<int:pk>/reply/", talking.reply, name="matter_reply"),
]
