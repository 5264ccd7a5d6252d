"""Check-ins at the desk: plans and what they promise, outage days, and the visits."""

from __future__ import annotations

from tenants.checkins.rules import at_desk, outages, promises, terms
from tenants.checkins.tables import (
    CheckIn,
    CheckInLevelBonus,
    CheckInMakeUp,
    CheckInMilestone,
    CheckInOutage,
    CheckInPlan,
    CheckInReward,
    CheckInSpecialDate,
    CheckInTerm,
    CheckInVersion,
)
from tenants.kit.desk import MARKETING, Activity, AdminTable, Column, Field, Form
from tenants.kit.words import Words

GROUP = Words(en="Check-ins", zh="签到")
STATUS = {
    "draft": Words(en="Draft", zh="草稿"),
    "scheduled": Words(en="Scheduled", zh="待开始"),
    "live": Words(en="Live", zh="进行中"),
    "paused": Words(en="Paused", zh="已暂停"),
    "ended": Words(en="Ended", zh="已结束"),
}
KINDS = {
    "milestone": Words(en="Milestone", zh="里程碑"),
    "special": Words(en="Special date", zh="特殊日期"),
    "level": Words(en="Level bonus", zh="等级加成"),
    "first": Words(en="First check-in ever", zh="首次签到"),
}
OUTAGE_KINDS = {
    "declared": Words(en="Declared by staff", zh="员工登记"),
    "calendar": Words(en="A date that the time zone skips", zh="时区跳过的日期"),
}
_VERSIONS = "EXISTS (SELECT 1 FROM __tenant__.check_in_version v WHERE v.plan = t.id)"
_STATUS = (
    f"CASE WHEN t.ends_on < $3::date AND {_VERSIONS} THEN 'ended'"
    f" WHEN NOT t.active THEN CASE WHEN {_VERSIONS} THEN 'paused' ELSE 'draft' END"
    " WHEN t.starts_on > $3::date THEN 'scheduled' ELSE 'live' END"
)
_VISITORS = "SELECT count(DISTINCT c.member) FROM __tenant__.check_in c WHERE c.plan = t.id"
_POINTS = (
    "SELECT (SELECT coalesce(sum(c.points), 0)::bigint FROM __tenant__.check_in c WHERE c.plan = t.id)"
    " + (SELECT coalesce(sum(r.points), 0)::bigint FROM __tenant__.check_in_reward r"
    " JOIN __tenant__.check_in c ON c.id = r.check_in WHERE c.plan = t.id)"
)
_VOUCHERS = (
    "SELECT count(*) FROM __tenant__.check_in_reward r JOIN __tenant__.check_in c ON c.id = r.check_in"
    " WHERE c.plan = t.id AND r.voucher_template IS NOT NULL"
)


_PLAN = Column("plan", Words(en="Plan", zh="签到计划"), editable=True, first_only=True, required=True, filter=True)
_VOUCHER = Column("voucher_template", Words(en="Voucher", zh="优惠券"), editable=True)
_GROWTH = Column("growth", Words(en="Growth", zh="成长值"), editable=True)
_TIMES = Column("multiplier", Words(en="Times the points of the day", zh="当日积分倍数"), editable=True,
                help=Words(en="1 for no more, 2 for double.", zh="1 表示不加倍，2 表示双倍。"))  # fmt: skip
_MAKE_UP = Words(en="For missed days. 0 days: nothing can be made up.", zh="补签设置；天数为 0 表示不支持补签。")
_NO_LIMIT = Words(en="0 for no limit.", zh="0 表示不限。")

