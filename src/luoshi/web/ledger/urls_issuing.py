"""Addresses from the draft to the signature, and of instructions."""

from django.urls import path

from luoshi.web.ledger.views import approving, desk, drafting, instructions, issuing, limiting

urlpatterns = [
    path("matters/adopt/", desk.adopt, name="adopt"),
    path("matters/drafts/", desk.drafts, name="drafts"),
    path("matters/drafts/propose/", desk.propose_many, name="propose_many"),
    path("matters/drafts/proposed/", desk.propose_chosen, name="propose_chosen"),
    path("matters/approvals/", approving.approvals, name="approvals"),
    path("matters/new/", drafting.matter_new, name="matter_new"),
    path("matters/<int:pk>/row/", desk.draft_row, name="draft_row"),
    path("matters/<int:pk>/fix/", desk.draft_fix, name="draft_fix"),
    path("matters/<int:pk>/edit/", drafting.matter_edit, name="matter_edit"),
    path("matters/<int:pk>/child/", drafting.matter_child, name="matter_child"),
    path("matters/<int:pk>/merge/", drafting.merge, name="matter_merge"),
    path("matters/<int:pk>/propose/", issuing.propose, name="matter_propose"),
    path("matters/<int:pk>/approve/", issuing.approve, name="matter_approve"),
    path("matters/<int:pk>/decline/", issuing.decline, name="matter_decline"),
    path("matters/<int:pk>/return_draft/", issuing.return_draft, name="matter_return_draft"),
    path("matters/<int:pk>/discard/", issuing.discard, name="matter_discard"),
    path("matters/<int:pk>/sign/", issuing.sign, name="matter_sign"),
    path("matters/<int:pk>/object/", issuing.object_to, name="matter_object"),
    path("matters/<int:pk>/decide/", issuing.decide, name="matter_decide"),
    path("limits/", limiting.limits, name="limits"),
    path("limits/edit/", limiting.limits_edit, name="limits_edit"),
    path("sources/<int:pk>/settle/", drafting.source_settle, name="source_settle"),
    path("instructions/", instructions.instructions, name="instructions"),
    path("instructions/new/", instructions.instruction_new, name="instruction_new"),
    path("instructions/<int:pk>/", instructions.instruction, name="instruction"),
    path("instructions/<int:pk>/reply/", instructions.instruction_reply, name="instruction_reply"),
]
