"""Addresses of papers."""

from django.urls import path

from luoshi.web.papers.views import acts, beginning, files, papers, templates

urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", beginning.new, name="paper_begin"),
    path("papers/heading/", acts.letterhead, name="letterhead"),
    path("papers/templates/", templates.templates, name="paper_templates"),
    path("papers/templates/<str:kind>/", templates.download, name="paper_template"),
    path("papers/templates/<str:kind>/sample/", templates.sample, name="paper_template_sample"),
    path("papers/templates/<str:kind>/upload/", templates.upload, name="paper_template_add"),
    path("papers/templates/<str:kind>/drop/", templates.drop, name="paper_template_drop"),
    path("papers/<int:pk>/", papers.paper, name="official_paper"),
    path("papers/<int:pk>/edit/", acts.edit, name="paper_edit"),
    path("papers/<int:pk>/submit/", acts.submit, name="paper_submit"),
    path("papers/<int:pk>/recall/", acts.recall, name="paper_recall"),
    path("papers/<int:pk>/approve/", acts.approve, name="paper_approve"),
    path("papers/<int:pk>/send-back/", acts.send_back, name="paper_send_back"),
    path("papers/<int:pk>/issue/", acts.issue, name="paper_issue"),
    path("papers/<int:pk>/void/", acts.void, name="paper_void"),
    path("papers/<int:pk>/discard/", acts.discard, name="paper_discard"),
    path("papers/<int:pk>/again/", acts.again, name="paper_make_again"),
    path("papers/<int:pk>/files/", files.progress, name="paper_files"),
    path("papers/<int:pk>/word/", files.word, name="paper_word"),
    path("papers/<int:pk>/pdf/", files.pdf, name="paper_pdf"),
    path("papers/receipt/<int:pk>/", acts.receive, name="paper_receive"),
    path("papers/receipt/<int:pk>/answer/", acts.answer, name="paper_answer"),
]
