"""What the acts of the audit are called. Codes are never used twice for different things, and never renamed once they are written.

Each app has a stretch of its own; whoever adds a service adds its act here.
"""

from luoshi.text.language import _


def act_names() -> dict[str, str]:
    """Act → what it is called in the reader's language."""
    return (
        _of_the_audit()
        | _of_units()
        | _of_people()
        | _of_sign_in()
        | _of_documents()
        | _of_matters()
        | _of_work()
        | _of_the_end()
        | _of_programmes()
        | _of_papers()
        | _of_exchange()
        | _of_calendars()
        | _of_lookback()
        | _of_problems()
        | _of_oversight()
        | _of_notices()
        | _of_keeping()
    )


def act_name(act: str) -> str:
    """What an act is called; its code where it has no name."""
    return act_names().get(act, act)


def _of_the_audit() -> dict[str, str]:
    return {"checkpoint.make": _("固证"), "audit.verify": _("核验审计记录")}


def _of_units() -> dict[str, str]:
    return {
        "unit.create": _("新建单位"),
        "unit.edit": _("修改单位"),
        "unit.rename": _("单位更名"),
        "unit.move": _("调整单位隶属"),
        "unit.merge": _("合并单位"),
        "unit.end": _("撤销单位"),
        "unit.reopen": _("恢复单位"),
        "alias.add": _("添加别名"),
        "alias.remove": _("删除别名"),
        "duty.add": _("添加权责事项"),
        "duty.remove": _("删除权责事项"),
        "grant.give": _("授权查看"),
        "grant.end": _("终止授权查看"),
    }


def _of_people() -> dict[str, str]:
    return {
        "user.create": _("新建账号"),
        "user.edit": _("修改账号资料"),
        "user.disable": _("停用账号"),
        "user.enable": _("启用账号"),
        "user.propose_administrator": _("提请设立管理员"),
        "user.confirm_administrator": _("核准管理员账号"),
        "user.decline_administrator": _("不予核准管理员账号"),
        "post.give": _("任职"),
        "post.end": _("免职"),
        "post.move": _("调动"),
        "invitation.issue": _("发出邀请链接"),
        "invitation.revoke": _("收回邀请链接"),
    }


def _of_sign_in() -> dict[str, str]:
    return {
        "login.success": _("登录成功"),
        "login.failure": _("登录失败"),
        "login.locked": _("登录被锁定"),
        "login.out": _("退出登录"),
        "login.unlock": _("解除锁定"),
        "session.end": _("结束会话"),
        "password.set": _("设置口令"),
        "password.change": _("修改口令"),
        "second_factor.add": _("开启两步验证"),
        "second_factor.remove": _("关闭两步验证"),
        "second_factor.reset": _("重置两步验证"),
        "second_factor.codes": _("生成备用码"),
    }


def _of_documents() -> dict[str, str]:
    return {
        "document.add": _("上传文件"),
        "document.correct": _("改正文件信息"),
        "document.internal": _("标为内部文件"),
        "document.link_upper": _("关联上位文件"),
        "document.unlink_upper": _("取消关联上位文件"),
        "document.compare": _("与上位文件对标"),
        "version.add": _("上传文件新版"),
        "version.read": _("读完文件"),
        "version.read_again": _("重新读取文件"),
        "version.fail": _("文件没有读成"),
        "version.refuse": _("拒收涉密文件"),
        "draft.accept": _("采纳条目"),
        "draft.reject": _("不采纳条目"),
        "draft.basis": _("条目留作依据"),
        "draft.reclass": _("改条目类别"),
        "draft.edit": _("改条目"),
        "draft.confirm": _("认领承诺"),
        "draft.undo": _("撤销对条目的处理"),
        "draft.make": _("原文一句立为条目"),
        "draft.merge": _("合并条目"),
        "draft.split": _("拆分条目"),
        "note.sentence": _("处置未读的句子"),
        "note.doubt": _("处理存疑"),
        "note.lift": _("撤销处置"),
    }


def _of_matters() -> dict[str, str]:
    return {
        "matter.adopt": _("从文件立草稿"),
        "matter.draft": _("拟草稿"),
        "matter.edit": _("改草稿"),
        "matter.child": _("分解到下级"),
        "matter.discard": _("放弃草稿"),
        "matter.propose": _("报审定"),
        "matter.approve": _("审定交办"),
        "matter.decline": _("不予立项"),
        "matter.return_draft": _("退回修改"),
        "matter.sign": _("签收"),
        "matter.object": _("提出异议"),
        "matter.reassign": _("改派"),
        "matter.keep": _("维持原交办"),
        "matter.adjust": _("调整时限"),
        "matter.merge": _("并案"),
        "source.suspect": _("依据在新版中有变化"),
        "source.settle": _("核对依据"),
        "instruction.register": _("登记批示"),
        "instruction.reply": _("回复批示"),
    }


def _of_work() -> dict[str, str]:
    return {
        "limits.set": _("改办理时限"),
        "plan.propose": _("报计划"),
        "plan.agree": _("商定计划"),
        "plan.return": _("退回计划"),
        "support.ask": _("请配合单位办理"),
        "support.answer": _("答复配合事项"),
        "report.file": _("报反馈"),
        "report.release": _("审签反馈"),
        "report.send_back": _("退回修改反馈"),
        "report.accept": _("通过反馈"),
        "report.return": _("退回反馈"),
        "extension.ask": _("申请延期"),
        "extension.release": _("审签延期申请"),
        "extension.withdraw": _("撤回延期申请"),
        "extension.grant": _("同意延期"),
        "extension.refuse": _("不同意延期"),
    }


