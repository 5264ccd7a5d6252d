"""Templates by what a shop sells: beauty, clothing, food, mother and baby, electronics, home and pets."""

from __future__ import annotations

from tenants.kit.words import Words
from tenants.surveys.rules.definition import Jump
from tenants.surveys.rules.templates.writing import Template, ask, option

_LIKELY = (Words(en="Not at all", zh="完全不"), Words(en="Very much", zh="非常"))

BEAUTY = Template(
    key="beauty",
    trade=Words(en="Beauty", zh="美妆护肤"),
    name=Words(en="Your skin, your care", zh="肤质与护肤习惯"),
    about=Words(
        en="Skin type, worries and budget; who is sensitive is asked what to avoid. Tags members by skin.",
        zh="了解肤质、困扰和预算；敏感肌追问需避开的成分。按肤质给会员打标签。",
    ),
    start=Words(
        en="Two minutes, and we recommend what suits your skin.", zh="只需两分钟，我们就能为您推荐更适合的产品。"
    ),
    end=Words(
        en="We will keep your {skin|skin type} in mind when we recommend something.",
        zh="我们会按您的{skin|肤质}为您推荐合适的产品。",
    ),
    asked=(
        ask("skin", "single", "您的肤质是？", "What is your skin like?",
            option("dry", "干性", "Dry", tag=("干性肌", "dry skin")),
            option("oily", "油性", "Oily", tag=("油性肌", "oily skin")),
            option("mixed", "混合性", "Combination", tag=("混合肌", "combination skin")),
            option("sensitive", "敏感性", "Sensitive", tag=("敏感肌", "sensitive skin")),
            option("unsure", "不确定", "I am not sure"), required=True),
        ask("avoid", "multiple", "哪些成分会让您的皮肤不适？", "Which ingredients does your skin not bear?",
            option("alcohol", "酒精", "Alcohol"), option("fragrance", "香精", "Fragrance"),
            option("acids", "果酸、水杨酸", "Acids (AHA, BHA)"), option("retinol", "视黄醇", "Retinol"),
            other=True, show_if='skin = "sensitive"'),
        ask("signs", "multiple", "您的皮肤常有哪些表现？我们帮您判断肤质。", "What do you notice? It helps to find your skin type.",
            option("tight", "洗脸后紧绷", "Tight after washing"), option("shine", "午后出油", "Shiny by noon"),
            option("red", "容易泛红", "Easily red"), option("flaky", "起皮", "Flaky"), show_if='skin = "unsure"'),
        ask("worries", "multiple", "您最想改善的是？（最多三项）", "What would you most like to improve? (Up to three)",
            option("acne", "痘痘", "Spots", tag=("关注祛痘", "wants: clear skin")),
            option("dull", "暗沉", "Dullness", tag=("关注提亮", "wants: glow")),
            option("lines", "细纹", "Fine lines", tag=("关注抗老", "wants: fewer lines")),
            option("pores", "毛孔", "Pores", tag=("关注毛孔", "wants: smaller pores")),
            option("dryness", "干燥", "Dryness", tag=("关注补水", "wants: moisture")), most=3, shuffled=True),
        ask("steps", "single", "您平时护肤几步？", "How many steps is your daily care?",
            option("few", "1–2 步", "1–2"), option("some", "3–4 步", "3–4"), option("many", "5 步以上", "5 or more")),
        ask("budget", "dropdown", "单件护肤品您通常的预算是？", "What do you usually spend on one product?",
            option("b1", "100 元以下", "Under 100"), option("b2", "100–300 元", "100–300"),
            option("b3", "300–600 元", "300–600"), option("b4", "600 元以上", "Over 600")),
        ask("wish", "short", "还有什么想告诉我们？", "Anything else you would like us to know?"),
    ),
)  # fmt: skip

