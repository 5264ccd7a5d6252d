"""How pictures say no."""

from __future__ import annotations

from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words


class PictureUnknown(NotFound):
    """There is no such picture."""

    code = "picture.unknown"
    sentence = Words(en="There is no such picture.", zh="没有这张图片。")


class NotAPicture(Refused):
    """It is none of the kinds that are taken, whatever its name says."""

    code = "picture.kind"
    sentence = Words(
        en="“{name}” is not a JPEG, PNG, WebP or GIF picture. Save it as one of these; SVG is not taken.",
        zh="“{name}”不是 JPEG、PNG、WebP 或 GIF 图片，请另存为其中一种格式；不支持 SVG。",
    )


class PictureDamaged(Refused):
    """It begins like a picture and cannot be read to the end."""

    code = "picture.damaged"
    sentence = Words(
        en="“{name}” is damaged or incomplete. Save or download it again.",
        zh="“{name}”已损坏或不完整，请重新保存或下载。",
    )


class PictureTooLarge(Refused):
    """The file has more bytes than are taken."""

    code = "picture.too_large"
    sentence = Words(
        en="“{name}” is larger than {most} MB. Make it smaller.", zh="“{name}”超过 {most} MB，请压缩后再上传。"
    )


class TooManyPixels(Refused):
    """The picture would be too large once unpacked, however small its file is."""

    code = "picture.too_many_pixels"
    sentence = Words(
        en="“{name}” has more than {most} million pixels. Make it smaller.",
        zh="“{name}”超过 {most}00 万像素，请缩小后再上传。",
    )
