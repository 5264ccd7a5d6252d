"""Templates about what members have experienced: after a purchase, recommendation, after a case, those who have stayed away."""

from __future__ import annotations

from tenants.kit.words import Words
from tenants.surveys.rules.definition import END, Jump
from tenants.surveys.rules.templates.writing import Template, ask, option

AFTER_SALES = Template(
    key="after_sales",
    trade=Words(en="After a purchase", zh="售后"),
    name=Words(en="How was your order?", zh="购物体验回访"),
    about=Words(
        en="Goods, delivery and service a week after delivery; who is not content says why and may be called back.",
        zh="签收一周后了解商品、物流和服务；不满意时追问原因并可预约回访。",
    ),
    start=Words(en="One minute about your last order.", zh="花一分钟，说说最近这一单。"),
    end=Words(en="Your words go to the people who can change it.", zh="您的意见会直接交给能改进的人。"),
    asked=(
        ask("content", "csat", "您对这次购物总体满意吗？", "How content are you with this order?", required=True,
            labels=(Words(en="Not at all", zh="很不满意"), Words(en="Very", zh="非常满意"))),
        ask("parts", "matrix", "请分别评价。", "And in particular?",
            option("good", "满意", "Good"), option("fair", "一般", "Fair"), option("poor", "不满意", "Poor"),
            rows=[option("goods", "商品质量", "The goods"), option("pack", "包装", "Packing"),
                  option("delivery", "物流速度", "Delivery"), option("service", "客服态度", "Service")]),
        ask("praise", "long", "什么让您满意？", "What did you like?", show_if="content >= 4"),
        ask("wrong", "multiple", "哪里没有做好？", "What went wrong?",
            option("quality", "质量问题", "Quality"), option("different", "与描述不符", "Not as described"),
            option("slow", "物流慢", "Slow delivery"), option("damaged", "包装破损", "Damaged"),
            option("service", "客服态度", "Service"), other=True, required=True, show_if="content <= 3"),
        ask("story", "long", "请告诉我们发生了什么。", "Please tell us what happened.", show_if="content <= 3"),
        ask("call", "single", "需要我们联系您吗？", "May we call you back?",
            option("yes", "需要", "Yes, please", tag=("需回访", "wants a call")), option("no", "不用", "No, thank you"),
            show_if="content <= 2"),
        ask("phone", "short", "方便联系的电话", "The number to call", pattern="phone", required=True,
            show_if='call = "yes"'),
    ),
    settings={
        "after_event": "order_delivered", "after_days": 7, "access": "invited", "low_question": "content",
        "low_at_most": 2, "invitation_days": 14, "purpose": "stickiness",
    },
)  # fmt: skip

NPS = Template(
    key="nps",
    trade=Words(en="Recommendation", zh="推荐度"),
    name=Words(en="Would you recommend us?", zh="推荐意愿（NPS）"),
    about=Words(
        en="The one question, and a different second one for promoters, passives and detractors. Every half year.",
        zh="一个核心问题，推荐者、中立者、贬损者各有追问。每半年一次。",
    ),
    start=Words(en="Two questions, half a minute.", zh="两个问题，半分钟。"),
    end=Words(en="Thank you for your {score|} out of 10.", zh="感谢您的 {score|} 分评价。"),
    asked=(
        ask("score", "nps", "您有多大可能把我们推荐给朋友？", "How likely are you to recommend us to a friend?",
            required=True, labels=(Words(en="Not at all", zh="完全不可能"), Words(en="Very likely", zh="非常可能"))),
        ask("love", "multiple", "您最喜欢我们的什么？", "What do you like best about us?",
            option("goods", "商品", "The goods"), option("price", "价格", "The prices"), option("service", "服务", "Service"),
            option("speed", "发货快", "Quick delivery"), other=True, most=2),
        ask("nine", "short", "怎样才能让您打 9 分？", "What would make it a nine?"),
        ask("reason", "long", "是什么让您打了 {score|这个} 分？", "What is behind your {score|}?"),
        ask("fix", "single", "我们最该先改进什么？", "What should we mend first?",
            option("goods", "商品质量", "Quality"), option("price", "价格", "Prices"), option("service", "服务", "Service"),
            option("delivery", "物流", "Delivery"), other=True),
    ),
    jumps=(
        Jump(after="score", when="score <= 6", to="reason"),
        Jump(after="score", when="score <= 8", to="nine"),
        Jump(after="love", when="", to=END),
        Jump(after="nine", when="", to=END),
    ),
    settings={"repeat_days": 180, "low_question": "score", "low_at_most": 6, "purpose": "stickiness"},
)  # fmt: skip

