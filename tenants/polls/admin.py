"""Polls at the desk: what can be chosen, how it stands, and who has voted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit import clock
from tenants.kit.desk import MARKETING, SERVICE, Activity, AdminTable, Column, Field, Form
from tenants.kit.words import Words
from tenants.polls.rules import editing, options, reading
from tenants.polls.rules.refusals import PollUnknown
from tenants.polls.rules.standing import STATUS_WORDS, name_of, status_of
from tenants.polls.tables import Poll, PollBallot, PollOption
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Polls", zh="投票")
STATES = {
    "draft": Words(en="Draft", zh="草稿"),
    "live": Words(en="Live", zh="进行"),
    "paused": Words(en="Paused", zh="暂停"),
    "ended": Words(en="Ended", zh="结束"),
}
PURPOSES = {
    "data": Words(en="To learn", zh="收集数据"),
    "stickiness": Words(en="Stickiness", zh="提升粘性"),
    "sales": Words(en="Sales", zh="促进销售"),
    "points": Words(en="Points spending", zh="消耗积分"),
    "traffic": Words(en="Traffic", zh="引流"),
}
PERIODS = {"ever": Words(en="Once", zh="每人一次"), "day": Words(en="Once a day", zh="每人每天一次")}
RESULTS = {
    "always": Words(en="Always", zh="始终可见"),
    "after_vote": Words(en="After voting", zh="投票后可见"),
    "after_close": Words(en="When it is over", zh="结束后可见"),
    "staff": Words(en="Only to staff", zh="仅员工可见"),
}
_STATUS = (
    "CASE WHEN t.state = 'draft' THEN 'draft' WHEN t.state = 'ended' OR t.ends_at <= $2::timestamptz THEN 'over'"
    " WHEN t.state = 'paused' THEN 'paused' WHEN t.starts_at > $2::timestamptz THEN 'coming' ELSE 'running' END"
)
_WINDOW = (
    "coalesce(to_char(t.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…') || ' – ' ||"
    " coalesce(to_char(t.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…')"
)
_TURNOUT = "FROM __tenant__.poll_turnout n WHERE n.poll = t.id"
_CHOSEN = (
    "SELECT string_agg({text}, '; ' ORDER BY o.position, o.id)"
    " FROM __tenant__.poll_option o WHERE o.id = ANY(t.options)"
)
_CHOSEN_EN = _CHOSEN.format(text="CASE WHEN o.text_en <> '' THEN o.text_en ELSE o.text_zh END")
_CHOSEN_ZH = _CHOSEN.format(text="CASE WHEN o.text_zh <> '' THEN o.text_zh ELSE o.text_en END")
_KEPT = frozenset({"starts_at", "ends_at", "segment", "picture", "reward_voucher", "price_low", "price_high"})


async def _create(values: dict[str, Any]) -> UUID:
    return await editing.create(editing.Terms(**_said(values)))


async def _change(poll: UUID, values: dict[str, Any]) -> None:
    state = values.pop("state", None)
    if values:
        await editing.change(poll, _said(values))
    if state is not None:
        await editing.set_state(poll, state)


async def _add(values: dict[str, Any]) -> UUID:
    said = _said(values)
    return await options.add_option(said.pop("poll"), options.OptionTerms(**said))


async def _change_option(option: UUID, values: dict[str, Any]) -> None:
    await options.change_option(option, _said(values))


async def _remove(option: UUID) -> None:
    await options.remove_option(option)


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None or name in _KEPT}


async def _copy(values: dict[str, Any]) -> Words:
    await editing.clone(_uuid(values["poll"]), once=values["once"])
    return Words(en="A draft with the same options is in the list of polls.", zh="已复制为草稿，可在投票列表中编辑。")


async def _end(values: dict[str, Any]) -> Words:
    await editing.end(_uuid(values["poll"]))
    return Words(en="The poll is over; its result stands.", zh="投票已结束，结果已定。")


async def _preview(values: dict[str, Any]) -> Words:
    seen = await reading.preview(_uuid(values["poll"]))
    en = "; ".join(option.text.en for option in seen.options)
    zh = "；".join(option.text.zh for option in seen.options)
    return Words(
        en=f"“{seen.name.en}”: choose {seen.choices_min} to {seen.choices_max} of: {en}."
        f" Voting gives {seen.reward_points} points.",
        zh=f"“{seen.name.zh}”：从以下选项中选 {seen.choices_min} 至 {seen.choices_max} 项：{zh}。"
        f"投票奖励 {seen.reward_points} 积分。",
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise PollUnknown from None


async def _polls() -> Mapping[str, Words]:
    return {str(row["id"]): name_of(row) for row in await _newest()}


async def _open_polls() -> Mapping[str, Words]:
    moment = clock.now()
    return {
        str(row["id"]): name_of(row)
        for row in await _newest()
        if status_of(row, moment) in {"coming", "running", "paused"}
    }


async def _newest() -> list[Any]:
    return await DB.fetch("SELECT * FROM __tenant__.poll ORDER BY id DESC LIMIT 200")


TABLES = (
    AdminTable(
        Poll,
        name=Words(en="Polls", zh="投票活动"),
        group=GROUP,
        help=Words(en="Members choose; the result says what to stock. Add options, then switch it to live.", zh="会员投票选择，结果用于选品；请先添加选项，再切换为“进行”。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True, filter=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True, filter=True),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS_WORDS, sql=_STATUS),
            Column("state", Words(en="Switch", zh="开关"), choices=STATES, editable=True, filter=True,
                   help=Words(en="An ended poll does not come back.", zh="结束后不能恢复。")),
            Column("ballots", Words(en="Ballots", zh="票数"), sql=f"SELECT n.ballots {_TURNOUT}"),
            Column("members", Words(en="Members", zh="参与人数"), sql=f"SELECT n.members {_TURNOUT}"),
            Column("points_given", Words(en="Points given so far", zh="累计发放积分"), sql=f"SELECT n.points {_TURNOUT}"),
            Column("vouchers_given", Words(en="Vouchers given so far", zh="累计发券"), sql=f"SELECT n.vouchers {_TURNOUT}"),
            Column("window", Words(en="Window (UTC)", zh="时间窗口（UTC）"), sql=_WINDOW),
            Column("starts_at", Words(en="From", zh="开始时间"), editable=True, in_list=False),
            Column("ends_at", Words(en="Until", zh="结束时间"), editable=True, in_list=False, help=Words(en="It closes itself, to the second.", zh="到点自动结束，精确到秒。")),
            Column("period", Words(en="How often", zh="投票频次"), choices=PERIODS, editable=True, in_list=False),
            Column("choices_min", Words(en="Choose at least", zh="最少选"), editable=True, in_list=False),
            Column("choices_max", Words(en="Choose at most", zh="最多选"), editable=True, in_list=False),
            Column("changeable", Words(en="Votes can be changed", zh="允许改票与撤回"), editable=True, in_list=False),
            Column("results", Words(en="Result is shown", zh="结果可见"), choices=RESULTS, editable=True, in_list=False),
            Column("shuffled", Words(en="Options in another order for each", zh="选项随机排序"), editable=True, in_list=False),
            Column("stock", Words(en="On what to stock", zh="用于选品"), editable=True, in_list=False),
            Column("segment", Words(en="Only for", zh="仅限人群"), editable=True, in_list=False),
            Column("reward_points", Words(en="Points for voting", zh="投票奖励积分"), editable=True, in_list=False,
                   help=Words(en="For taking part, whatever is chosen: the law forbids rewards for a choice.", zh="仅奖励参与，与所选无关；法律禁止奖励定向投票。")),
            Column("reward_voucher", Words(en="Voucher for voting", zh="投票奖励优惠券"), editable=True, in_list=False),
            Column("purpose", Words(en="Purpose", zh="目的"), choices=PURPOSES, editable=True, in_list=False),
            Column("picture", Words(en="Picture", zh="图片"), editable=True, in_list=False),
            Column("description_zh", Words(en="Description in Chinese", zh="中文说明"), editable=True, in_list=False, kind="long"),
            Column("description_en", Words(en="Description in English", zh="英文说明"), editable=True, in_list=False, kind="long"),
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        activity=Activity(preview="poll", results="poll-results", prefix="pol", since="starts_at", until="ends_at", members="members", cost=("points_given", "vouchers_given")),
        write=MARKETING,
        create=_create,
        change=_change,
    ),
    AdminTable(
        PollOption,
        name=Words(en="Poll options", zh="投票选项"),
        group=GROUP,
        help=Words(en="What an option stands for stays once it has votes; its text can be corrected.", zh="有票后商品与价格不能再改，文字与图片可更正。"),
        columns=(
            Column("poll", Words(en="Poll", zh="投票"), editable=True, first_only=True, required=True, filter=True),
            Column("text_zh", Words(en="Text in Chinese", zh="中文文字"), editable=True),
            Column("text_en", Words(en="Text in English", zh="英文文字"), editable=True),
            Column("votes", Words(en="Votes", zh="票数"), sql="SELECT n.votes FROM __tenant__.poll_tally n WHERE n.option = t.id"),
            Column("picture", Words(en="Picture", zh="图片"), editable=True, in_list=False),
            Column("product", Words(en="Product", zh="商品编号"), editable=True, filter=True),
            Column("price_low", Words(en="Price from", zh="最低价"), editable=True, in_list=False),
            Column("price_high", Words(en="Price to", zh="最高价"), editable=True, in_list=False),
            Column("position", Words(en="Position", zh="排序"), editable=True),
            Column("removed", Words(en="No longer offered", zh="已下架"), filter=True),
        ),
        readable=("text_zh", "text_en"),
        order="position",
        write=MARKETING,
        create=_add,
        change=_change_option,
        delete=_remove,
    ),
    AdminTable(
        PollBallot,
        name=Words(en="Ballots", zh="选票"),
        group=GROUP,
        read=MARKETING,
        columns=(
            Column("changed_at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("poll", Words(en="Poll", zh="投票"), filter=True),
            Column("chosen_zh", Words(en="Chosen (Chinese)", zh="所选"), sql=_CHOSEN_ZH),
            Column("chosen_en", Words(en="Chosen", zh="所选（英文）"), sql=_CHOSEN_EN),
            Column("period", Words(en="Day (1970: for ever)", zh="日期（1970 为长期）"), filter=True, in_list=False),
            Column("version", Words(en="Version", zh="版本"), in_list=False),
            Column("at", Words(en="First voted", zh="首次投票"), in_list=False),
        ),
        order="-id",
    ),
)  # fmt: skip
FORMS = (
    Form(
        "copy-poll", Words(en="Copy a poll", zh="复制投票"),
        Words(en="Makes a draft with the same terms and options.", zh="复制条款与选项，生成草稿。"),
        (Field("poll", Words(en="Poll", zh="投票"), choices=_polls),),
        _copy, roles=MARKETING, group=GROUP,
    ),
    Form(
        "end-poll", Words(en="End a poll", zh="结束投票"),
        Words(en="Closes it now and for good.", zh="立即结束，不能恢复。"),
        (Field("poll", Words(en="Poll", zh="投票"), choices=_open_polls),),
        _end, roles=MARKETING, group=GROUP,
    ),
    Form(
        "preview-poll", Words(en="Preview a poll", zh="预览投票"),
        Words(en="What a member sees who has not voted.", zh="查看未投票会员看到的内容。"),
        (Field("poll", Words(en="Poll", zh="投票"), choices=_polls),),
        _preview, roles=SERVICE, group=GROUP,
    ),
)  # fmt: skip
