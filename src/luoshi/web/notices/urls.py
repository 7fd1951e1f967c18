"""Addresses of digests and channels."""

from django.urls import path

from luoshi.web.notices.views import digests

urlpatterns = [
    path("digests/", digests.digests, name="digests"),
    path("digests/<int:pk>/", digests.digest, name="digest"),
]
