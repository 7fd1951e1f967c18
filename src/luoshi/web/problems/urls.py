"""Addresses of problems and inspections."""

from django.urls import path

from luoshi.web.problems.views import inspections, problems
from luoshi.web.problems.views import problem_acts as acts

urlpatterns = [
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path("inspections/plan/", inspections.plan_line, name="inspection_plan"),
    path("inspections/plan/<int:pk>/", inspections.plan_line, name="inspection_plan_line"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/edit/", inspections.edit, name="inspection_edit"),
    path("inspections/<int:pk>/merge/", inspections.merge, name="inspection_merge"),
    path("inspections/<int:pk>/cancel/", inspections.cancel, name="inspection_cancel"),
    path("inspections/<int:pk>/conclude/", inspections.conclude, name="inspection_conclude"),
    path("inspections/<int:pk>/problem/", acts.of_inspection, name="problem_of_inspection"),
    path("inspections/visits/<int:pk>/tell/", inspections.tell, name="visit_tell"),
    path("inspections/visits/<int:pk>/confirm/", inspections.confirm, name="visit_confirm"),
    path("inspections/visits/<int:pk>/reply/", inspections.reply, name="visit_reply"),
    path("inspections/visits/<int:pk>/settle/", inspections.settle, name="visit_settle"),
    path("problems/", problems.problems, name="problems"),
    path("problems/new/", acts.new, name="problem_new"),
    path("problems/<int:pk>/", problems.problem, name="problem"),
    path("problems/<int:pk>/claim/", acts.claim, name="problem_claim"),
    path("problems/<int:pk>/object/", acts.object_to, name="problem_object"),
    path("problems/<int:pk>/keep/", acts.keep, name="problem_keep"),
    path("problems/<int:pk>/reassign/", acts.reassign, name="problem_reassign"),
    path("problems/<int:pk>/drop/", acts.drop, name="problem_drop"),
    path("problems/<int:pk>/edit/", acts.edit, name="problem_edit"),
    path("problems/<int:pk>/adjust/", acts.adjust, name="problem_adjust"),
    path("problems/<int:pk>/plan/", acts.plan, name="problem_plan"),
    path("problems/<int:pk>/report/", acts.report, name="problem_report"),
    path("problems/<int:pk>/mend/", acts.mend, name="problem_mend"),
    path("problems/<int:pk>/accept/", acts.accept, name="problem_accept"),
    path("problems/<int:pk>/return/", acts.return_to, name="problem_return"),
    path("problems/<int:pk>/close/", acts.close, name="problem_close"),
    path("problems/<int:pk>/relapse/", acts.relapse, name="problem_relapse"),
    path("problems/<int:pk>/consult/", acts.consult, name="problem_consult"),
    path("problems/<int:pk>/matter/", acts.raise_matter, name="problem_matter"),
    path("problems/measures/<int:pk>/done/", acts.measure_done, name="measure_done"),
    path("problems/proofs/<int:pk>/", problems.proof, name="proof"),
    path("matters/<int:pk>/problem/", acts.of_matter, name="problem_of_matter"),
]