SUPPORT = Template(
    key="support",
    trade=Words(en="Service", zh="客服"),
    name=Words(en="Did we help you?", zh="客服满意度"),
    about=Words(
        en="Whether a case is solved, how much effort it took (CES) and how the agent was.",
        zh="问题是否解决、费力程度（CES）与客服表现。",
    ),
    start=Words(en="You wrote to us. Did we help?", zh="您最近联系过客服，我们帮到您了吗？"),
    end=Words(en="Thank you. We read every answer.", zh="感谢反馈，每一条我们都会看。"),
    asked=(
        ask("solved", "single", "您的问题解决了吗？", "Is your problem solved?",
            option("yes", "已解决", "Yes"), option("partly", "部分解决", "In part"), option("no", "没有", "No"), required=True),
        ask("left", "long", "还有什么没有解决？", "What is still open?", show_if='solved != "yes"', required=True),
        ask("effort", "ces", "“解决问题很省力。”您同意吗？", "“It was easy to get help.” Do you agree?",
            labels=(Words(en="Not at all", zh="完全不同意"), Words(en="Fully", zh="完全同意"))),
        ask("agent", "csat", "您对客服人员满意吗？", "How content are you with our agent?", required=True,
            labels=(Words(en="Not at all", zh="很不满意"), Words(en="Very", zh="非常满意"))),
        ask("better", "multiple", "客服哪里可以做得更好？", "What could the agent do better?",
            option("fast", "更快回复", "Answer sooner"), option("clear", "说得更清楚", "Explain better"),
            option("kind", "态度更好", "Be kinder"), option("power", "权限更大", "Be able to decide"), other=True,
            show_if="agent <= 3"),
    ),
    settings={"access": "invited", "low_question": "agent", "low_at_most": 2, "purpose": "stickiness"},
)  # fmt: skip

LAPSED = Template(
    key="lapsed",
    trade=Words(en="Winning back", zh="流失召回"),
    name=Words(en="We have missed you", zh="好久不见"),
    about=Words(
        en="Why members have stayed away, and what would bring them back; each reason has its own question.",
        zh="了解会员为何久未光顾、怎样愿意回来，不同原因追问不同问题。",
    ),
    start=Words(en="It has been a while. May we ask why?", zh="好久没见到您了，想听听原因。"),
    end=Words(en="We hope to see you again.", zh="期待与您再次相见。"),
    asked=(
        ask("reason", "single", "最近没来的主要原因是？", "What is the main reason?",
            option("need", "暂时不需要", "I need nothing now"), option("price", "价格", "Prices", tag=("价格敏感", "minds prices")),
            option("choice", "没有想要的", "Nothing I want"), option("bad", "有过不愉快", "Something went wrong", tag=("需安抚", "to be reconciled")),
            option("elsewhere", "在别处买", "I buy elsewhere", tag=("竞品用户", "buys elsewhere")), other=True, required=True),
        ask("offer", "single", "哪种优惠最吸引您？", "Which offer would tempt you?",
            option("off", "满减", "Money off"), option("gift", "赠品", "A gift"), option("ship", "包邮", "Free delivery"),
            show_if='reason = "price"'),
        ask("want", "short", "您希望我们上什么新品？", "What should we have for you?", show_if='reason = "choice"'),
        ask("story", "long", "发生了什么？我们想弥补。", "What happened? We would like to make it good.", show_if='reason = "bad"'),
        ask("why", "multiple", "别处好在哪里？", "What is better there?",
            option("price", "更便宜", "Prices"), option("fast", "更快", "Faster"), option("range", "更全", "More choice"),
            option("trust", "更放心", "I trust them more"), show_if='reason = "elsewhere"'),
        ask("back", "rating", "您再来光顾的可能有多大？", "How likely are you to come back?", most=5,
            labels=(Words(en="Not at all", zh="不太可能"), Words(en="Very likely", zh="非常可能"))),
    ),
    settings={"purpose": "sales"},
)  # fmt: skip

TEMPLATES = (AFTER_SALES, NPS, SUPPORT, LAPSED)
