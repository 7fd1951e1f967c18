"""Addresses of the calendar."""

from django.urls import path

from luoshi.web.calendars import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/new/", views.calendar_new, name="calendar_new"),
    path("calendar/<int:pk>/withdraw/", views.calendar_withdraw, name="calendar_withdraw"),
]
