"""Templates about what is to come: new goods and when to launch them, and getting to know members step by step."""

from __future__ import annotations

from tenants.kit.words import Words
from tenants.surveys.rules.definition import Jump
from tenants.surveys.rules.templates.writing import Template, ask, option

LAUNCH = Template(
    key="launch",
    trade=Words(en="New goods", zh="上新"),
    name=Words(en="What shall we launch, and when?", zh="新品与上新时间"),
    about=Words(
        en="Which new goods members want, at what price and when; who wants none is asked why and is done.",
        zh="了解想要的新品、心理价位与上新时间；不感兴趣的只问原因。",
    ),
    start=Words(en="Our next goods are not decided. You have a say.", zh="下一批新品由您来定。"),
    end=Words(en="We tell you when it is there.", zh="上新时第一时间通知您。"),
    asked=(
        ask("keen", "rating", "您对我们上新有多期待？", "How much do you look forward to new goods?", most=5, required=True,
            labels=(Words(en="Not at all", zh="不期待"), Words(en="Very much", zh="非常期待"))),
        ask("kind", "multiple", "最想看到哪类新品？（最多两项）", "Which would you like to see? (Up to two)",
            option("upgrade", "老款升级", "A better version of a classic"), option("colour", "新颜色新口味", "New colours or flavours"),
            option("limited", "限量联名", "A limited edition", tag=("爱限量", "likes limited editions")),
            option("set", "组合套装", "Sets", tag=("爱套装", "likes sets")), option("cheap", "平价款", "Something cheaper"),
            other=True, most=2, shuffled=True, required=True),
        ask("price", "single", "您能接受的价位？", "What may it cost?",
            option("p1", "100 元以下", "Under 100"), option("p2", "100–300 元", "100–300"),
            option("p3", "300–500 元", "300–500"), option("p4", "500 元以上", "Over 500")),
        ask("season", "single", "希望什么时候上新？", "When shall it come?",
            option("now", "越快越好", "As soon as can be", tag=("尝鲜", "early adopter")), option("sale", "大促期间", "In the big sales"),
            option("holiday", "节日前", "Before a holiday"), option("day", "指定日期", "On a day I name")),
        ask("day", "date", "希望的日期？", "Which day?", show_if='season = "day"', required=True),
        ask("clock", "single", "您通常几点逛店？", "At what time do you shop?",
            option("noon", "中午 12 点", "At noon"), option("eight", "晚上 8 点", "At 8 in the evening"),
            option("ten", "晚上 10 点后", "After 10"), option("any", "随时", "At any time")),
        ask("why_not", "multiple", "为什么不太期待？", "Why not?",
            option("enough", "已经够用", "I have enough"), option("dear", "新品偏贵", "New goods are dear"),
            option("alike", "没有新意", "They are all alike"), other=True),
    ),
    jumps=(Jump(after="keen", when="keen <= 1", to="why_not"), Jump(after="clock", when="", to="end")),
    settings={"purpose": "sales"},
)  # fmt: skip

SERIES = Template(
    key="series",
    trade=Words(en="Getting to know", zh="会员画像"),
    name=Words(en="Getting to know you, bit by bit", zh="慢慢认识您"),
    about=Words(
        en="Three short parts, a week between them, in place of one long form.",
        zh="分三次，每次两三题，间隔一周，代替一次长问卷。",
    ),
    start=Words(en="Three questions now, a few more next week.", zh="今天三题，下周再见。"),
    end=Words(en="That is all for today.", zh="今天就到这里。"),
    asked=(
        ask("who", "single", "您主要为谁选购？", "For whom do you mostly buy?",
            option("self", "自己", "Myself"), option("family", "家人", "My family", tag=("家庭采购", "buys for family")),
            option("gift", "送礼", "As gifts", tag=("礼赠", "buys gifts")), required=True),
        ask("often", "single", "您多久网购一次？", "How often do you shop online?",
            option("week", "每周", "Every week"), option("month", "每月", "Every month"), option("less", "更少", "Less often")),
        ask("care", "multiple", "您最看重什么？", "What matters to you?",
            option("quality", "品质", "Quality", tag=("重品质", "minds quality")), option("price", "价格", "Price", tag=("重价格", "minds prices")),
            option("speed", "速度", "Speed"), option("service", "服务", "Service")),
        ask("gifts", "multiple", "您常在哪些节日送礼？", "On which days do you give?", option("spring", "春节", "Spring Festival"),
            option("autumn", "中秋", "Mid-Autumn"), option("birthday", "生日", "Birthdays"), option("qixi", "七夕", "Qixi"),
            phase=2, show_if='who = "gift"'),
        ask("contact", "single", "您希望怎样收到消息？", "How may we tell you news?", option("app", "站内", "In the shop"),
            option("sms", "短信", "By SMS"), option("mail", "邮件", "By e-mail"), option("none", "不用", "Not at all"), phase=2, required=True),
        ask("topics", "multiple", "想收到哪些内容？", "What about?", option("new", "上新", "New goods"),
            option("sale", "优惠", "Sales"), option("tips", "使用技巧", "Tips"), phase=2, show_if='contact != "none"'),
        ask("score", "nps", "您有多大可能推荐我们？", "How likely are you to recommend us?", phase=3, required=True),
        ask("word", "short", "用一个词形容我们", "Describe us in one word", phase=3),
    ),
    settings={"phase_gap_days": 7},
)  # fmt: skip

TEMPLATES = (LAUNCH, SERIES)
