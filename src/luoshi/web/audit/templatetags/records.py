"""Objects of the audit in words: {% load records %} {{ one.subject|object_name }}."""

from django import template

from luoshi.web.audit import kinds

register = template.Library()
register.filter("object_name", kinds.object_name)
