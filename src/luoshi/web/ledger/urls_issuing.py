"""Addresses from the draft to the signature, and of instructions."""

from django.urls import path

from luoshi.web.ledger.views import issuing

urlpatterns = [
    path("matters/<int:pk>/propose/", issuing.propose, name="matter_propose"),
    path("matters/<int:pk>/approve/", issuing.approve, name="matter_approve"),
    path("matters/<int:pk>/decline/", issuing.decline, name="matter_decline"),
    path("matters/<int:pk>/return_draft/", issuing.return_draft, name="matter_return_draft"),
    path("matters/<int:pk>/discard/", issuing.discard, name="matter_discard"),
    path("matters/<int:pk>/sign/", issuing.sign, name="matter_sign"),
    path("matters/<int:pk>/object/", issuing.object_to, name="matter_object"),
    path("matters/<int:pk>/decide/", issuing.decide, name="matter_decide"),
]
