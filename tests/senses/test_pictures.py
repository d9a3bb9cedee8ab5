"""Pictures as people and attackers give them, through the real decoding process."""

import io
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from mia_desktop.core.errors import InputError
from mia_desktop.senses.picture_decoder import MOST_SIDE_PX
from mia_desktop.senses.pictures import PictureReader
from tests.conftest import SAMPLES

CAT = Image.open(SAMPLES / "images" / "cat.jpg")


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    reader = PictureReader()
    yield reader
    reader.close()


def written(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format=form, **options)
    return out.getvalue()


def empty_heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 64


def pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for number in range(pages):
        document.new_page(200 + 100 * number, 100)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def png_that_claims(width: int, height: int, rows: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * ((3 * width + 1) * rows), 9))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_known_by_its_content_whatever_its_name(reader: PictureReader, form: str) -> None:
    picture = reader.read_bytes(written(CAT, form), "cat.exe", source="drop")
    assert picture.pixels.shape == (300, 451, 3)
    assert not picture.pixels.flags.writeable
    assert np.abs(picture.pixels.astype(int) - np.asarray(CAT).astype(int)).mean() < 8
    assert (picture.source, picture.name) == ("drop", "cat.exe")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(reader: PictureReader, orientation: int) -> None:
    upright = Image.new("RGB", (40, 20), "black")
    upright.paste("red", (0, 0, 10, 10))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what turns it away, as Pillow counts
    turned = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = reader.read_bytes(written(turned, "PNG", exif=exif), "", source="file").pixels
    assert np.array_equal(pixels, np.asarray(upright))


def test_of_an_animation_the_first_frame_is_seen(reader: PictureReader) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert reader.read_bytes(data, "", source="file").pixels[4, 4].tolist() == [255, 0, 0]


def test_colours_come_out_right_whatever_the_mode(reader: PictureReader) -> None:
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    palette = Image.new("RGB", (8, 8), (0, 128, 0)).quantize()
    deep = Image.fromarray(np.full((8, 8), 0x8080, dtype=np.uint16))
    cyan = Image.new("CMYK", (8, 8), (255, 0, 0, 0))

    def middle(data: bytes) -> list[int]:
        return reader.read_bytes(data, "", source="file").pixels[4, 4].tolist()

    assert middle(written(clear, "PNG")) == [255, 255, 255]
    assert middle(written(palette, "PNG")) == [0, 128, 0]
    assert middle(written(deep, "PNG")) == [128, 128, 128]
    assert middle(written(deep, "TIFF")) == [128, 128, 128]
    assert middle(written(cyan, "TIFF")) == [0, 255, 255]


def test_a_large_picture_is_scaled_down(reader: PictureReader) -> None:
    data = written(Image.new("RGB", (6000, 3000), "white"), "PNG")
    assert reader.read_bytes(data, "", source="file").pixels.shape == (MOST_SIDE_PX // 2, MOST_SIDE_PX, 3)


def test_pages_of_a_pdf_are_pictures(reader: PictureReader) -> None:
    first = reader.read_bytes(pdf(2), "a.pdf", source="file").pixels
    second = reader.read_bytes(pdf(2), "a.pdf", source="file", page=1).pixels
    assert first.shape[1] < second.shape[1]
    with pytest.raises(InputError, match="has no page 3: it has 2"):
        reader.read_bytes(pdf(2), "a.pdf", source="file", page=2)


def encrypted_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"11" * 32
        + b">/U<"
        + b"22" * 32
        + b">>>endobj\ntrailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
    )


