"""Pictures: what the shop shows of its products and activities, kept small, plain and in the shop's own schema.

Words: a *picture* is one image as it is shown, made anew from what was uploaded: at most 1,600 pixels wide or high,
without the camera's notes, of a kind that a browser draws and never runs.

The *look* of the shop's own pages is its colour.

Always true: one content is kept once; a picture never changes, so it may be kept by browsers for ever.
"""

from tenants.pictures.rules.drawing import PIXELS_MAX, UPLOAD_BYTES_MAX, Drawn, draw
from tenants.pictures.rules.keeping import address, describe, find, hold, keep, listed
from tenants.pictures.rules.looks import brand_colour, choose_colour
from tenants.pictures.rules.refusals import (
    NotAPicture,
    PictureDamaged,
    PictureTooLarge,
    PictureUnknown,
    TooManyPixels,
)

__all__ = [
    "PIXELS_MAX",
    "UPLOAD_BYTES_MAX",
    "Drawn",
    "NotAPicture",
    "PictureDamaged",
    "PictureTooLarge",
    "PictureUnknown",
    "TooManyPixels",
    "address",
    "brand_colour",
    "choose_colour",
    "describe",
    "draw",
    "find",
    "hold",
    "keep",
    "listed",
]
