"""What the system and the security administrator do with an account and its posts, one page an act."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.forms.fields import ReasonForm
from luoshi.web.orgs.forms.people import AdministratorForm, EditPersonForm, EndPostForm, MovePostForm, NewPersonForm, PostForm
from luoshi.web.orgs.models import Post, Unit, User
from luoshi.web.orgs.roles import SECURITY, SYSTEM
from luoshi.web.orgs.services import administrators, posts, sessions, sign_in
from luoshi.web.orgs.services import people as services
from luoshi.web.orgs.views.administering import only_for


def _nothing(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)


def _unit(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)
    return get_object_or_404(Unit, pk=pk) if pk is not None else None


def _for(*duties: str) -> Any:
    def find(actor: Actor, pk: int | None) -> Any:
        only_for(actor, *duties)
        return get_object_or_404(User, pk=pk)

    return find


def _post(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM)
    return get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)


def _page(row: Any) -> str:
    return reverse("person", args=[row.pk]) if isinstance(row, User) else reverse("people")


def _page_or_unit(row: Any) -> str:
    return reverse("unit", args=[row.pk]) if row is not None else reverse("people")


def _page_of_holder(row: Any) -> str:
    return reverse("person", args=[row.user_id])


def _about_post(row: Any) -> str:
    return f"{row.user.name} · {row.unit.name}"


def _made(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> User:
    """The account, and its first post where one was chosen: two acts, two records."""
    unit, role, title = told.pop("unit"), told.pop("role"), told.pop("title")
    user = services.create_person(**told, actor=actor, at=at)
    if unit:
        posts.give_post(user_id=user.pk, unit_id=unit.pk, role=role, title=title, since=timezone.localdate(at), actor=actor, at=at)
    return user


def _edited(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> User:
    expected = told.pop("expected", None)
    return services.edit_person(user_id=row.pk, changed=told, expected=expected, actor=actor, at=at)


def _given(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Post:
    unit = told.pop("unit")
    return posts.give_post(user_id=row.pk, unit_id=unit.pk, **told, actor=actor, at=at)


def _moved(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Post:
    unit = told.pop("to_unit")
    return posts.move_post(post_id=row.pk, to_unit=unit.pk, **told, actor=actor, at=at)


create = act_view(
    ActPage(
        find=_unit,
        form=NewPersonForm,
        back=_page_or_unit,
        leads=_page,
        call=_made,
        words=lambda row: Words(_("新建账号"), _("新建", "button"), _("账号已建好，请发邀请链接，由本人设置口令。"), _("账号没有初始口令；本人凭一次性邀请链接自己设置。")),
    )
)
edit = act_view(
    ActPage(find=_for(SYSTEM), form=EditPersonForm, back=_page, call=_edited, lock="version", words=lambda row: Words(_("修改资料"), _("保存"), _("已保存。")))
)
give_post = act_view(
    ActPage(find=_for(SYSTEM), form=PostForm, back=_page, call=_given, words=lambda row: Words(_("增加任职"), _("任职", "button"), _("已任职，立即生效。")))
)
end_post = act_view(
    ActPage(
        find=_post,
        form=EndPostForm,
        back=_page_of_holder,
        about=_about_post,
        danger=True,
        call=lambda row, told, actor, at: posts.end_post(post_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("免职"), _("免职"), _("任职已结束。"), _("过了最后一天，本人不再看到这个单位的事项；办过的记录不变。")),
    )
)
move_post = act_view(
    ActPage(
        find=_post,
        form=MovePostForm,
        back=_page_of_holder,
        about=_about_post,
        call=_moved,
        words=lambda row: Words(_("调动"), _("调动"), _("已调动。"), _("原单位的事项留给原单位；本人从那天起只看到新单位的事项。")),
    )
)
disable = act_view(
    ActPage(
        find=_for(SYSTEM, SECURITY),
        form=ReasonForm,
        back=_page,
        danger=True,
        call=lambda row, told, actor, at: services.disable_account(user_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("停用账号"), _("停用"), _("账号已停用。"), _("立即退出所有登录，不能再登录；任职和办过的记录不变。")),
    )
)
enable = act_view(
    ActPage(
        find=_for(SYSTEM, SECURITY),
        back=_page,
        call=lambda row, told, actor, at: services.enable_account(user_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("启用账号"), _("启用"), _("账号已启用。"), _("本人可以用原来的口令登录。")),
    )
)
propose = act_view(
    ActPage(
        find=_nothing,
        form=AdministratorForm,
        back=_page,
        leads=_page,
        call=lambda row, told, actor, at: administrators.propose_administrator(**told, actor=actor, at=at),
        words=lambda row: Words(
            _("提请设立管理员"), _("提请"), _("已提请，待安全管理员核准。"), _("管理员账号要由安全管理员核准后才能使用。一个账号只能担任一种管理员，也不能任业务职务。")
        ),
    )
)
confirm = act_view(
    ActPage(
        find=_for(SECURITY),
        back=_page,
        call=lambda row, told, actor, at: administrators.confirm_administrator(user_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("核准管理员账号"), _("核准"), _("已核准，请发邀请链接。"), _("请先与本人和提请人核实。核准后由您发邀请链接，本人设置口令并开启两步验证后才能使用。")),
    )
)
decline = act_view(
    ActPage(
        find=_for(SECURITY),
        form=ReasonForm,
        back=_page,
        call=lambda row, told, actor, at: administrators.decline_administrator(user_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("不予核准"), _("不予核准"), _("已不予核准。")),
    )
)
reset_second_factor = act_view(
    ActPage(
        find=_for(SECURITY),
        form=ReasonForm,
        back=_page,
        danger=True,
        call=lambda row, told, actor, at: sign_in.reset_second_factor(user_id=row.pk, **told, actor=actor, at=at),
        words=lambda row: Words(_("重置两步验证"), _("重置"), _("两步验证已重置。"), _("请先当面或电话核实本人。重置后只凭口令就能登录，直到本人重新开启。")),
    )
)
end_sessions = act_view(
    ActPage(
        find=_for(SECURITY),
        back=_page,
        danger=True,
        call=lambda row, told, actor, at: sessions.end_other_sessions(user_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("结束所有会话"), _("结束"), _("会话已结束。"), _("本人要重新登录；没有提交的草稿还在。")),
    )
)
