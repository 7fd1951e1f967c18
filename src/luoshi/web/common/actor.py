"""Who acts: a person in one unit with the roles held there, or an administrator, or the system itself.

A value, not a model: services take it, the audit copies it, and nothing in it changes when the person moves on.
"""

from dataclasses import dataclass, field

from luoshi.text import RuleBroken
from luoshi.text.language import _


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for a unit. ``roles`` are those held in that unit; ``administers`` is ``system``, ``security``, ``audit`` or empty.

    ``merged`` are the units that were merged into this one: what they saw and answered for is this unit's now.
    """

    user_id: int | None
    name: str
    unit_id: int | None = None
    unit_name: str = ""
    unit_path: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    administers: str = ""
    merged: frozenset[int] = field(default_factory=frozenset)

    @property
    def person(self) -> int:
        """The number of the account. Raises RuleBroken where no person acts."""
        if self.user_id is None:
            raise RuleBroken(_("这一步要由人来办。"))
        return self.user_id

    @property
    def unit(self) -> int:
        """The number of the unit. Raises RuleBroken where none is acted for."""
        if self.unit_id is None:
            raise RuleBroken(_("您现在没有任职单位，不能办理。"), hint=_("请联系系统管理员。"))
        return self.unit_id

    @property
    def units(self) -> frozenset[int]:
        """The unit acted for and those merged into it: whose rows are this actor's own. Empty where no unit is acted for."""
        return frozenset() if self.unit_id is None else self.merged | {self.unit_id}

    def has(self, *roles: str) -> bool:
        """True where one of ``roles`` is held in the unit."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(user_id=None, name="系统")
"""The clock and the command line, where no person acts."""
