"""What becomes of an upload: the picture that one sees, made anew, or a refusal that says what to do."""

from __future__ import annotations

import os
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tenants.kit.errors import Refused
from tenants.pictures.rules import drawing
from tenants.pictures.rules.drawing import PIXELS_MAX, UPLOAD_BYTES_MAX, redraw
from tenants.pictures.rules.refusals import NotAPicture, PictureDamaged, PictureTooLarge, TooManyPixels
from tenants.pictures.tables import BYTES_MAX
from tests.make.pictures import packed, picture, read


def pixel(image: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


def near(seen: tuple[int, ...], meant: tuple[int, ...], *, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(seen, meant, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_kind_is_taken_and_becomes_webp(kind: str) -> None:
    drawn = redraw(picture((40, 30), colour=(200, 40, 40), kind=kind))
    assert (drawn.media_type, drawn.width, drawn.height) == ("image/webp", 40, 30)
    seen = read(drawn.content)
    assert (seen.format, seen.size) == ("WEBP", (40, 30))
    assert near(pixel(seen, (20, 15)), (200, 40, 40))


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((3200, 800), (1600, 400)),
        ((1000, 4000), (400, 1600)),
        ((1, 9000), (1, 1600)),
        ((1600, 1600), (1600, 1600)),
        ((7, 5), (7, 5)),
    ],
)
def test_a_large_picture_is_made_smaller_and_a_small_one_is_left(size: tuple[int, int], kept: tuple[int, int]) -> None:
    for kind in ("JPEG", "PNG"):
        drawn = redraw(picture(size, kind=kind))
        assert (drawn.width, drawn.height) == kept


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_stands_upright_whichever_way_the_camera_was_held(turned: int) -> None:
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste((255, 0, 0), (0, 0, 20, 20))  # top left
    upright.paste((0, 0, 255), (40, 0, 60, 20))  # top right
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a camera would have stored it
    stored = upright.transpose(Image.Transpose(back[turned])) if turned > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = turned
    seen = read(redraw(packed(stored, "JPEG", exif=exif, quality=95)).content).convert("RGB")
    assert seen.size == (60, 40)
    assert near(pixel(seen, (8, 8)), (255, 0, 0), by=40)
    assert near(pixel(seen, (52, 8)), (0, 0, 255), by=40)
    assert near(pixel(seen, (52, 32)), (255, 255, 255), by=40)


def test_what_the_camera_noted_and_what_hides_behind_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-camera"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 27.0)
    photo = picture(kind="JPEG", exif=exif, comment=b"SECRET-comment", xmp=b"<x>SECRET-xmp</x>")
    assert b"SECRET-camera" in photo
    for upload in (photo + b"<script>SECRET</script>", photo + picture(kind="PNG") + b"SECRET"):
        kept = redraw(upload).content
        assert b"SECRET" not in kept
        assert not {"exif", "xmp", "icc_profile", "comment"} & read(kept).info.keys()


def test_a_gif_that_is_also_a_web_page_becomes_a_picture_and_nothing_else() -> None:
    gif = bytearray(
        picture((10, 10), kind="GIF", mode="P", colour=3, comment=b"*/=1;alert(1)//<html><script>alert(1)</script>")
    )
    assert b"<script>" in gif
    for upload in (bytes(gif), b"GIF89a" + bytes(gif[6:]) + b"<html><script>alert(1)</script>"):
        kept = redraw(upload).content
        assert b"script" not in kept
        assert b"html" not in kept
        assert kept[:4] == b"RIFF"


def test_of_a_moving_gif_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
    kept = redraw(packed(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100))
    seen = read(kept.content)
    assert not getattr(seen, "is_animated", False)
    assert near(pixel(seen, (10, 10)), (255, 0, 0))


def test_colours_are_those_of_the_profile_which_is_not_kept() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, lab, b"no profile at all"):  # one that does not fit is passed over
        seen = read(redraw(picture(colour=(200, 40, 40), icc_profile=profile)).content)
        assert near(pixel(seen, (5, 5)), (200, 40, 40))
        assert "icc_profile" not in seen.info


@pytest.mark.parametrize(("mode", "colour", "meant"), [
    ("1", 1, (255, 255, 255)), ("L", 128, (128, 128, 128)), ("I;16", 32768, (128, 128, 128)),
    ("LA", (128, 255), (128, 128, 128)), ("RGBA", (10, 200, 90, 255), (10, 200, 90)),
])  # fmt: skip
def test_every_mode_of_a_png_is_drawn(mode: str, colour: object, meant: tuple[int, ...]) -> None:
    seen = read(redraw(picture(mode=mode, colour=colour)).content)
    assert near(pixel(seen, (5, 5)), meant)


