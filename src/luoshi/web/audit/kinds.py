"""What the objects of the audit are called. A record names its object ``officialpaper:10``; people read 公文 10.

Whoever adds a table whose rows are the subject of a record adds its name here; a test looks through all tables.
"""

from luoshi.text.language import _


def kind_names() -> dict[str, str]:
    """Kind of object → what it is called in the reader's language."""
    return _of_offices() | _of_documents() | _of_matters() | _of_papers_and_problems() | _of_the_system()


def object_name(name: str) -> str:
    """公文 10 for ``officialpaper:10``: the kind in words, then what tells the one from the others, a digest cut short."""
    kind, _colon, which = name.partition(":")
    kind, _dot, view = kind.partition(".")
    words = kind_names().get(kind, kind)
    if view:
        words = f"{words} {_views().get(view, view)}"
    return f"{words} {which if len(which) <= 40 else which[:12] + '…'}".strip()


def _of_offices() -> dict[str, str]:
    return {
        "unit": _("单位"),
        "alias": _("单位别名"),
        "duty": _("权责事项"),
        "user": _("账号"),
        "post": _("任职"),
        "grant": _("授权查看"),
        "invitation": _("邀请链接"),
        "login": _("登录名"),
    }


def _of_documents() -> dict[str, str]:
    return {
        "document": _("文件"),
        "version": _("文件版本"),
        "draftitem": _("条目"),
        "reviewnote": _("审阅标记"),
        "upperlink": _("上位文件关联"),
        "comparison": _("对标"),
        "programme": _("专项"),
        "part": _("专项板块"),
        "paper": _("专项文件"),
        "meeting": _("会议"),
        "decision": _("议定事项"),
        "study": _("学习"),
        "researchtopic": _("调研课题"),
    }


def _of_matters() -> dict[str, str]:
    return {
        "matter": _("事项"),
        "source": _("依据"),
        "support": _("配合事项"),
        "target": _("指标"),
        "plan": _("计划"),
        "milestone": _("计划节点"),
        "report": _("反馈"),
        "reading": _("指标数值"),
        "evidence": _("佐证材料"),
        "extension": _("延期申请"),
        "question": _("核对疑点"),
        "message": _("催办和意见"),
        "instruction": _("批示"),
        "ownlimits": _("办理时限"),
        "rosterrow": _("名单条目"),
        "incomingtable": _("导入的表"),
        "rung": _("督办"),
        "lookbackplan": _("回头看计划"),
        "lookbackcheck": _("回头看检查"),
    }


def _of_papers_and_problems() -> dict[str, str]:
    return {
        "officialpaper": _("公文"),
        "addressee": _("收文单位"),
        "letterhead": _("发文设定"),
        "papertemplate": _("公文模板"),
        "problem": _("问题"),
        "measure": _("整改措施"),
        "proof": _("整改佐证"),
        "consultation": _("会商"),
        "inspection": _("督查"),
        "visit": _("督查对象"),
        "plannedvisit": _("督查计划"),
    }


def _of_the_system() -> dict[str, str]:
    return {
        "channel": _("通知渠道"),
        "announcement": _("放假通知"),
        "export": _("导出"),
        "backup": _("备份"),
        "checkpoint": _("固证"),
        "verification": _("核验"),
    }


def _views() -> dict[str, str]:
    """View that is taken out → what it is called."""
    return {
        "matters": _("台账"),
        "documents": _("文件"),
        "instructions": _("批示"),
        "search": _("搜索结果"),
        "decisions": _("议定事项"),
        "roster": _("名单"),
        "dossier": _("一事一档"),
    }