CLOTHING = Template(
    key="clothing",
    trade=Words(en="Clothing", zh="服饰"),
    name=Words(en="Your style and fit", zh="穿衣风格与尺码"),
    about=Words(
        en="Style, sizes and how they fit; who finds sizes wrong says where. Tags members by style.",
        zh="了解风格、尺码与合身度；不合身时追问具体部位。按风格给会员打标签。",
    ),
    start=Words(en="Help us to show you what you would wear.", zh="告诉我们您的喜好，只看想穿的。"),
    end=Words(en="From now on we show you more {style|of your style}.", zh="之后会为您多推荐{style|您喜欢}风格的新品。"),
    asked=(
        ask("style", "multiple", "您喜欢哪些风格？", "Which styles do you like?",
            option("minimal", "简约", "Minimal", tag=("简约风", "style: minimal")),
            option("street", "街头", "Street", tag=("街头风", "style: street")),
            option("office", "通勤", "Office", tag=("通勤风", "style: office")),
            option("sporty", "运动", "Sporty", tag=("运动风", "style: sporty")),
            option("vintage", "复古", "Vintage", tag=("复古风", "style: vintage")),
            required=True, most=3, shuffled=True),
        ask("size", "dropdown", "您常穿的上衣尺码？", "Which size of tops do you wear?",
            option("xs", "XS", "XS"), option("s", "S", "S"), option("m", "M", "M"), option("l", "L", "L"),
            option("xl", "XL", "XL"), option("xxl", "XXL 及以上", "XXL and up")),
        ask("fit", "single", "我们的尺码对您来说？", "How do our sizes fit you?",
            option("small", "偏小", "Too small"), option("right", "正好", "Just right"),
            option("large", "偏大", "Too large"), option("new", "还没买过", "I have not bought yet"), required=True),
        ask("where", "matrix", "具体哪里不合身？", "Where do they not fit?",
            option("tight", "偏紧", "Tight"), option("ok", "合适", "Right"), option("loose", "偏松", "Loose"),
            rows=[option("shoulder", "肩", "Shoulders"), option("chest", "胸", "Chest"),
                  option("waist", "腰", "Waist"), option("length", "衣长", "Length")],
            show_if='fit in ("small", "large")'),
        ask("matter", "ranking", "买衣服时您更看重什么？请排序。", "What matters most when you buy? Put them in order.",
            option("cut", "版型", "Cut"), option("fabric", "面料", "Fabric"), option("price", "价格", "Price"),
            option("look", "款式", "Look"), shuffled=True),
        ask("colours", "short", "您常穿的颜色？", "Which colours do you wear most?"),
    ),
)  # fmt: skip

FOOD = Template(
    key="food",
    trade=Words(en="Food", zh="食品"),
    name=Words(en="Your taste", zh="口味与饮食偏好"),
    about=Words(
        en="Taste, what members do not eat, and how the last order was; a low mark is followed up.",
        zh="了解口味、忌口和最近一单的味道；评分偏低时追问原因。",
    ),
    start=Words(en="So that we send you what you like to eat.", zh="告诉我们您的口味，推荐更合心意的美食。"),
    end=Words(en="Noted. Enjoy your next order!", zh="已记下您的口味，期待您的下一单！"),
    asked=(
        ask("taste", "multiple", "您偏爱哪些口味？", "Which tastes do you like?",
            option("sweet", "甜", "Sweet", tag=("偏甜", "likes sweet")), option("salty", "咸", "Savoury", tag=("偏咸", "likes savoury")),
            option("spicy", "辣", "Hot", tag=("嗜辣", "likes hot")), option("sour", "酸", "Sour", tag=("偏酸", "likes sour")),
            option("light", "清淡", "Light", tag=("清淡", "likes light")), required=True),
        ask("heat", "single", "您能吃多辣？", "How hot may it be?",
            option("mild", "微辣", "Mild"), option("medium", "中辣", "Medium"), option("extra", "特辣", "Very hot"),
            show_if='has(taste, "spicy")'),
        ask("avoid", "multiple", "您有忌口或过敏吗？", "Is there anything you do not eat?",
            option("none", "没有", "Nothing"), option("nuts", "坚果", "Nuts", tag=("坚果过敏", "no nuts")),
            option("dairy", "乳制品", "Dairy", tag=("忌乳制品", "no dairy")),
            option("gluten", "麸质", "Gluten", tag=("忌麸质", "no gluten")),
            option("seafood", "海鲜", "Seafood", tag=("忌海鲜", "no seafood")), other=True),
        ask("last", "rating", "最近一次购买的味道如何？", "How did your last order taste?", most=5,
            labels=(Words(en="Poor", zh="不好"), Words(en="Delicious", zh="很好吃"))),
        ask("why", "multiple", "哪里可以改进？", "What was not right?",
            option("fresh", "不够新鲜", "Not fresh"), option("flavour", "味道不合", "The taste"),
            option("pack", "包装破损", "The packing"), option("portion", "分量偏少", "Too little"), other=True,
            show_if="last <= 3"),
        ask("moment", "single", "您一般什么时候吃？", "When do you mostly eat it?",
            option("breakfast", "早餐", "Breakfast"), option("tea", "下午茶", "In the afternoon"),
            option("night", "夜宵", "Late at night"), option("gift", "送人", "I give it away", tag=("礼赠", "buys gifts"))),
    ),
    settings={"low_question": "last", "low_at_most": 2},
)  # fmt: skip

