"""What pictures claim to be, read from their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.chat.pictures import MOST_PIXELS, Shape, check_picture, shape_of
from gcdesk.errors import PictureRefusedError
from gcdesk.simulator.files import picture
from tests.chat import pictures

EXIF = pictures.segment(0xE1, b"Exif\0\0" + pictures.jpeg(1, 1))
TABLES = pictures.segment(0xDB, b"\0" * 64) + pictures.segment(0xC4, b"\0" * 20)


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (pictures.png(640, 480), Shape("image/png", 640, 480)),
        (picture(1, 2, 3), Shape("image/png", 240, 120)),
        (pictures.gif(640, 480), Shape("image/gif", 640, 480)),
        (pictures.gif(3, 4, b"87a"), Shape("image/gif", 3, 4)),
        (pictures.jpeg(640, 480), Shape("image/jpeg", 640, 480)),
        (pictures.jpeg(640, 480, EXIF, TABLES), Shape("image/jpeg", 640, 480)),
        (pictures.jpeg(640, 480, b"\xff\xff\xff", b"\xff\x01"), Shape("image/jpeg", 640, 480)),
        (pictures.jpeg(640, 480, marker=0xC2), Shape("image/jpeg", 640, 480)),
        (pictures.webp_lossy(640, 480), Shape("image/webp", 640, 480)),
        (pictures.webp_lossless(640, 480), Shape("image/webp", 640, 480)),
        (pictures.webp_lossless(16384, 16384), Shape("image/webp", 16384, 16384)),
        (pictures.webp_extended(640, 480), Shape("image/webp", 640, 480)),
        (pictures.webp_extended(1 << 24, 1), Shape("image/webp", 1 << 24, 1)),
    ],
)
def test_every_format_tells_its_size(data: bytes, shape: Shape) -> None:
    assert shape_of(data) == shape
    if shape.pixels <= MOST_PIXELS:
        assert check_picture(data) == shape


WHOLE = [
    pictures.png(640, 480)[:24],
    pictures.gif(640, 480)[:10],
    pictures.jpeg(640, 480)[:11],
    pictures.webp_lossy(640, 480)[:30],
    pictures.webp_lossless(640, 480)[:25],
    pictures.webp_extended(640, 480)[:30],
]


@pytest.mark.parametrize("data", WHOLE)
def test_a_beginning_that_is_cut_tells_nothing(data: bytes) -> None:
    assert shape_of(data) is not None
    for length in range(len(data)):
        assert shape_of(data[:length]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + pictures.segment(0xDA, b"\0" * 6),
        b"\xff\xd8\xff\xe0\x00\x00" * 3,
        b"\xff\xd8no marker",
        b"RIFF\0\0\0\0WAVEfmt ",
        pictures.webp(b"ALPH", b"\0" * 20),
        pictures.webp(b"VP8L", b"\0" * 20),
        pictures.webp(b"VP8 ", b"\0" * 20),
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT" + b"\0" * 20,
        b"BM" + b"\0" * 60,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_none(data: bytes) -> None:
    assert shape_of(data) is None
    with pytest.raises(PictureRefusedError):
        check_picture(data)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (6325, 6325), (2**31 - 1, 2**31 - 1), (40_000_001, 1)])
def test_too_many_pixels_or_none_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureRefusedError):
        check_picture(pictures.png(*size))


def test_as_many_pixels_as_allowed_are_fine() -> None:
    assert check_picture(pictures.png(8000, 5000)).pixels == MOST_PIXELS
    with pytest.raises(PictureRefusedError, match="3 by 4 pixels"):
        check_picture(pictures.png(3, 4), most_pixels=11)


@given(
    st.sampled_from([b"", b"\xff\xd8", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"]),
    st.binary(max_size=200),
)
def test_any_bytes_are_a_picture_or_none(beginning: bytes, rest: bytes) -> None:
    shape = shape_of(beginning + rest)
    assert shape is None or (shape.width >= 0 and shape.height >= 0)
