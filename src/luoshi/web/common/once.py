"""A form that is sent twice takes effect once.

Every form carries a key drawn when its page was made. The key is stored in the transaction of the effect, so that either both are
there or neither; a second sending finds the key and is led where the first was led. At-least-once sending and this make one effect.
"""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.common.models import Submission

FIELD = "once"
REPEAT = "luoshi_repeat"
View = Callable[..., HttpResponse]


def fresh_key() -> str:
    """A key for one form."""
    return secrets.token_urlsafe(24)


class _NoEffect(Exception):
    """The view showed its form again: nothing is kept, the key stays free."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer


def shown_once(answer: HttpResponse, *, repeat: str) -> HttpResponse:
    """An answer that took effect and shows what is kept nowhere (the link of an invitation): a second sending is led to ``repeat`` instead."""
    setattr(answer, REPEAT, repeat)
    return answer


def once(view: View) -> View:
    """A view whose POST takes effect at most once per key; it answers with a redirect (or ``shown_once``) where it took effect, else with its form.

    Raises Conflict where the key comes back with another content. A POST without a key (an API, a script) is refused by ``Conflict`` too.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key, body = request.POST.get(FIELD, ""), _digest(request)
        if not 16 <= len(key) <= 64:
            raise Conflict(_("这次提交缺少表单编号。"), hint=_("请刷新页面后再提交。"))
        try:
            with transaction.atomic():
                kept = Submission.objects.create(key=key, user_id=request.user.pk, body=body, answer="", at=timezone.now())
                answer = view(request, *args, **kwargs)
                led = answer.url if isinstance(answer, HttpResponseRedirect) else getattr(answer, REPEAT, "")
                if not led:
                    raise _NoEffect(answer)
                Submission.objects.filter(pk=kept.pk).update(answer=led)
                _keep_what_is_said(request, answer)
                return answer
        except _NoEffect as shown:
            return shown.answer
        except IntegrityError:
            first = Submission.objects.filter(key=key).first()
            if first is None:
                raise
            return _again(request, first, body)

    return guarded


def _keep_what_is_said(request: HttpRequest, answer: HttpResponse) -> None:
    """Write the session with the message of the effect now: one transaction for both, where the middleware would begin another after it."""
    said: Any = messages.get_messages(request)
    session = request.session
    if not getattr(said, "added_new", False) or said.used or session.session_key != request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        return  # nothing is said, or the session is new and needs its cookie, too
    said.update(answer)
    said.added_new = False
    with suppress(UpdateError):  # signed out meanwhile: the middleware says so
        session.save()
        session.modified = False


def _again(request: HttpRequest, first: Submission, body: str) -> HttpResponse:
    if first.user_id != request.user.pk or first.body != body:
        raise Conflict(_("这张表单已经提交过，内容与这次不同；第一次的已生效。"), hint=_("请返回查看结果，需要修改的另行提交。"))
    messages.info(request, _("这次提交刚才已经生效，没有重复办理。"))
    return HttpResponseRedirect(first.answer)


def _digest(request: HttpRequest) -> str:
    """What was sent, without the token of the session."""
    told = hashlib.sha256(request.path.encode())
    for name, values in sorted(cast(dict[str, list[str]], dict(request.POST.lists())).items()):
        if name != "csrfmiddlewaretoken":
            told.update(repr((name, values)).encode())
    for name, file in sorted(request.FILES.items()):
        told.update(repr((name, getattr(file, "name", ""), getattr(file, "size", 0))).encode())
    return told.hexdigest()
