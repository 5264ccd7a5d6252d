"""Members at the desk: who they are, what they have agreed to, and which further things the shop asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tenants import members
from tenants.kit.desk import MARKETING, SERVICE, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.members.tables import Attribute, Consent, ConsentEvent, Member, MemberAddress, MemberAttribute

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Members", zh="会员")
GENDERS = {
    "female": Words(en="Female", zh="女"),
    "male": Words(en="Male", zh="男"),
    "other": Words(en="Other", zh="其他"),
    "unknown": Words(en="Not said", zh="未填写"),
}
CALENDARS = {"solar": Words(en="Solar", zh="公历"), "lunar": Words(en="Lunar", zh="农历")}
STATES = {
    "active": Words(en="Active", zh="正常"),
    "blocked": Words(en="Blocked", zh="已停用"),
    "erased": Words(en="Erased", zh="已抹除"),
}
CHANNELS = {
    "email": Words(en="E-mail", zh="邮件"),
    "sms": Words(en="SMS", zh="短信"),
    "in_app": Words(en="In-app", zh="站内信"),
    "phone": Words(en="Telephone", zh="电话"),
}
KINDS = {
    "text": Words(en="Text", zh="文字"),
    "number": Words(en="Number", zh="数字"),
    "date": Words(en="Date", zh="日期"),
    "choice": Words(en="One of several", zh="单选"),
    "yes_no": Words(en="Yes or no", zh="是或否"),
}
LANGUAGES = {"zh": Words(en="Chinese", zh="中文"), "en": Words(en="English", zh="英文")}
_BIRTHDAY = ("birth_calendar", "birth_year", "birth_month", "birth_day")
MEMBER = Column("member", Words(en="Member", zh="会员"), filter=True)


async def _take_in(values: dict[str, Any]) -> UUID:
    profile, birthday = _split(values)
    tags = profile.pop("tags", [])
    told = _birthday(birthday) if any(birthday.get(part) for part in _BIRTHDAY[1:]) else None
    member = await members.create(
        cast("members.Profile", {**profile, "source": "staff"}),
        birthday=told,
        tags=tags,
    )
    return member.id


async def _change(member_id: UUID, values: dict[str, Any]) -> None:
    profile, birthday = _split(values)
    tags = profile.pop("tags", None)
    if profile:
        await members.change(member_id, cast("members.Profile", profile))
    member = await members.find(member_id)
    if tags is not None:
        await members.untag(member_id, set(member.tags) - set(tags))
        await members.tag(member_id, set(tags) - set(member.tags))
    if birthday:
        before = member.birthday
        parts = {
            "birth_calendar": before.calendar if before else "solar",
            "birth_year": before.year if before else None,
            "birth_month": before.month if before else None,
            "birth_day": before.day if before else None,
            **birthday,
        }
        given = any(parts[part] for part in _BIRTHDAY[1:])
        await members.set_birthday(member_id, _birthday(parts) if given else None)


def _split(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    profile = {name: value for name, value in values.items() if name not in _BIRTHDAY}
    return profile, {name: value for name, value in values.items() if name in _BIRTHDAY}


def _birthday(parts: dict[str, Any]) -> members.Birthday:
    return members.Birthday(
        month=parts.get("birth_month") or 0,
        day=parts.get("birth_day") or 0,
        year=parts.get("birth_year"),
        calendar=parts.get("birth_calendar") or "solar",
    )


async def _define(values: dict[str, Any]) -> UUID:
    attribute = await members.define_attribute(
        values["key"], kind=values["kind"], label_en=values.get("label_en", ""), label_zh=values.get("label_zh", ""),
        choices=values.get("choices") or [])  # fmt: skip
    return attribute.id


TABLES = (
    AdminTable(
        Member,
        name=Words(en="All members", zh="会员列表"),
        group=GROUP,
        help=Words(en="Who your shoppers are.", zh="您店铺的会员资料。"),
        columns=(
            Column("name", Words(en="Name", zh="姓名"), editable=True, filter=True),
            Column("external_id", Words(en="Your number", zh="外部编号"), editable=True, filter=True,
                   help=Words(en="The number under which your shop system knows the member.", zh="会员在您的店铺系统中的编号。")),
            Column("phone", Words(en="Telephone", zh="手机"), editable=True, filter=True),
            Column("email", Words(en="E-mail", zh="邮箱"), editable=True, filter=True),
            Column("gender", Words(en="Gender", zh="性别"), choices=GENDERS, editable=True, filter=True),
            Column("birth_calendar", Words(en="Calendar of the birthday", zh="生日历法"), choices=CALENDARS, editable=True, in_list=False, filter=True),
            Column("birth_year", Words(en="Year of birth", zh="出生年"), editable=True, in_list=False),
            Column("birth_month", Words(en="Month of birth", zh="出生月"), editable=True, filter=True),
            Column("birth_day", Words(en="Day of birth", zh="出生日"), editable=True, filter=True),
            Column("region", Words(en="Region", zh="地区"), editable=True, in_list=False, filter=True),
            Column("occupation", Words(en="Occupation", zh="职业"), editable=True, in_list=False, filter=True),
            Column("locale", Words(en="Language", zh="语言"), choices=LANGUAGES, editable=True, in_list=False),
            Column("timezone", Words(en="Time zone", zh="时区"), editable=True, in_list=False,
                   help=Words(en="E.g. Asia/Shanghai; empty: the shop's.", zh="如 Asia/Shanghai；留空则用店铺时区。")),
            Column("tags", Words(en="Tags", zh="标签"), editable=True, filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("source", Words(en="Source", zh="来源"), in_list=False, filter=True),
            Column("created_at", Words(en="Member since", zh="入会时间"), filter=True),
        ),
        readable=("name", "external_id", "phone", "email"),
        order="-created_at",
        write=SERVICE,
        create=_take_in,
        change=_change,
    ),
    AdminTable(
        Consent,
        name=Words(en="Consents", zh="联系授权"),
        group=GROUP,
        help=Words(en="Whether a member may be written to, by channel, as it stands now.", zh="会员当前是否同意通过各渠道接收消息。"),
        columns=(
            MEMBER,
            Column("channel", Words(en="Channel", zh="渠道"), choices=CHANNELS, filter=True),
            Column("granted", Words(en="Agreed", zh="已同意"), filter=True),
            Column("updated_at", Words(en="Since", zh="更新时间"), filter=True),
        ),
        order="-updated_at",
    ),
    AdminTable(
        ConsentEvent,
        name=Words(en="Consent history", zh="授权记录"),
        group=GROUP,
        help=Words(en="The evidence; it is never changed.", zh="授权凭证，永久保留、不可修改。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            MEMBER,
            Column("channel", Words(en="Channel", zh="渠道"), choices=CHANNELS, filter=True),
            Column("granted", Words(en="Agreed", zh="同意"), filter=True),
            Column("source", Words(en="Source", zh="来源"), filter=True),
            Column("evidence", Words(en="Evidence", zh="凭证"), kind="long"),
            Column("recorded_by", Words(en="Recorded by", zh="记录者"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        MemberAddress,
        name=Words(en="Addresses", zh="收货地址"),
        group=GROUP,
        columns=(
            MEMBER,
            Column("recipient", Words(en="Recipient", zh="收件人"), filter=True),
            Column("phone", Words(en="Telephone", zh="电话"), filter=True),
            Column("country", Words(en="Country", zh="国家"), in_list=False),
            Column("province", Words(en="Province", zh="省"), filter=True),
            Column("city", Words(en="City", zh="市"), filter=True),
            Column("street", Words(en="Street", zh="街道")),
            Column("postcode", Words(en="Postcode", zh="邮编"), in_list=False),
            Column("preferred", Words(en="Preferred", zh="默认")),
        ),
        read=SERVICE,
    ),
    AdminTable(
        Attribute,
        name=Words(en="Custom attributes", zh="自定义属性"),
        group=GROUP,
        help=Words(en="Further things that you want to know of your members, e.g. the skin type.", zh="希望了解的其他信息，例如肤质。"),
        columns=(
            Column("key", Words(en="Key", zh="键"), editable=True, first_only=True, required=True, filter=True,
                   help=Words(en="Small letters, digits and _; used by the API and in messages.", zh="小写字母、数字和 _，供接口与消息使用。")),
            Column("label_zh", Words(en="Label in Chinese", zh="中文名称"), editable=True),
            Column("label_en", Words(en="Label in English", zh="英文名称"), editable=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, editable=True, first_only=True, required=True),
            Column("choices", Words(en="Choices", zh="选项"), editable=True, first_only=True,
                   help=Words(en="For “one of several”.", zh="仅“单选”需要填写。")),
            Column("position", Words(en="Position", zh="排序"), editable=True),
        ),
        readable=("label_zh", "label_en", "key"),
        order="position",
        write=MARKETING,
        create=_define,
        direct=frozenset({"change"}),
    ),
    AdminTable(
        MemberAttribute,
        name=Words(en="Attribute values", zh="属性值"),
        group=GROUP,
        columns=(
            MEMBER,
            Column("attribute", Words(en="Attribute", zh="属性"), filter=True),
            Column("value", Words(en="Value", zh="值"), filter=True),
            Column("updated_at", Words(en="Since", zh="更新时间")),
        ),
        order="-updated_at",
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = ()
