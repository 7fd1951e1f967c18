"""Addresses of the ladder."""

from django.urls import path

from luoshi.web.oversight.views import acts, pages

urlpatterns = [
    path("oversight/", pages.oversight, name="oversight"),
    path("matters/<int:pk>/ladder/", pages.matter_ladder, name="matter_ladder"),
    path("matters/<int:pk>/ladder/<str:rung>/", acts.ladder_climb, name="ladder_climb"),
    path("oversight/<int:pk>/reply/", acts.reply, name="rung_reply"),
    path("oversight/<int:pk>/accept/", acts.accept, name="rung_accept"),
    path("oversight/<int:pk>/refuse/", acts.refuse, name="rung_refuse"),
    path("oversight/<int:pk>/withdraw/", acts.withdraw, name="rung_withdraw"),
    path("oversight/<int:pk>/agree/", acts.agree, name="rung_agree"),
    path("oversight/<int:pk>/decline/", acts.decline, name="rung_decline"),
]
