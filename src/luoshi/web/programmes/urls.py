"""Addresses of programmes."""

from django.urls import path

from luoshi.web.programmes.views import containers, learning, meetings, outputs, papers

urlpatterns = [
    path("programmes/", containers.programmes, name="programmes"),
    path("programmes/new/", containers.programme_new, name="programme_new"),
    path("programmes/<int:pk>/", containers.programme, name="programme"),
    path("programmes/<int:pk>/edit/", containers.programme_edit, name="programme_edit"),
    path("programmes/<int:pk>/close/", containers.programme_close, name="programme_close"),
    path("programmes/<int:pk>/reopen/", containers.programme_reopen, name="programme_reopen"),
    path("programmes/<int:pk>/parts/new/", containers.part_new, name="part_new"),
    path("programmes/parts/<int:pk>/edit/", containers.part_edit, name="part_edit"),
    path("programmes/parts/<int:pk>/remove/", containers.part_remove, name="part_remove"),
    path("programmes/<int:pk>/papers/new/", papers.paper_new, name="paper_new"),
    path("programmes/papers/<int:pk>/remove/", papers.paper_remove, name="paper_remove"),
    path("programmes/<int:pk>/scheme/new/", papers.scheme_new, name="scheme_new"),
    path("programmes/<int:pk>/scheme/compare/", papers.scheme_compare, name="scheme_compare"),
    path("programmes/<int:pk>/studies/new/", learning.study_new, name="study_new"),
    path("programmes/studies/<int:pk>/edit/", learning.study_edit, name="study_edit"),
    path("programmes/studies/<int:pk>/remove/", learning.study_remove, name="study_remove"),
    path("programmes/<int:pk>/topics/new/", learning.topic_new, name="topic_new"),
    path("programmes/topics/<int:pk>/edit/", learning.topic_edit, name="topic_edit"),
    path("programmes/topics/<int:pk>/remove/", learning.topic_remove, name="topic_remove"),
    path("programmes/meetings/", meetings.meetings, name="meetings"),
    path("programmes/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("programmes/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("programmes/meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("programmes/meetings/<int:pk>/hold/", meetings.meeting_hold, name="meeting_hold"),
    path("programmes/meetings/<int:pk>/drop/", meetings.meeting_drop, name="meeting_drop"),
    path("programmes/meetings/<int:pk>/pack.docx", outputs.meeting_pack, name="meeting_pack"),
    path("programmes/meetings/<int:pk>/decisions.docx", outputs.decision_list, name="decision_list"),
    path("programmes/decisions/<int:pk>/edit/", meetings.decision_edit, name="decision_edit"),
    path("programmes/decisions/<int:pk>/remove/", meetings.decision_remove, name="decision_remove"),
]
