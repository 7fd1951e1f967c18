"""Addresses of the audit. Subjects have a colon in their names, and come last."""

from django.urls import path

from luoshi.web.audit.views import proof, records

urlpatterns = [
    path("audit/", records.records, name="audit"),
    path("audit/proof/", proof.proof, name="audit_proof"),
    path("audit/proof/checkpoint/", proof.make, name="audit_checkpoint"),
    path("audit/proof/verify/", proof.check, name="audit_verify"),
    path("audit/proof/<int:size>/sheet/", proof.paper, name="audit_sheet"),
    path("audit/proof/<int:size>/hashes/", proof.hashes, name="audit_hashes"),
    path("audit/<path:name>/", records.subject, name="audit_subject"),
]
