"""Which passwords are taken: the two profiles of an installation, and the validator that Django asks.

``dengbao3`` follows the third level of 等级保护 (GB/T 22239-2019, 8.1.4.1: complexity and regular change); ``asvs`` follows OWASP ASVS 5.0,
6.2: length and no common words, neither composition nor rotation. Both refuse names of the person and of the unit.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from luoshi.text.language import _
from luoshi.web.orgs.models import FormerPassword, Post, User

LONGEST = 128


@dataclass(frozen=True, slots=True)
class Profile:
    """Shortest length, how many of the four classes of characters, after how many days it is changed (0: never), how many old ones are barred."""

    length: int
    classes: int
    days: int
    barred: int


PROFILES = {"dengbao3": Profile(length=10, classes=3, days=90, barred=5), "asvs": Profile(length=12, classes=0, days=0, barred=0)}
_STANDS_FOR = str.maketrans("@4031$57!", "aaoelssti")
_CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z\d]"))


def profile() -> Profile:
    """The profile of this installation."""
    return PROFILES[settings.OPTIONS["password_profile"]]


def is_expired(user: User, at: datetime) -> bool:
    """True where the password is older than the profile allows."""
    days, changed = profile().days, user.password_changed_at
    return bool(days) and changed is not None and at - changed > timedelta(days=days)


class Rules:
    """The rules of the installation's profile, as Django's password validation calls them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with everything that is wrong."""
        rules, wrong = profile(), []
        if len(password) < rules.length:
            wrong.append(_("口令至少 {n} 位。").format(n=rules.length))
        if len(password) > LONGEST:
            wrong.append(_("口令最多 {n} 位。").format(n=LONGEST))
        if sum(1 for kind in _CLASSES if kind.search(password)) < rules.classes:
            wrong.append(_("大写字母、小写字母、数字、符号四类中至少要有 {n} 类。").format(n=rules.classes))
        if _core(password) in _common():
            wrong.append(_("这个口令是常见口令加上数字或符号，太容易猜。"))
        if user is not None:
            lower = password.lower()
            if any(name in lower for name in _names(user)):
                wrong.append(_("口令里不能有用户名、姓名或单位名称。"))
            if _was_used(user, password, rules.barred):
                wrong.append(_("不能使用最近 {n} 次用过的口令。").format(n=max(rules.barred, 1)))
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        """What the page says above the field."""
        rules = profile()
        said = [_("至少 {n} 位").format(n=rules.length)]
        if rules.classes:
            said.append(_("大写字母、小写字母、数字、符号至少 {n} 类").format(n=rules.classes))
        said.append(_("不含用户名、姓名或单位名称，不用常见口令"))
        if rules.barred:
            said.append(_("不与最近 {n} 次相同").format(n=rules.barred))
        if rules.days:
            said.append(_("每 {n} 天更换").format(n=rules.days))
        return _("；").join(said) + _("。")


@cache
def _common() -> frozenset[str]:
    """Django's twenty thousand most common passwords, those with a core of four characters and more."""
    return frozenset(word for word in CommonPasswordValidator().passwords if len(word) >= 4)


def _core(password: str) -> str:
    """What is left of a password without the signs and digits at its ends, in small letters, signs that stand for letters written as these."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower()).translate(_STANDS_FOR)


def _names(user: User) -> set[str]:
    """Names, in lower case, that a password of ``user`` may not hold; short Latin ones would be met by chance."""
    told = [user.name, user.username, *re.split(r"[._-]", user.username)]
    if user.pk:
        for unit in Post.objects.filter(user=user, until__isnull=True).values_list("unit__name", "unit__short_name", "unit__place", "unit__code"):
            told.extend(unit)
    return {name.lower() for name in told if len(name) >= (4 if name.isascii() else 2)}


def _was_used(user: User, password: str, barred: int) -> bool:
    if user.password and user.has_usable_password() and check_password(password, user.password):
        return True
    if not user.pk or not barred:
        return False
    hashes = FormerPassword.objects.filter(user=user).order_by("-at", "-pk").values_list("hash", flat=True)[: barred - 1]
    return any(check_password(password, one) for one in hashes)


def keep_former(user: User, at: datetime) -> None:
    """Remember the hash of the password that is about to be replaced, and forget those that no longer bar."""
    if user.password and user.has_usable_password():
        FormerPassword.objects.create(user=user, hash=user.password, at=at)
    kept = FormerPassword.objects.filter(user=user).order_by("-at", "-pk").values_list("pk", flat=True)[:10]
    FormerPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