CUT = {form: written(CAT, form)[:1500] for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")}
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    **{f"cut off {form}": (lambda data=data: data, "damaged or cut off") for form, data in CUT.items()},
    "bomb PNG": (lambda: png_that_claims(30_000, 30_000, 2_000), "too large: 30000 x 30000"),
    "GIF that claims 65535 x 65535": (
        lambda: b"GIF89a" + struct.pack("<HH", 65535, 65535) + written(CAT, "GIF")[10:],
        "too large",
    ),
    "TIFF that claims 4 gigapixels": (
        lambda: (
            written(Image.new("L", (64, 64)), "TIFF")
            .replace(struct.pack("<HHII", 256, 4, 1, 64), struct.pack("<HHII", 256, 4, 1, 65535))
            .replace(struct.pack("<HHII", 257, 4, 1, 64), struct.pack("<HHII", 257, 4, 1, 65535))
        ),
        "too large",
    ),
    "one pixel": (lambda: written(Image.new("RGB", (1, 1)), "PNG"), "only a pixel"),
    "SVG": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawing"),
    "HTML": (lambda: b"<html><script>alert(1)</script></html>", "not a picture"),
    "zip": (lambda: b"PK\x03\x04" + b"\0" * 200, "not a picture"),
    "noise": (lambda: os.urandom(5000), "not a picture"),
    "PDF without an end": (lambda: b"%PDF-1.7\n1 0 obj <<" + b"/A [" * 200_000, "damaged PDF"),
    "encrypted PDF": (encrypted_pdf, "encrypted PDF"),
    "HEIC of zeros": (empty_heic, "not a picture|damaged"),
    "nothing": (lambda: b"", "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_refused_in_one_sentence(reader: PictureReader, name: str) -> None:
    make, why = BAD[name]
    with pytest.raises(InputError, match=why) as told:
        reader.read_bytes(make(), "gift.png", source="drop")
    assert str(told.value).startswith("gift.png ")
    assert str(told.value).endswith(".")
    assert reader.peak_bytes < 1 << 30
    assert reader.read_bytes(written(CAT, "PNG"), "", source="file").pixels.shape == (300, 451, 3)


def test_a_bomb_of_a_hundred_megapixels_takes_bounded_memory(reader: PictureReader) -> None:
    bomb = png_that_claims(10_000, 10_000, 10_000)
    assert len(bomb) < 500_000
    assert reader.read_bytes(bomb, "", source="drop").pixels.shape == (MOST_SIDE_PX, MOST_SIDE_PX, 3)
    assert 0 <= reader.peak_bytes < 1 << 30


@pytest.mark.parametrize("tail", [b"PK\x03\x04" + b"\0" * 100, b"<html><script>alert(1)</script></html>"])
def test_what_hangs_on_a_picture_is_not_looked_at(reader: PictureReader, tail: bytes) -> None:
    assert reader.read_bytes(written(CAT, "GIF") + tail, "", source="file").pixels.shape == (300, 451, 3)


def test_huge_exif_does_no_harm(reader: PictureReader) -> None:
    exif = Image.Exif()
    exif[0x010E] = "x" * 60_000
    data = written(CAT, "JPEG", exif=exif)
    many = data[:2] + (b"\xff\xe1\xff\xff" + b"Exif\0\0" + b"A" * 65_527) * 300 + data[2:]
    for one in (data, many):
        assert reader.read_bytes(one, "", source="file").pixels.shape == (300, 451, 3)


def test_what_is_no_file_is_refused(reader: PictureReader, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        reader.read(tmp_path)
    with pytest.raises(InputError, match="There is no file"):
        reader.read(tmp_path / "none.png")


def test_a_decoder_that_hangs_or_dies_is_replaced() -> None:
    reader = PictureReader(timeout_s=0.01)
    try:
        with pytest.raises(InputError, match="too long"):
            reader.read_bytes(written(CAT, "PNG"), "slow.png", source="file")
        reader._timeout_s = 20
        assert reader.read_bytes(written(CAT, "PNG"), "", source="file").pixels.shape == (300, 451, 3)
        process = reader._process
        assert process is not None
        process.kill()
        process.wait()
        assert reader.read_bytes(written(CAT, "PNG"), "", source="file").pixels.shape == (300, 451, 3)
    finally:
        reader.close()
        reader.close()