BABY = Template(
    key="baby",
    trade=Words(en="Mother and baby", zh="母婴"),
    name=Words(en="Your baby's stage", zh="宝宝阶段与需求"),
    about=Words(
        en="Expecting or with a child: each gets their own questions. Tags members by stage.",
        zh="孕期与有宝宝的家庭分别提问。按阶段给会员打标签。",
    ),
    start=Words(en="Every stage needs something else. Which is yours?", zh="每个阶段需要的都不一样，您处在哪个阶段？"),
    end=Words(en="We will send you what fits this stage.", zh="我们会按阶段为您推荐合适的用品。"),
    asked=(
        ask("stage", "single", "您现在处于？", "Where are you now?",
            option("expecting", "孕期", "Expecting", tag=("孕期", "expecting")),
            option("infant", "宝宝 0–1 岁", "Child up to 1 year", tag=("0-1岁", "child 0-1")),
            option("toddler", "宝宝 1–3 岁", "Child of 1 to 3", tag=("1-3岁", "child 1-3")),
            option("older", "宝宝 3 岁以上", "Child over 3", tag=("3岁以上", "child 3+")),
            option("gift", "为他人选购", "I buy for others", tag=("礼赠", "buys gifts")), required=True),
        ask("due", "date", "您的预产期？", "When is your baby due?"),
        ask("ready", "multiple", "还有哪些没有准备？", "What is still missing?",
            option("clothes", "衣物", "Clothes"), option("feeding", "喂养", "Feeding"), option("bed", "睡眠", "Sleeping"),
            option("travel", "出行", "Travelling"), option("bag", "待产包", "Hospital bag")),
        ask("feeding", "single", "宝宝现在怎么喂养？", "How is your child fed?",
            option("breast", "母乳", "Breast"), option("formula", "奶粉", "Formula", tag=("奶粉喂养", "formula")),
            option("mixed", "混合", "Both"), option("solid", "已断奶", "Solid food"), show_if='stage in ("infant", "toddler")'),
        ask("sensitive", "single", "宝宝皮肤是否敏感？", "Is your child's skin sensitive?",
            option("yes", "是", "Yes", tag=("宝宝敏感肌", "child: sensitive skin")), option("no", "否", "No")),
        ask("trust", "ranking", "选购母婴用品时您更看重？请排序。", "What matters most to you? Put them in order.",
            option("safe", "安全认证", "Certified safe"), option("material", "材质", "Material"),
            option("friends", "口碑", "Other parents' words"), option("price", "价格", "Price"), shuffled=True),
    ),
    jumps=(
        Jump(after="stage", when='stage in ("infant", "toddler", "older")', to="feeding"),
        Jump(after="stage", when='stage = "gift"', to="trust"),
        Jump(after="ready", when="", to="trust"),
    ),
)  # fmt: skip