TABLES = (
    AdminTable(
        CheckInPlan,
        name=Words(en="Check-in plan", zh="签到计划"),
        group=GROUP,
        help=Words(en="What a check-in earns. A change holds from the next check-in on and keeps streaks.",
                   zh="签到可获得的奖励。修改后从下次签到起生效，不影响连签天数。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("active", Words(en="On", zh="启用"), editable=True,
                   help=Words(en="Of two that are on, the one that starts later counts. Switching one on switches off the one"
                                 " that starts on the same day.",
                              zh="同时启用多个计划时，以开始日期较晚者为准；启用时会停用开始日期相同的计划。")),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS, sql=_STATUS),
            Column("starts_on", Words(en="First day", zh="开始日期"), editable=True,
                   help=Words(en="Empty: it has always held.", zh="留空表示不限。")),
            Column("ends_on", Words(en="Last day", zh="结束日期"), editable=True,
                   help=Words(en="Empty: it does not end.", zh="留空表示不限。")),
            Column("base", Words(en="Points on the first day", zh="首日积分"), editable=True),
            Column("increment", Words(en="More for each further day", zh="每连签一天增加"), editable=True),
            Column("increment_days", Words(en="Until day", zh="增加到第几天"), editable=True, in_list=False),
            Column("cycle", Words(en="Cycle", zh="周期"), choices=terms.CYCLES, editable=True),
            Column("cycle_days", Words(en="Days of a cycle", zh="自定义周期天数"), editable=True, in_list=False,
                   help=Words(en="For “another number of days” only.", zh="仅“自定义天数”时填写。")),
            Column("first_points", Words(en="Points for the first check-in ever", zh="首次签到积分"), editable=True, in_list=False),
            Column("first_growth", Words(en="Growth for the first check-in ever", zh="首次签到成长值"), editable=True, in_list=False),
            Column("first_voucher", Words(en="Voucher for the first check-in ever", zh="首次签到优惠券"), editable=True, in_list=False),
            Column("make_up_days", Words(en="Make up within days", zh="可补签最近几天"), editable=True, in_list=False, help=_MAKE_UP),
            Column("make_up_price", Words(en="A make-up costs points", zh="补签所需积分"), editable=True, in_list=False),
            Column("make_up_step", Words(en="Each further one costs more", zh="每多补签一次增加"), editable=True, in_list=False,
                   help=Words(en="Within a calendar month.", zh="按自然月计算。")),
            Column("make_up_per_cycle", Words(en="Make-ups in a cycle", zh="每轮最多补签"), editable=True, in_list=False, help=_NO_LIMIT),
            Column("make_up_per_month", Words(en="Make-ups in a month", zh="每月最多补签"), editable=True, in_list=False, help=_NO_LIMIT),
            Column("make_up_base", Words(en="A make-up earns the points of the day", zh="补签可得当日积分"), editable=True, in_list=False),
            Column("make_up_milestones", Words(en="A make-up earns milestones", zh="补签可得里程碑奖励"), editable=True, in_list=False),
            Column("participants", Words(en="Members who came", zh="参与人数"), sql=_VISITORS),
            Column("points_so_far", Words(en="Points so far", zh="已发积分"), sql=_POINTS),
            Column("vouchers_so_far", Words(en="Vouchers so far", zh="已发优惠券"), sql=_VOUCHERS),
            Column("updated_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        readable=("name_zh", "name_en"),
        order="-active",
        activity=Activity(preview="check-in-preview", prefix="cip", since="starts_on", until="ends_on",
                          members="participants", cost=("points_so_far", "vouchers_so_far")),
        write=MARKETING,
        create=at_desk.create_plan,
        change=at_desk.change_plan,
    ),
    AdminTable(
        CheckInMilestone,
        name=Words(en="Check-in milestones", zh="签到里程碑"),
        group=GROUP,
        help=Words(en="A further reward on a certain day in a row. A day can have several.", zh="连签到某一天时的额外奖励，同一天可设多个。"),
        columns=(
            Column("day", Words(en="Day", zh="第几天"), editable=True, first_only=True, required=True, filter=True),
            _PLAN,
            Column("points", Words(en="Points", zh="积分"), editable=True),
            _GROWTH,
            _VOUCHER,
            Column("repeats", Words(en="In each cycle", zh="每轮可得"), editable=True,
                   help=Words(en="Off: once for ever.", zh="关闭表示终身仅一次。")),
        ),
        order="day",
        write=MARKETING,
        create=at_desk.set_milestone,
        change=at_desk.change_milestone,
        delete=at_desk.remove_milestone,
    ),
    AdminTable(
        CheckInSpecialDate,
        name=Words(en="Special dates", zh="特殊日期"),
        group=GROUP,
        help=Words(en="A day that earns more: a date, or a month and a day of it for every year.",
                   zh="当天签到奖励更多：填写日期，或每年的月和日。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            _PLAN,
            Column("day", Words(en="Date", zh="日期"), editable=True, filter=True),
            Column("month", Words(en="Every year: month", zh="每年：月"), editable=True),
            Column("month_day", Words(en="Every year: day", zh="每年：日"), editable=True),
            _TIMES,
            Column("points", Words(en="Further points", zh="额外积分"), editable=True),
            _GROWTH,
            _VOUCHER,
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        write=MARKETING,
        create=at_desk.add_special_date,
        change=at_desk.change_special_date,
        delete=promises.remove_special_date,
    ),
    AdminTable(
        CheckInLevelBonus,
        name=Words(en="Check-in level bonuses", zh="签到等级加成"),
        group=GROUP,
        help=Words(en="What members of a level earn more on each check-in.", zh="某等级会员每次签到的额外奖励。"),
        columns=(
            _PLAN,
            Column("level", Words(en="Level", zh="等级"), editable=True, first_only=True, required=True, filter=True),
            _TIMES,
            Column("points", Words(en="Further points", zh="额外积分"), editable=True),
        ),
        order="-id",
        write=MARKETING,
        create=at_desk.set_level_bonus,
        change=at_desk.change_level_bonus,
        delete=at_desk.remove_level_bonus,
    ),
    AdminTable(
        CheckInOutage,
        name=Words(en="Outage days", zh="故障日"),
        group=GROUP,
        help=Words(en="Days on which nobody had to come; streaks go on over them. See the actions.", zh="无需签到的日期，连签不中断；通过操作登记或撤销。"),
        columns=(
            Column("day", Words(en="Day", zh="日期"), filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=OUTAGE_KINDS, filter=True),
            Column("reason", Words(en="Reason", zh="原因"), filter=True),
            Column("declared_at", Words(en="Declared", zh="登记时间"), filter=True),
            Column("declared_by", Words(en="By", zh="登记人")),
            Column("withdrawn_at", Words(en="Withdrawn", zh="撤销时间"), filter=True),
            Column("healed_at", Words(en="Streaks set right", zh="连签修复完成"), filter=True),
        ),
        order="-day",
    ),
    AdminTable(
        CheckIn,
        name=Words(en="Check-in records", zh="签到记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("day", Words(en="Day", zh="日期"), filter=True),
            Column("streak", Words(en="Days in a row", zh="连签天数"), filter=True),
            Column("counted", Words(en="Days in a row then", zh="签到当时连签天数"), in_list=False),
            Column("points", Words(en="Points", zh="积分")),
            Column("made_up", Words(en="Made up", zh="补签"), filter=True),
            Column("plan", Words(en="Plan", zh="签到计划"), filter=True, in_list=False),
            Column("version", Words(en="Version", zh="计划版本"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        CheckInReward,
        name=Words(en="Check-in extras", zh="签到附加奖励"),
        group=GROUP,
        help=Words(en="What visits earned besides the points of the day.", zh="签到除当日积分外获得的奖励。"),
        columns=(
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("kind", Words(en="For", zh="奖励类型"), choices=KINDS,
                   sql="SELECT p.kind FROM __tenant__.check_in_term p WHERE p.id = t.term"),
            Column("day", Words(en="Day", zh="日期"), sql="SELECT c.day FROM __tenant__.check_in c WHERE c.id = t.check_in"),
            Column("points", Words(en="Points", zh="积分")),
            Column("growth", Words(en="Growth", zh="成长值")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), filter=True),
        ),
        order="-id",
    ),
    AdminTable(
        CheckInMakeUp,
        name=Words(en="Make-ups", zh="补签记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("day", Words(en="Day made up", zh="补签日期"), sql="SELECT c.day FROM __tenant__.check_in c WHERE c.id = t.check_in"),
            Column("price", Words(en="Points paid", zh="消耗积分")),
            Column("number", Words(en="Which of the month", zh="当月第几次")),
        ),
        order="-at",
    ),
    AdminTable(
        CheckInVersion,
        name=Words(en="Plan versions", zh="计划版本"),
        group=GROUP,
        help=Words(en="What plans promised from when on. Each visit is judged by the version of its day.",
                   zh="计划自何时起的奖励规则；每次签到按当日版本计奖。"),
        columns=(
            Column("at", Words(en="Made", zh="生成时间"), filter=True),
            Column("plan", Words(en="Plan", zh="签到计划"), filter=True),
            Column("number", Words(en="Number", zh="版本号")),
            Column("from_day", Words(en="Holds from", zh="生效日期"), filter=True),
            Column("base", Words(en="Points on the first day", zh="首日积分")),
            Column("increment", Words(en="More for each further day", zh="每连签一天增加")),
            Column("increment_days", Words(en="Until day", zh="增加到第几天"), in_list=False),
            Column("cycle", Words(en="Cycle", zh="周期"), choices=terms.CYCLES),
            Column("make_up_days", Words(en="Make up within days", zh="可补签最近几天"), in_list=False),
            Column("make_up_price", Words(en="A make-up costs points", zh="补签所需积分"), in_list=False),
            Column("made_by", Words(en="By", zh="修改人"), in_list=False),
        ),
        readable=("number",),
        order="-at",
    ),
    AdminTable(
        CheckInTerm,
        name=Words(en="What versions promise besides", zh="版本附加奖励"),
        group=GROUP,
        columns=(
            Column("version", Words(en="Version", zh="计划版本"), filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, filter=True),
            Column("place", Words(en="Day in a row", zh="连签第几天")),
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称")),
            Column("name_en", Words(en="Name in English", zh="英文名称"), in_list=False),
            Column("day", Words(en="Date", zh="日期")),
            Column("month", Words(en="Every year: month", zh="每年：月"), in_list=False),
            Column("month_day", Words(en="Every year: day", zh="每年：日"), in_list=False),
            Column("level", Words(en="Level", zh="等级")),
            Column("multiplier", Words(en="Times the points of the day", zh="当日积分倍数")),
            Column("points", Words(en="Points", zh="积分")),
            Column("growth", Words(en="Growth", zh="成长值")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券")),
        ),
        order="-id",
    ),
)  # fmt: skip
_WHICH = Field("plan", Words(en="Plan", zh="签到计划"), kind="choice", choices=at_desk.plans_by_name)
FORMS: tuple[Form, ...] = (
    Form(
        "preview-check-in-plan", Words(en="Preview a check-in plan", zh="预览签到计划"),
        Words(en="What a member who misses no day would get, on each level, and what 1,000 members cost. Nothing is given.",
              zh="查看每天签到的会员在各等级可获得的奖励，以及每 1,000 名会员的成本；不会发放任何奖励。"),
        (_WHICH, Field("days", Words(en="Days", zh="天数"), kind="whole", least=1, most=366, default="30")),
        at_desk.preview, roles=MARKETING, group=GROUP,
    ),
    Form(
        "copy-check-in-plan", Words(en="Copy a check-in plan", zh="复制签到计划"),
        Words(en="Makes a draft with all that the plan promises, to be changed at leisure and switched on later.",
              zh="复制为草稿，可慢慢修改后再启用。"),
        (_WHICH,), at_desk.copy, roles=MARKETING, group=GROUP,
    ),
    Form(
        "end-check-in-plan", Words(en="End a check-in plan", zh="结束签到计划"),
        Words(en="Lets today be its last day. What was given stays.", zh="今天为最后一天；已发放的奖励不受影响。"),
        (_WHICH,), at_desk.end, roles=MARKETING, group=GROUP,
    ),
    Form(
        "declare-outage", Words(en="Declare outage days", zh="登记故障日"),
        Words(en="Days on which check-in did not work: everybody's streak goes on over them. They are not counted, and nothing"
                 " is given for them.",
              zh="签到无法使用的日期：所有会员的连签不会中断；不计入天数，也不补发奖励。"),
        (Field("first", Words(en="First day", zh="开始日期"), kind="date"),
         Field("last", Words(en="Last day", zh="结束日期"), kind="date", required=False,
               help=Words(en="Empty for a single day; at most 31 days.", zh="仅一天可留空；最多 31 天。")),
         Field("reason", Words(en="Reason", zh="原因"), most=outages.REASON_MAX)),
        at_desk.declare, roles=MARKETING, group=GROUP,
    ),
    Form(
        "withdraw-outage", Words(en="Withdraw an outage day", zh="撤销故障日"),
        Words(en="Streaks that went on over the day no longer do; what was given stays.", zh="连签不再跨过该日；已发放的奖励不受影响。"),
        (Field("day", Words(en="Day", zh="日期"), kind="date"),
         Field("reason", Words(en="Reason", zh="原因"), required=False, most=outages.REASON_MAX)),
        at_desk.withdraw, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
