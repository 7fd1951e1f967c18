"""The columns of the ledger table: which there are, which are shown first, what each shows of a row. The title is always shown. No Django."""

from luoshi.text.language import _

DEFAULT = ("number", "lead", "theme", "due", "state", "light")


def column_names() -> dict[str, str]:
    """Column → its heading, in the order of the table."""
    return {
        "number": _("编号"),
        "issuer": _("交办单位"),
        "lead": _("牵头单位"),
        "theme": _("专题"),
        "category": _("类别"),
        "leader": _("责任领导"),
        "office": _("承办科室"),
        "contact": _("联系人"),
        "due": _("时限"),
        "first_due": _("最初时限"),
        "reported": _("最近反馈"),
        "state": _("状态"),
        "light": _("亮灯"),
        "marks": _("报、赶、核"),
    }