def test_cmyk_of_a_print_shop_is_drawn_and_what_is_transparent_stays_so() -> None:
    printed = read(redraw(picture(mode="CMYK", colour=(0, 255, 255, 0), kind="JPEG")).content)
    assert near(pixel(printed, (5, 5)), (255, 0, 0), by=40)
    clear = read(redraw(picture(mode="RGBA", colour=(1, 2, 3, 0))).content)
    assert clear.mode == "RGBA"
    assert clear.getchannel("A").getextrema() == (0, 0)
    palette = Image.new("P", (10, 10), 0)
    palette.putpalette([255, 0, 0, 0, 255, 0])
    assert read(redraw(packed(palette, "GIF", transparency=0)).content).mode == "RGBA"


@pytest.mark.parametrize("upload", [
    b"", b"\x00" * 100, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"<?xml version='1.0'?><svg onload='alert(1)'/>", b"<html><script>alert(1)</script></html>", b"%PDF-1.7\n%",
    b"PK\x03\x04" + b"\x00" * 60, picture(kind="BMP"), picture(kind="TIFF"), picture(kind="ICO", size=(16, 16)), b"GIF89a", b"\xff\xd8\xff",
])  # fmt: skip
@pytest.mark.parametrize("name", ["photo.jpg", "商品图片（新款）.png", "", "../../etc/passwd\x00.gif"])
def test_what_is_no_picture_is_refused_whatever_it_is_called(upload: bytes, name: str) -> None:
    with pytest.raises(NotAPicture) as refusal:
        redraw(upload, name=name)
    assert (name or "?") in refusal.value.say("zh")
    assert "SVG" in refusal.value.say("en")


def test_a_picture_is_told_by_its_bytes_and_not_by_its_name() -> None:
    assert redraw(picture(kind="PNG"), name="photo.svg").media_type == "image/webp"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_that_was_cut_off_is_refused(kind: str) -> None:
    noise = packed(Image.frombytes("RGB", (300, 300), os.urandom(270_000)), kind)
    for share in (0.2, 0.5, 0.9):
        with pytest.raises((PictureDamaged, NotAPicture)):
            redraw(noise[: int(len(noise) * share)])


def test_a_bomb_is_refused_from_its_head_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_seen", lambda _: pytest.fail("it was unpacked"))
    side = 60_000

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )
    webp = bytearray(
        packed(Image.new("RGBA", (10, 10), (1, 2, 3, 4)), "WEBP", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00")
    )
    place = webp.index(b"VP8X") + 12
    webp[place : place + 6] = b"\xff\x3f\x00\xff\x3f\x00"
    gif = bytearray(picture((10, 10), kind="GIF", mode="P", colour=1))
    gif[6:10] = struct.pack("<HH", 65535, 65535)
    over = picture((5001, 5000), kind="PNG", mode="1", colour=0)
    for upload in (png, bytes(webp), bytes(gif), over):
        with pytest.raises(TooManyPixels) as refusal:
            redraw(upload)
        assert "2500 万" in refusal.value.say("zh")
        assert "25 million" in refusal.value.say("en")
    assert PIXELS_MAX == 5000 * 5000


def test_the_largest_picture_that_is_allowed_is_drawn() -> None:
    drawn = redraw(picture((5000, 5000), kind="PNG", mode="1", colour=0))
    assert (drawn.width, drawn.height) == (1600, 1600)


def test_a_jpeg_of_a_thousand_passes_is_refused() -> None:
    photo = picture(kind="JPEG", progressive=True)
    passes = photo[photo.index(b"\xff\xda") : -2]
    with pytest.raises(PictureDamaged):
        redraw(photo[:-2] + passes * 1000 + b"\xff\xd9")


def test_a_file_that_is_too_large_is_refused_and_one_that_packs_badly_fits_all_the_same() -> None:
    with pytest.raises(PictureTooLarge):
        redraw(picture() + b"\x00" * UPLOAD_BYTES_MAX)
    noise = Image.frombytes("RGBA", (1600, 1500), os.urandom(1600 * 1500 * 4))
    assert len(redraw(packed(noise, "PNG", compress_level=0)[:UPLOAD_BYTES_MAX]).content) <= BYTES_MAX


def test_without_webp_a_photograph_is_kept_as_jpeg_and_what_is_transparent_as_png(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("PIL.features.check", lambda _: False)
    assert redraw(picture()).media_type == "image/jpeg"
    assert redraw(picture(mode="RGBA", colour=(1, 2, 3, 4))).media_type == "image/png"


@given(cut=st.integers(0, 400), put=st.binary(max_size=40), kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_come_it_is_a_picture_or_a_refusal(cut: int, put: bytes, kind: str) -> None:
    good = picture((12, 9), kind=kind)
    cut %= len(good)
    try:
        drawn = redraw(good[:cut] + put + good[cut + len(put) :])
    except Refused as refusal:
        assert refusal.code.startswith("picture.")  # noqa: PT017
    else:
        assert max(read(drawn.content).size) <= 1600
