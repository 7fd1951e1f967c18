"""The addresses of an installation whose setting names an office's own sign-in."""

from django.urls import include, path

from luoshi.web.config import urls

urlpatterns = [path("account/", include("luoshi.web.orgs.urls_office")), *urls.urlpatterns]
handler404, handler429, handler500 = urls.handler404, urls.handler429, urls.handler500
