"""Roles, levels and kinds of units: words and what they are called. No Django."""

from luoshi.text.language import _

LIAISON, HEAD, SUPERVISOR, LEADER = "liaison", "head", "supervisor", "leader"
ROLES = (LIAISON, HEAD, SUPERVISOR, LEADER)
SYSTEM, SECURITY, AUDIT = "system", "security", "audit"
ADMINISTRATORS = (SYSTEM, SECURITY, AUDIT)

LEVELS = ("national", "province", "city", "county", "town")
KINDS = ("government", "party", "department", "zone", "new_area", "enterprise", "institution", "temporary")
TEMPORARY = "temporary"


def role_names() -> dict[str, str]:
    """Role → what it is called."""
    return {LIAISON: _("联络员"), HEAD: _("负责人"), SUPERVISOR: _("督查员"), LEADER: _("领导")}


def administrator_names() -> dict[str, str]:
    """Administrator → what it is called."""
    return {SYSTEM: _("系统管理员"), SECURITY: _("安全管理员"), AUDIT: _("审计管理员")}


def level_names() -> dict[str, str]:
    """Level → what it is called."""
    return {"national": _("国家"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("乡镇级")}


def kind_names() -> dict[str, str]:
    """Kind of unit → what it is called."""
    return {
        "government": _("政府"),
        "party": _("党委"),
        "department": _("部门"),
        "zone": _("开发区"),
        "new_area": _("新区"),
        "enterprise": _("国有企业"),
        "institution": _("事业单位"),
        "temporary": _("临时机构"),
    }