ELECTRONICS = Template(
    key="electronics",
    trade=Words(en="Electronics", zh="数码家电"),
    name=Words(en="How you use it", zh="数码产品使用情况"),
    about=Words(
        en="What a device is used for, whether it was easy to set up, and faults; with effort score (CES).",
        zh="了解用途、上手难易与故障，含费力度（CES）。",
    ),
    start=Words(en="How do you get on with your device?", zh="新设备用得怎么样？"),
    end=Words(en="Thank you. If something does not work, our service team is there for you.", zh="感谢反馈，如有问题客服随时为您服务。"),
    asked=(
        ask("use", "multiple", "您主要用它来做什么？", "What do you use it for?",
            option("work", "办公", "Work", tag=("办公用户", "uses: work")), option("play", "游戏", "Games", tag=("游戏用户", "uses: games")),
            option("media", "影音", "Music and films"), option("learn", "学习", "Learning", tag=("学习用户", "uses: learning")),
            option("photo", "摄影", "Photography"), other=True, required=True),
        ask("setup", "ces", "“安装和上手很轻松。”您同意吗？", "“It was easy to set up.” Do you agree?", required=True,
            labels=(Words(en="Not at all", zh="完全不同意"), Words(en="Fully", zh="完全同意"))),
        ask("hard", "multiple", "哪一步让您费力？", "What was difficult?",
            option("manual", "说明书", "The manual"), option("app", "应用连接", "Connecting the app"),
            option("parts", "安装配件", "Fitting the parts"), option("account", "注册账号", "Making an account"), other=True,
            show_if="setup <= 4"),
        ask("fault", "single", "使用中有没有出现故障？", "Has anything failed?",
            option("no", "没有", "No"), option("once", "偶尔", "Now and then"), option("often", "经常", "Often")),
        ask("what", "long", "请描述一下故障。", "What happened?", show_if='fault in ("once", "often")', required=True),
        ask("next", "single", "您打算什么时候换新？", "When will you want a new one?",
            option("half", "半年内", "Within half a year", tag=("近期换新", "renews soon")), option("year", "一年内", "Within a year"),
            option("later", "更久以后", "Later")),
    ),
    settings={"low_question": "setup", "low_at_most": 2},
)  # fmt: skip

HOME = Template(
    key="home",
    trade=Words(en="Home", zh="家居"),
    name=Words(en="Your home", zh="居家需求"),
    about=Words(
        en="Room, taste and what is planned; who is moving or renovating is asked when.",
        zh="了解空间、风格与计划；准备搬家或装修的追问时间。",
    ),
    start=Words(en="Tell us what your home needs next.", zh="聊聊您的家还缺点什么。"),
    end=Words(en="We look for things that fit your home.", zh="我们会为您的家挑选合适的好物。"),
    asked=(
        ask("plan", "single", "您近期有什么计划？", "What are you planning?",
            option("moving", "搬家", "Moving", tag=("搬家中", "moving")), option("renovate", "装修", "Renovating", tag=("装修中", "renovating")),
            option("refresh", "添置小物", "Adding a few things"), option("none", "暂无", "Nothing"), required=True),
        ask("when", "date", "大概什么时候？", "About when?", show_if='plan in ("moving", "renovate")'),
        ask("style", "single", "您喜欢的家居风格？", "Which style do you like?",
            option("nordic", "北欧", "Nordic", tag=("北欧风", "home: nordic")), option("japanese", "日式", "Japanese", tag=("日式", "home: japanese")),
            option("chinese", "新中式", "New Chinese", tag=("新中式", "home: new chinese")), option("modern", "现代", "Modern", tag=("现代风", "home: modern")), other=True),
        ask("rooms", "multiple", "最想改造哪个空间？", "Which rooms would you like to improve?",
            option("living", "客厅", "Living room"), option("bed", "卧室", "Bedroom"), option("kitchen", "厨房", "Kitchen"),
            option("bath", "卫浴", "Bathroom"), option("balcony", "阳台", "Balcony"), most=2, show_if='plan != "none"'),
        ask("pets", "single", "家里有宠物吗？", "Do you have pets?",
            option("cat", "猫", "A cat", tag=("养猫", "has a cat")), option("dog", "狗", "A dog", tag=("养狗", "has a dog")),
            option("both", "都有", "Both", tag=("养宠", "has pets")), option("no", "没有", "No")),
    ),
)  # fmt: skip

TEMPLATES = (BEAUTY, CLOTHING, FOOD, BABY, ELECTRONICS, HOME)
