"""People: the list of accounts, one account."""

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.audit.acts import act_names
from luoshi.web.audit.selectors import history, sign_in_records
from luoshi.web.common.asking import Asking
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import SECURITY, SYSTEM, role_names
from luoshi.web.orgs.selectors import open_invitations, own_sessions, people_found, visible_people

PAGE = 50
HISTORY = 50


def people(request: Asking) -> HttpResponse:
    """Accounts, by name, unit, role and state."""
    found = visible_people(request.actor)
    if found.query.is_empty():
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ("text", "role", "state")}
    page = Paginator(people_found(found, timezone.localdate(), **asked), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    states = {"waiting": _("尚未设口令"), "idle": _("没有任职"), "off": _("已停用"), "pending": _("待核准"), "admin": _("管理员")}
    told = {"page": page, "asked": asked, "roles": role_names(), "states": states, "query": query.urlencode(), "manages": request.actor.administers == SYSTEM}
    return render(request, "orgs/people.html", told)


def person(request: Asking, pk: int) -> HttpResponse:
    """One account: who, posts, what may be done by this administrator; sign-ins and sessions for the security administrator."""
    actor = request.actor
    user: User = get_object_or_404(visible_people(actor), pk=pk)
    today = timezone.localdate()
    posts = list(user.posts.select_related("unit").order_by("-since", "-pk"))
    secures = actor.administers == SECURITY
    told = {
        "person": user,
        "posts": [post for post in posts if post.until is None or post.until >= today],
        "former": [post for post in posts if post.until is not None and post.until < today],
        "invitation": open_invitations(actor, timezone.now()).filter(user=user).first(),
        "has_password": user.has_usable_password(),
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "manages": actor.administers == SYSTEM,
        "secures": secures,
        "own": user.pk == actor.user_id,
        "sessions": own_sessions(user) if secures else [],
        "sign_ins": list(sign_in_records(actor).filter(subject=f"user:{user.pk}")[:20]) if secures else [],
        "history": list(history(f"user:{user.pk}").exclude(act__startswith="login.").order_by("-seq")[:HISTORY]),
        "acts": act_names(),
    }
    return render(request, "orgs/person.html", told)
