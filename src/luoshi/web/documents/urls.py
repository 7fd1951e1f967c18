"""Addresses of documents."""

from django.urls import path

from luoshi.web.documents.views import comparing, documents, reviewing, shaping, uploading

urlpatterns = [
    path("documents/", documents.listing, name="documents"),
    path("documents/upload/", uploading.upload, name="document_upload"),
    path("documents/progress/", documents.progress, name="document_progress"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/facts/", documents.facts, name="document_facts"),
    path("documents/<int:pk>/version/", uploading.new_version, name="document_version"),
    path("documents/<int:pk>/uppers/", comparing.uppers, name="document_uppers"),
    path("documents/<int:pk>/compare/<int:upper>/", comparing.comparison, name="comparison"),
    path("documents/<int:pk>/compare/<int:upper>/accept/", comparing.accept, name="comparison_accept"),
    path("documents/<int:pk>/review/<int:number>/", reviewing.review, name="review"),
    path("documents/<int:pk>/review/<int:number>/bulk/", reviewing.bulk, name="review_bulk"),
    path("documents/<int:pk>/review/<int:number>/sentence/", reviewing.sentence, name="review_sentence"),
    path("documents/<int:pk>/review/<int:number>/doubt/", reviewing.doubt, name="review_doubt"),
    path("documents/notes/<int:pk>/lift/", reviewing.lift, name="note_lift"),
    path("documents/uppers/<int:pk>/remove/", comparing.remove_upper, name="upper_remove"),
    path("documents/versions/<int:pk>/again/", uploading.again, name="version_again"),
    path("documents/versions/<int:pk>/file/", documents.file, name="version_file"),
    path("documents/drafts/<int:pk>/", reviewing.draft, name="draft"),
    path("documents/drafts/<int:pk>/act/", reviewing.act, name="draft_act"),
    path("documents/drafts/<int:pk>/edit/", shaping.edit, name="draft_edit"),
    path("documents/drafts/<int:pk>/split/", shaping.split, name="draft_split"),
]
