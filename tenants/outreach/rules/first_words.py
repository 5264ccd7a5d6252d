"""The texts with which a new shop begins; staff change their own copy."""

from __future__ import annotations

from typing import NamedTuple

from tenants.kit.words import Words


class Text(NamedTuple):
    """Subject and body, as Liquid."""

    subject: Words
    body: Words


_GIFT_EN = """\
{% if gift.points > 0 or gift.voucher %}A little something from us:
{% if gift.points > 0 %}
- {{ gift.points }} points, already in your account
{%- endif %}
{%- if gift.voucher %}
- {{ gift.voucher.name }}: code {{ gift.voucher.code }}, until {{ gift.voucher.valid_until }}
{%- endif %}

{% endif %}"""
_GIFT_ZH = """\
{% if gift.points > 0 or gift.voucher %}一点心意，请收下：
{% if gift.points > 0 %}
- {{ gift.points }} 积分，已存入您的账户
{%- endif %}
{%- if gift.voucher %}
- {{ gift.voucher.name }}：券码 {{ gift.voucher.code }}，有效期至 {{ gift.voucher.valid_until }}
{%- endif %}

{% endif %}"""

BIRTHDAY: dict[str, Text] = {
    "email": Text(
        Words(
            en="Happy birthday{% if member.name != '' %}, {{ member.name }}{% endif %}!",
            zh="{% if member.name != '' %}{{ member.name }}，{% endif %}生日快乐！",
        ),
        Words(
            en="""\
Dear {% if member.name != '' %}{{ member.name }}{% else %}friend{% endif %},

everyone at {{ shop.name }} wishes you a wonderful birthday.

"""
            + _GIFT_EN
            + """Thank you for being with us.

{{ shop.name }}

To stop these messages: {{ unsubscribe_url }}
""",
            zh="""\
{% if member.name != '' %}亲爱的{{ member.name }}{% else %}亲爱的朋友{% endif %}：

{{ shop.name }}全体伙伴祝您生日快乐，平安喜乐！

"""
            + _GIFT_ZH
            + """感谢您一路相伴。

{{ shop.name }}

如不想再收到此类消息，请点击：{{ unsubscribe_url }}
""",
        ),
    ),
    "in_app": Text(
        Words(en="Happy birthday!", zh="生日快乐！"),
        Words(
            en="Everyone at {{ shop.name }} wishes you a wonderful day.\n\n" + _GIFT_EN,
            zh="{{ shop.name }}祝您生日快乐！\n\n" + _GIFT_ZH,
        ),
    ),
}
