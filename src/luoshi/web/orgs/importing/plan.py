"""What an import would do, row by row: what is made, what is changed, what is there already, and what is wrong."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.text.language import _, in_every_language
from luoshi.web.orgs.importing.lines import Line, Lines
from luoshi.web.orgs.models import Alias, Duty, Post, Unit, User
from luoshi.web.orgs.roles import KINDS, LEVELS, ROLES, kind_names, level_names, role_names
from luoshi.web.orgs.services.people import USERNAME

CREATE, CHANGE, SAME, WRONG = "create", "change", "same", "wrong"


@dataclass(slots=True)
class Step:
    """One row: what becomes of it, in words, and the calls of services that do it (name, arguments; units are named by their code)."""

    line: Line
    about: str
    outcome: str = SAME
    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """All steps in the order in which they are done: units from the top, then people."""

    steps: list[Step]
    unknown: list[str]

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return sum(1 for step in self.steps if step.outcome == outcome)

    @property
    def digest(self) -> str:
        """Of what would be done: another digest at the confirmation means that things changed meanwhile."""
        return hashlib.sha256(repr([(step.line.sheet, step.line.row, step.outcome, step.said, step.wrong) for step in self.steps]).encode()).hexdigest()[:32]


@dataclass(slots=True)
class Known:
    """A unit that is there or would be made: by code, with all names, and the code of the one above."""

    code: str
    name: str
    level: str
    above: str = ""
    unit: Unit | None = None
    accounts: bool = True


class Directory:
    """Units by every name, those of the file among them as soon as they are planned."""

    def __init__(self, on: date) -> None:
        self.by_code: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        units = list(Unit.objects.order_by("path"))
        paths = {unit.path: unit.code for unit in units}
        other: dict[int, list[str]] = {}
        for unit_id, name in Alias.objects.values_list("unit_id", "name"):
            other.setdefault(unit_id, []).append(name)
        for unit in units:
            if unit.ended_on is None or unit.ended_on >= on:
                known = Known(unit.code, unit.name, unit.level, paths.get(unit.path[: -Unit.steplen], ""), unit, unit.accounts)
                self.add(known, unit.short_name, *other.get(unit.pk, []))
            else:
                self.by_code[unit.code] = Known(unit.code, unit.name, unit.level, unit=unit, accounts=False)

    def add(self, known: Known, *names: str) -> None:
        """Let it be found."""
        self.by_code[known.code] = known
        for name in {known.name, *names} - {""}:
            self._by_name.setdefault(name, []).append(known)

    def find(self, text: str) -> list[Known]:
        """By code, else by its own name, else by any name: all that fit."""
        if text in self.by_code:
            return [self.by_code[text]]
        named = self._by_name.get(text, [])
        return [known for known in named if known.name == text] or named

    def free_code(self) -> str:
        """A code for a row that has none."""
        number = len(self.by_code) + 1
        while f"U{number:05}" in self.by_code:
            number += 1
        return f"U{number:05}"


def plan_of(lines: Lines, on: date) -> Plan:
    """The steps of an import on a day; reads what is there with a few queries, whatever the number of rows."""
    directory = Directory(on)
    steps = _units(lines.units, directory)
    steps += _people(lines.people, directory, on)
    return Plan(steps, lines.unknown)


def _units(lines: list[Line], directory: Directory) -> list[Step]:
    """Units from the top: a row waits until the unit above it is planned."""
    duties: dict[int, set[str]] = {}
    for unit_id, text in Duty.objects.values_list("unit_id", "text"):
        duties.setdefault(unit_id, set()).add(text)
    aliases: dict[int, set[str]] = {}
    for unit_id, name in Alias.objects.values_list("unit_id", "name"):
        aliases.setdefault(unit_id, set()).add(name)
    seen: set[str] = set()
    steps: list[Step] = []
    waiting = list(lines)
    while waiting:
        later = [line for line in waiting if _waits(line, waiting, directory)]
        ready = [line for line in waiting if line not in later] or waiting
        for line in ready:
            steps.append(_unit_step(line, directory, seen, duties, aliases))
        waiting = [line for line in waiting if line not in ready]
    return steps


def _waits(line: Line, waiting: list[Line], directory: Directory) -> bool:
    """True where the unit above is to be made by another row that is not planned yet."""
    above = line.get("above")
    return bool(above) and not directory.find(above) and any(above in (other.get("unit"), other.get("code"), other.get("short_name")) for other in waiting if other is not line)


def _unit_step(line: Line, directory: Directory, seen: set[str], duties: dict[int, set[str]], aliases: dict[int, set[str]]) -> Step:
    step = Step(line, line.get("unit") or line.get("code"))
    name, code = line.get("unit"), line.get("code")
    above = _one(step, directory, line.get("above"), _("上级单位")) if line.get("above") else None
    level = _word(step, line.get("level"), level_names, LEVELS, _("层级"))
    kind = _word(step, line.get("kind"), kind_names, KINDS, _("类型"))
    if not name:
        step.wrong.append(_("没有单位名称。"))
    there = _there(step, directory, name, code, above)
    key = there.code if there else f"{above.code if above else ''}/{name}"
    if key in seen:
        step.wrong.append(_("与前面的行重复。"))
    seen.add(key)
    if not step.wrong and there is None:
        _plan_new(step, directory, above, level, kind)
    elif not step.wrong and there is not None:
        _plan_change(step, there, above, level, kind)
    _plan_names(step, there, aliases, duties)
    step.outcome = WRONG if step.wrong else step.outcome
    if step.wrong:
        step.calls = []
    return step


def _there(step: Step, directory: Directory, name: str, code: str, above: Known | None) -> Known | None:
    """The unit that a row means, where it is there: by its code, else by its name under the same unit."""
    if code and code in directory.by_code:
        found = directory.by_code[code]
        if name and found.name != name:
            step.wrong.append(_("代码 {code} 属于“{name}”；更名请到该单位的页面办理。").format(code=code, name=found.name))
        return found
    named = [known for known in directory.find(name) if known.name == name] if name else []
    beside = [known for known in named if not step.line.get("above") or known.above == (above.code if above else "")]
    if len(beside) > 1:
        step.wrong.append(_("有 {n} 个单位叫这个名字，请填写代码或上级单位。").format(n=len(beside)))
    if beside and code:
        step.wrong.append(_("“{name}”已有代码 {code}。").format(name=name, code=beside[0].code))
    return beside[0] if beside else None


def _plan_new(step: Step, directory: Directory, above: Known | None, level: str, kind: str) -> None:
    line = step.line
    code = line.get("code") or directory.free_code()
    level = level or (above.level if above else "")
    if not level:
        step.wrong.append(_("最上层的单位要填写层级。"))
        return
    step.outcome = CREATE
    step.said.append(_("新建，在“{above}”之下").format(above=above.name) if above else _("新建，在最上层"))
    given = {"name": line.get("unit"), "code": code, "level": level, "kind": kind or "department", "short_name": line.get("short_name"), "place": line.get("place")}
    step.calls.append(("create_unit", given | {"under": above.code if above else ""}))
    directory.add(Known(code, given["name"], level, above.code if above else "", accounts=level != "town"), given["short_name"], *line.parts("aliases"))


def _plan_change(step: Step, there: Known, above: Known | None, level: str, kind: str) -> None:
    if there.unit is None:
        return
    unit, line = there.unit, step.line
    if line.get("above") and above is not None and there.above != above.code:
        step.wrong.append(_("它现在不在“{above}”之下；调整隶属请到该单位的页面办理。").format(above=above.name))
    wanted = {"level": level, "kind": kind, "short_name": line.get("short_name"), "place": line.get("place")}
    changed = {name: value for name, value in wanted.items() if value and value != getattr(unit, name)}
    if changed:
        step.outcome = CHANGE
        step.said.append(_("修改：") + _("、").join(_field_names()[name] for name in changed))
        step.calls.append(("edit_unit", {"unit": there.code, "changed": changed}))


def _plan_names(step: Step, there: Known | None, aliases: dict[int, set[str]], duties: dict[int, set[str]]) -> None:
    """Other names and duty lines that are not there yet."""
    line, unit = step.line, there.unit if there else None
    code = there.code if there else next((str(given["code"]) for call, given in step.calls if call == "create_unit"), "")
    had_names = {unit.name, unit.short_name} | aliases.get(unit.pk, set()) if unit else {line.get("unit"), line.get("short_name")}
    names = [name for name in line.parts("aliases") if name not in had_names]
    lines = [text for text in line.parts("duties") if not unit or text not in duties.get(unit.pk, set())]
    if too_long := [text for text in lines if len(text) > 300]:
        step.wrong.append(_("权责事项超过 300 字：{text}…").format(text=too_long[0][:20]))
    step.calls += [("add_alias", {"unit": code, "name": name}) for name in names] + [("add_duty", {"unit": code, "text": text}) for text in lines]
    if names:
        step.said.append(_("添加别名：") + _("、").join(names))
    if lines:
        step.said.append(_("添加权责 {n} 项").format(n=len(lines)))
    if (names or lines) and step.outcome == SAME:
        step.outcome = CHANGE


def _people(lines: list[Line], directory: Directory, on: date) -> list[Step]:
    users = {user.username.lower(): user for user in User.objects.all()}
    held = set(Post.objects.filter(until__isnull=True).values_list("user_id", "unit__code", "role"))
    planned: dict[str, str] = {}
    given: set[tuple[str, str, str]] = set()
    return [_person_step(line, directory, users, held, planned, given, on) for line in lines]


def _person_step(
    line: Line,
    directory: Directory,
    users: dict[str, User],
    held: set[tuple[int, str, str]],
    planned: dict[str, str],
    given: set[tuple[str, str, str]],
    on: date,
) -> Step:
    name = line.get("person")
    username = line.get("username") or name
    step = Step(line, f"{name}（{username}）" if username != name else name)
    unit = _one(step, directory, line.get("unit"), _("单位")) if line.get("unit") else None
    role = _word(step, line.get("role"), role_names, ROLES, _("角色"))
    user = users.get(username.lower())
    _check_person(step, name, username, user, unit, role, planned)
    if not step.wrong:
        if user is None and username.lower() not in planned:
            step.outcome = CREATE
            step.said.append(_("新建账号"))
            step.calls.append(("create_person", {"username": username, "name": name, "phone": line.get("phone")}))
        planned[username.lower()] = name
        if unit and role and (username.lower(), unit.code, role) not in given and not (user and (user.pk, unit.code, role) in held):
            step.outcome = step.outcome if step.outcome == CREATE else CHANGE
            step.said.append(_("任“{unit}”{role}").format(unit=unit.name, role=role_names()[role]))
            step.calls.append(("give_post", {"username": username, "unit": unit.code, "role": role, "title": line.get("title"), "since": on}))
            given.add((username.lower(), unit.code, role))
    step.outcome = WRONG if step.wrong else step.outcome
    return step


def _check_person(step: Step, name: str, username: str, user: User | None, unit: Known | None, role: str, planned: dict[str, str]) -> None:
    if not name:
        step.wrong.append(_("没有姓名。"))
    elif not USERNAME.fullmatch(username):
        step.wrong.append(_("用户名“{name}”不合要求。").format(name=username[:60]))
    if user and user.administers:
        step.wrong.append(_("“{name}”是管理员账号，不能任职。").format(name=username))
    elif (user and user.name != name) or planned.get(username.lower(), name) != name:
        step.wrong.append(_("用户名“{name}”是另一个人的。").format(name=username))
    if bool(step.line.get("unit")) != bool(step.line.get("role")):
        step.wrong.append(_("单位和角色要一起填写。"))
    if unit and not unit.accounts:
        step.wrong.append(_("“{name}”不开账号或已撤销。").format(name=unit.name))


def _one(step: Step, directory: Directory, text: str, what: str) -> Known | None:
    """The one unit that is called so; says what is wrong where there is none or several."""
    found = directory.find(text)
    if not found:
        step.wrong.append(_("没有找到{what}“{name}”。").format(what=what, name=text[:60]))
    elif len(found) > 1:
        step.wrong.append(_("{what}“{name}”有 {n} 个，请填写代码。").format(what=what, name=text[:60], n=len(found)))
    return found[0] if len(found) == 1 else None


def _word(step: Step, text: str, names: Callable[[], dict[str, str]], codes: tuple[str, ...], what: str) -> str:
    """A code by its name in either language, or by itself; short forms of a level (省, 市) count."""
    if not text:
        return ""
    spoken = in_every_language(names)
    found = _found(text, lambda code: (code, *(one[code] for one in spoken), *(one[code].removesuffix("级") for one in spoken), *_ALSO.get(code, ())), codes)
    if not found:
        step.wrong.append(_("没有{what}“{text}”，可以填：{names}。").format(what=what, text=text[:30], names=_("、").join(names().values())))
    return found


_ALSO = {
    "national": ("国家级", "中央"),
    "town": ("乡镇", "镇", "乡", "街道"),
    "county": ("区", "区级", "县区"),
    "enterprise": ("国企", "市属国企", "企业"),
    "temporary": ("专班", "领导小组", "工作专班"),
    "department": ("工作部门", "政府部门"),
}


def _found(text: str, words: Callable[[str], tuple[str, ...]], codes: tuple[str, ...]) -> str:
    plain = text.strip().lower()
    return next((code for code in codes if plain in {word.lower() for word in words(code)}), "")


def _field_names() -> dict[str, str]:
    return {"level": _("层级"), "kind": _("类型"), "short_name": _("简称"), "place": _("地名")}
