"""Addresses of the boards."""

from django.urls import path

from luoshi.web.boards.views import leader

urlpatterns = [
    path("", leader.board, name="board"),
]
