"""Units, their names and duties, people, posts and grants. Data and constraints; every write is in ``services``."""


from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node

from luoshi.web.orgs.roles import ADMINISTRATORS, KINDS, LEVELS, ROLES


def _choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class Unit(MP_Node):  # type: ignore[misc]  # treebeard is not typed
    """An office, a department, a government, a temporary body. Its ``path`` in the tree says who stands under whom."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=30, unique=True)
    level = models.CharField(max_length=10, choices=_choices(LEVELS))
    kind = models.CharField(max_length=12, choices=_choices(KINDS), default="department")
    place = models.CharField(max_length=40, blank=True)  # 临江省: by which documents name it
    opened_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    accounts = models.BooleanField(default=True)  # False: recorded for (代录)
    order = models.PositiveIntegerField(default=0)  # 固定排序, never by light
    version = models.PositiveIntegerField(default=1)

    node_order_by = ("order", "code")

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name by which documents call a unit: 省发改委, 发改部门; a former name with the day it ended."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    former_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "name"), name="alias_once_per_unit"),)


class Duty(models.Model):
    """One line of a unit's duty list (权责清单): what it may be asked to do."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="duties")
    text = models.CharField(max_length=300)
    basis = models.CharField(max_length=200, blank=True)


class User(AbstractBaseUser):
    """A person's account. What a person may do comes from posts; an administrator has none."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    pending = models.BooleanField(default=False)  # an administrator's account that the security administrator has not confirmed
    proposed_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    administers = models.CharField(max_length=10, blank=True, choices=_choices(ADMINISTRATORS))
    password_changed_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    current_post = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = BaseUserManager()

    def get_full_name(self) -> str:
        """The person's name."""
        return self.name

    def __str__(self) -> str:
        return self.name


class FormerPassword(models.Model):
    """The hash of a password that a person had: the last few are not taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    hash = models.CharField(max_length=256)
    at = models.DateTimeField()


class Post(models.Model):
    """A role of a person in a unit, while it lasts."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=10, choices=_choices(ROLES))
    title = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # last day; open where empty

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "unit", "role"), condition=Q(until__isnull=True), name="one_open_post"),)


class Grant(models.Model):
    """A recorded leave of ``unit`` that ``to_unit`` may see its own affairs, for a purpose, until a day; ``subtree``: with those of its level below it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="grants_given")
    to_unit = models.ForeignKey(Unit, models.CASCADE, related_name="grants_held")
    subtree = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200)
    expires_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()


class Invitation(models.Model):
    """A one-time token by which an account gets its first or next password; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")  # empty: the command line
    created_at = models.DateTimeField()
