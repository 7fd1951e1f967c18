"""Addresses of digests and channels."""

from django.urls import path

from luoshi.web.notices.views import channels, digests

urlpatterns = [
    path("digests/", digests.digests, name="digests"),
    path("digests/<int:pk>/", digests.digest, name="digest"),
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_new, name="channel_new"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/edit/", channels.channel_edit, name="channel_edit"),
    path("channels/<int:pk>/switch/", channels.channel_switch, name="channel_switch"),
    path("channels/<int:pk>/try/", channels.channel_try, name="channel_try"),
    path("channels/outgoing/<int:pk>/again/", channels.channel_again, name="channel_again"),
]
