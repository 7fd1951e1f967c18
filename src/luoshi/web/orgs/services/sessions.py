"""Sessions: one's own, and those of others for the security administrator."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import SECURITY
from luoshi.web.orgs.services.allowed import only


@transaction.atomic
def end_session(*, session_id: int, actor: Actor, at: datetime) -> None:
    """End one session: one's own, or anyone's for the security administrator."""
    session = UserSession.objects.select_for_update().select_related("user").get(pk=session_id)
    if session.user_id != actor.user_id:
        only(actor, SECURITY)
    told = {"ip": session.ip, "began": session.created_at}
    session.end()
    record(act="session.end", subject=session.user, actor=actor, at=at, before=told)


@transaction.atomic
def end_other_sessions(*, user_id: int, actor: Actor, at: datetime, keep: str = "") -> int:
    """End every session of a person but ``keep`` (a session key). Raises RuleBroken where there is none."""
    if user_id != actor.user_id:
        only(actor, SECURITY)
    user = User.objects.select_for_update().get(pk=user_id)
    ended = end_all_sessions(user, keep=keep)
    if not ended:
        raise RuleBroken(_("没有别的会话。"))
    record(act="session.end", subject=user, actor=actor, at=at, before={"sessions": ended})
    return ended


def end_all_sessions(user: User, *, keep: str = "") -> int:
    """End the sessions of an account within another service, which records it; how many there were."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)