def _of_the_end() -> dict[str, str]:
    return {
        "matter.submit": _("提交验收"),
        "matter.accept": _("验收通过"),
        "matter.return": _("退回办理"),
        "matter.close": _("销号"),
        "matter.escalate": _("提级协调"),
        "matter.resolve": _("协调意见"),
        "matter.suspend": _("挂起"),
        "matter.resume": _("恢复办理"),
        "matter.mark_standing": _("转为长期坚持"),
        "matter.reopen": _("重新办理"),
        "matter.terminate": _("终止"),
        "matter.remind": _("催办"),
        "matter.comment": _("领导意见"),
        "matter.reply": _("回复"),
    }


def _of_programmes() -> dict[str, str]:
    return {
        "programme.start": _("新建专项"),
        "programme.edit": _("修改专项"),
        "programme.close": _("结束专项"),
        "programme.reopen": _("重新打开专项"),
        "part.add": _("加工作板块"),
        "part.edit": _("修改工作板块"),
        "part.remove": _("移出工作板块"),
        "paper.link": _("挂接文件"),
        "paper.remove": _("移出文件"),
        "scheme.advance": _("加方案稿"),
        "meeting.plan": _("安排会议"),
        "meeting.edit": _("修改会议"),
        "meeting.hold": _("记为已开会"),
        "meeting.drop": _("取消会议"),
        "decision.add": _("记议定事项"),
        "decision.edit": _("修改议定事项"),
        "decision.remove": _("删除议定事项"),
        "study.add": _("记学习"),
        "study.edit": _("修改学习记录"),
        "study.remove": _("删除学习记录"),
        "topic.add": _("立调研课题"),
        "topic.edit": _("修改调研课题"),
        "topic.remove": _("删除调研课题"),
    }


def _of_exchange() -> dict[str, str]:
    return {
        "export.take": _("导出"),
        "roster.fill": _("加入名单"),
        "roster.edit": _("修改名单"),
        "roster.remove": _("移出名单"),
    }


def _of_calendars() -> dict[str, str]:
    return {"calendar.enter": _("录入放假通知"), "calendar.withdraw": _("撤下放假通知")}


def _of_notices() -> dict[str, str]:
    return {
        "channel.add": _("加通知通道"),
        "channel.edit": _("修改通知通道"),
        "channel.switch": _("启用或停用通知通道"),
        "channel.try": _("试发通知"),
        "channel.again": _("重发通知"),
    }


def _of_keeping() -> dict[str, str]:
    return {"backup.make": _("做备份"), "backup.restore": _("从备份恢复")}


def _of_papers() -> dict[str, str]:
    return {
        "letterhead.set": _("发文设定"),
        "paper.begin": _("起草公文"),
        "paper.edit": _("修改公文"),
        "paper.discard": _("放弃公文草稿"),
        "paper.submit": _("公文送审"),
        "paper.recall": _("撤回公文"),
        "paper.send_back": _("退回公文"),
        "paper.issue": _("发出公文"),
        "paper.approve": _("签发公文"),
        "paper.void": _("公文作废"),
        "paper.keep": _("公文存档"),
        "paper.make_again": _("重新生成公文文件"),
        "paper.receive": _("签收公文"),
        "paper.answer": _("回复公文"),
        "paper_template.add": _("上传公文模板"),
        "paper_template.drop": _("改用默认公文模板"),
    }


def _of_problems() -> dict[str, str]:
    return {
        "problem.register": _("登记问题"),
        "problem.edit": _("修改问题"),
        "problem.claim": _("认领问题"),
        "problem.object": _("对问题提出异议"),
        "problem.keep": _("维持问题"),
        "problem.reassign": _("改派问题"),
        "problem.drop": _("撤销问题"),
        "problem.adjust": _("改整改时限"),
        "problem.plan": _("定整改措施"),
        "problem.step": _("完成措施"),
        "problem.report": _("报整改情况"),
        "problem.mend": _("即知即改报验"),
        "problem.return": _("退回整改"),
        "problem.accept": _("验收问题"),
        "problem.close": _("问题销号"),
        "problem.relapse": _("问题反弹"),
        "problem.consult": _("会商研判"),
        "visits.plan": _("编督查计划"),
        "inspection.arrange": _("安排督查"),
        "inspection.edit": _("修改督查"),
        "inspection.merge": _("合并督查"),
        "inspection.cancel": _("取消督查"),
        "inspection.conclude": _("结束督查"),
        "visit.tell": _("反馈督查事实"),
        "visit.confirm": _("确认督查事实"),
        "visit.reply": _("对督查事实提出意见"),
        "visit.settle": _("认定督查事实"),
    }


def _of_oversight() -> dict[str, str]:
    return {
        "rung.remind": _("发出提醒"),
        "rung.blue": _("发出蓝单"),
        "rung.yellow": _("发出黄单"),
        "rung.red": _("发出红单"),
        "rung.bulletin": _("建议通报"),
        "rung.reply": _("答复督办"),
        "rung.accept": _("认可理由"),
        "rung.refuse": _("不认可理由"),
        "rung.withdraw": _("撤回督办"),
        "rung.agree": _("同意通报"),
        "rung.decline": _("不予通报"),
    }


def _of_lookback() -> dict[str, str]:
    return {
        "lookback.draw": _("抽取回头看样本"),
        "lookback.drop": _("作废回头看计划"),
        "lookback.check": _("回头看检查"),
        "lookback.confirm": _("回头看复核认定"),
        "lookback.differ": _("回头看复核不一致"),
        "lookback.settle": _("回头看裁定"),
        "lookback.help": _("回头帮"),
        "lookback.help_done": _("回头帮办完"),
    }
