"""Members at the desk: who they are, what they have agreed to, and which further things the shop asks."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.desk import MARKETING, OWNER, SERVICE, AdminTable, Column, Field, Form
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.members.tables import (
    Attribute,
    Consent,
    ConsentEvent,
    Member,
    MemberAddress,
    MemberAttribute,
    MemberErasure,
    MemberImport,
    MemberMerge,
)

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
    "merged": Words(en="Merged", zh="已合并"),
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
REASONS = {
    "asked": Words(en="They asked for it", zh="本人要求"),
    "inactive": Words(en="Not here for long", zh="长期不活跃"),
    "mistake": Words(en="Entered by mistake", zh="误录入"),
    "law": Words(en="A law says so", zh="法律要求"),
}
IMPORTS = {"running": Words(en="Running", zh="进行中"), "done": Words(en="Done", zh="已完成")}
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
            Column("merged_into", Words(en="Lives on in", zh="合并至"), in_list=False),
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
    AdminTable(
        MemberMerge,
        name=Words(en="Merges", zh="会员合并"),
        group=GROUP,
        help=Words(en="Within a day a merge can be undone with the form “Undo a merge”.", zh="一天之内可用“撤销合并”表单撤销。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("source", Words(en="Merged", zh="被合并会员"), filter=True),
            Column("target", Words(en="Into", zh="保留会员"), filter=True),
            Column("merged_by", Words(en="By", zh="操作者"), in_list=False),
            Column("undone_at", Words(en="Undone", zh="撤销时间"), filter=True),
        ),
        order="-at",
    ),
    AdminTable(
        MemberErasure,
        name=Words(en="Erasures", zh="抹除证明"),
        group=GROUP,
        help=Words(en="The certificates: when and why a person was forgotten.", zh="抹除凭证：何时、因何抹除。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            MEMBER,
            Column("reason", Words(en="Why", zh="原因"), choices=REASONS, filter=True),
            Column("erased_by", Words(en="By", zh="操作者"), in_list=False),
        ),
        order="-at",
        read=OWNER,
    ),
    AdminTable(
        MemberImport,
        name=Words(en="Imports", zh="导入记录"),
        group=GROUP,
        columns=(
            Column("created_at", Words(en="When", zh="时间"), filter=True),
            Column("file_name", Words(en="File", zh="文件")),
            Column("dry_run", Words(en="Dry run", zh="仅试运行"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=IMPORTS, filter=True),
            Column("rows", Words(en="Rows", zh="行数")),
            Column("created", Words(en="New", zh="新增")),
            Column("updated", Words(en="Changed", zh="更新")),
            Column("unchanged", Words(en="As before", zh="未变")),
            Column("failed", Words(en="Left out", zh="失败")),
            Column("finished_at", Words(en="Finished", zh="完成时间"), in_list=False),
        ),
        order="-created_at",
    ),
)  # fmt: skip


async def _merge(values: dict[str, Any]) -> Words:
    source, target = values["source"], values["target"]
    seen = await members.preview_merge(source, target)
    take = list(seen.differing) if values["prefer"] == "source" else []
    changed = ", ".join([*seen.changed, *take]) or "–"
    rows = ", ".join(f"{table} {count}" for table, count in seen.rows.items())
    if values["only_look"]:
        return Words(
            en=f"Nothing was done. What would change of the one who stays: {changed}. Rows of the other: {rows}.",
            zh=f"未做任何更改。保留会员将变更：{changed}。被合并会员的记录：{rows}。",
        )
    done = await members.merge(source, target, once=f"desk/{values['once']}", take=take)
    shown = ids.show("mrg", done.id)
    return Words(en=f"Merged. It can be undone within a day: {shown}.", zh=f"已合并，一天之内可以撤销：{shown}。")


async def _undoable() -> dict[str, Words]:
    rows = await members.undoable_merges(clock.now())
    return {
        str(row.id): Words(
            en=f"{row.at:%Y-%m-%d %H:%M} UTC {row.source_name} → {row.target_name}",
            zh=f"{row.at:%Y-%m-%d %H:%M} UTC {row.source_name} → {row.target_name}",
        )
        for row in rows
    }


async def _unmerge(values: dict[str, Any]) -> Words:
    await members.unmerge(UUID(values["merge"]))
    return Words(en="The merge was undone.", zh="已撤销合并。")


async def _erase(values: dict[str, Any]) -> Words:
    if values["confirm"].strip().upper() not in {"ERASE", "抹除"}:
        told = Words(en="write ERASE to confirm; this cannot be undone", zh="请填写“抹除”确认，此操作无法恢复")
        raise Invalid(param="confirm", problem=told)
    done = await members.erase(values["member"], reason=values["reason"])
    rows = sum(done.rows.values())
    return Words(
        en=f"The person was taken out of {rows} rows; the certificate is under Erasures.",
        zh=f"已从 {rows} 条记录中抹除该会员，凭证见“抹除证明”。",
    )


async def _duplicates(values: dict[str, Any]) -> Words:
    groups = await members.duplicates(values["alike"], limit=50)
    told = "; ".join(
        f"{group.value}: {', '.join(ids.show('mem', member) for member in group.members)}" for group in groups
    )
    return Words(
        en=f"Members who are alike (look before you merge, families share telephones): {told}" if told else "None.",
        zh=f"疑似重复会员（合并前请核对，家人可能共用电话）：{told}" if told else "没有发现重复。",
    )


FORMS: tuple[Form, ...] = (
    Form(
        "merge-members",
        Words(en="Merge two members", zh="合并会员"),
        Words(
            en="Two members who are one person: points, vouchers and history move to the one who stays. It can be"
            " undone within a day.",
            zh="同一个人的两个会员账号：积分、优惠券和记录将转到保留的会员。一天之内可以撤销。",
        ),
        (
            Field("source", Words(en="Member to merge", zh="被合并会员"), kind="member"),
            Field("target", Words(en="Member who stays", zh="保留会员"), kind="member"),
            Field("prefer", Words(en="Where both have something else", zh="资料不一致时"), kind="choice", choices={
                "target": Words(en="Keep what the one who stays has", zh="以保留会员为准"),
                "source": Words(en="Take what the other has", zh="以被合并会员为准"),
            }, default="target"),
            Field("only_look", Words(en="Only show what would be done", zh="仅预览，不合并"), kind="yes_no",
                  required=False, default=True),
        ),
        _merge,
        roles=MARKETING,
        group=GROUP,
    ),
    Form(
        "undo-merge",
        Words(en="Undo a merge", zh="撤销合并"),
        Words(en="What moved goes back; what came since stays.", zh="转移的内容将退回，此后新增的内容保留。"),
        (Field("merge", Words(en="Merge", zh="合并"), kind="choice", choices=_undoable),),
        _unmerge,
        roles=MARKETING,
        group=GROUP,
    ),
    Form(
        "find-duplicates",
        Words(en="Find duplicates", zh="查找重复会员"),
        Words(en="Members who may be one person.", zh="可能是同一个人的会员。"),
        (Field("alike", Words(en="Alike in", zh="相同项"), kind="choice", choices={
            "phone": Words(en="Telephone", zh="电话"), "email": Words(en="E-mail", zh="邮箱"),
            "birthday": Words(en="Name and birthday", zh="姓名和生日"),
        }, default="phone"),),
        _duplicates,
        roles=SERVICE,
        group=GROUP,
        audit="names",
    ),
    Form(
        "erase-member",
        Words(en="Forget a member", zh="抹除会员"),
        Words(
            en="Takes the person out of everything, for good. Points and orders stay in the sums, without a name.",
            zh="从所有记录中永久移除该会员的个人信息。积分和订单仍计入总数，但不再有姓名。",
        ),
        (
            Field("member", Words(en="Member", zh="会员"), kind="member"),
            Field("reason", Words(en="Why", zh="原因"), kind="choice", choices=REASONS, default="asked"),
            Field("confirm", Words(en="Write ERASE to confirm", zh="请填写“抹除”确认")),
        ),
        _erase,
        roles=OWNER,
        group=GROUP,
        audit="names",
    ),
)  # fmt: skip
