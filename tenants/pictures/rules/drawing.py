"""Making a picture anew from whatever was uploaded, so that nothing of the file but what is seen goes on.

The bytes come from anybody. They are looked at by the four decoders named here and no other; how large the picture
is, and in how many passes it is drawn, is known from its head before anything is unpacked. What is kept is written by
ourselves: no notes of the camera (where it was taken), no second file hidden behind the first, no program.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, features

from tenants.pictures.rules.refusals import NotAPicture, PictureDamaged, PictureTooLarge, TooManyPixels
from tenants.pictures.tables import BYTES_MAX, EDGE_MAX

UPLOAD_BYTES_MAX = 10_000_000
PIXELS_MAX = 25_000_000
# A progressive JPEG is unpacked once for each pass; a thousand of them keep a processor busy for minutes.
_PASSES_MAX = 64
_KINDS = ("JPEG", "PNG", "WEBP", "GIF")
_NAME_SHOWN = 100
_NAMELESS = "?"
# The first of these that fits is kept: edge, quality.
_TRIES = ((EDGE_MAX, 82), (EDGE_MAX, 60), (1200, 60), (800, 60), (400, 60))
# One at a time in a process: a picture of the largest size takes 200 MB while it is unpacked.
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept; `digest` is the SHA-256 of its bytes in hexadecimal."""

    digest: str
    media_type: str
    width: int
    height: int
    content: bytes


async def draw(content: bytes, *, name: str = "") -> Drawn:
    """The picture in an uploaded file, at most 1,600 pixels wide or high, without anything but what is seen.

    `name` is what the file is called, for the sentence of a refusal; it decides nothing. Raises NotAPicture,
    PictureDamaged, PictureTooLarge, TooManyPixels.
    """
    work = functools.partial(redraw, content, name=name)
    return await asyncio.get_running_loop().run_in_executor(_WORKER, work)


def redraw(content: bytes, *, name: str = "") -> Drawn:
    """As `draw`, here and now."""
    called = name.strip()[:_NAME_SHOWN] or _NAMELESS
    if len(content) > UPLOAD_BYTES_MAX:
        raise PictureTooLarge(name=called, most=UPLOAD_BYTES_MAX // 1_000_000)
    try:
        image = Image.open(io.BytesIO(content), formats=_KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(name=called, most=PIXELS_MAX // 1_000_000) from None
    except Exception:  # noqa: BLE001  a decoder fails on hostile bytes in whatever way it likes
        raise NotAPicture(name=called) from None
    with image:
        if image.width * image.height > PIXELS_MAX:
            raise TooManyPixels(name=called, most=PIXELS_MAX // 1_000_000)
        if image.format in {"JPEG", "MPO"} and content.count(b"\xff\xda") > _PASSES_MAX:
            raise PictureDamaged(name=called)
        try:
            return _written(_seen(image))
        except Exception:  # noqa: BLE001  as above
            raise PictureDamaged(name=called) from None


def _seen(image: Image.Image) -> Image.Image:
    """The first frame as the eye sees it: upright, in sRGB, with or without transparency, and nothing else."""
    image.draft("RGB", (EDGE_MAX, EDGE_MAX))  # a large JPEG is unpacked at a half, a quarter or an eighth
    profile = image.info.get("icc_profile")
    turned = image.getexif().get(0x0112, 1)
    if image.mode.startswith("I"):  # 16 bits of grey; Pillow would cut them off instead of scaling them
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    elif "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((EDGE_MAX, EDGE_MAX), Image.Resampling.LANCZOS)
    image = _in_srgb(image, profile)
    image = image.convert("RGBA" if "A" in image.getbands() else "RGB")
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.getexif()[0x0112] = turned
    upright = ImageOps.exif_transpose(clean)
    upright.info.clear()
    return upright


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        shown = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile for another kind of colours, or none at all: as it is drawn without
    if shown is None:
        return image
    if alpha:
        shown.putalpha(alpha)
    return shown


def _written(image: Image.Image) -> Drawn:
    """The picture as bytes that fit into a row: smaller, where a picture of its size cannot be packed so far."""
    kind, content = "", b""
    for edge, quality in _TRIES:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        kind, content = _packed(image, quality)
        if len(content) <= BYTES_MAX:
            break
    digest = hashlib.sha256(content).hexdigest()
    return Drawn(digest, f"image/{kind}", image.width, image.height, content)


def _packed(image: Image.Image, quality: int) -> tuple[str, bytes]:
    kind = "webp" if features.check("webp") else "png" if image.mode == "RGBA" else "jpeg"
    goal = io.BytesIO()
    image.save(goal, kind, quality=quality)
    return kind, goal.getvalue()
