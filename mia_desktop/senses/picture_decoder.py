"""Decodes pictures in a process of its own, so that a hostile file can cost no more than that process.

What Pillow, libheif and PDFium read is C code fed with strangers' bytes. The child has bounds on memory and time; it is
told bytes, and answers with pixels or with a sentence.
"""

import io
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE_PX = 2048
"""Larger pictures are scaled down to it: enough to read a page of text."""
_MOST_PIXELS = 120_000_000
_MOST_MEMORY_BYTES = 3_000_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_UNREADABLE = "is not a whole picture. MIA reads PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC and PDF."

Answer = tuple[int, int, bytes] | str
"""Height, width and pixels (RGB, 8 bit each), or what is wrong, to be put after the file's name."""


def serve(pipe: Connection) -> None:
    """Answer requests of (content, page) until the other side hangs up."""
    _bound()
    while True:
        try:
            content, page = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(decoded(content, page))


def decoded(content: bytes, page: int) -> Answer:
    """Return the pixels of one picture, upright and no longer than `LONGEST_SIDE_PX` on any side."""
    try:
        image = _page(content, page) if content[:1024].lstrip().startswith(b"%PDF-") else _image(content)
    except _RefusedError as refusal:
        return str(refusal)
    except MemoryError:
        return "needs more memory than a picture may. Save it smaller."
    except Exception:
        return _UNREADABLE
    return image.height, image.width, image.tobytes()


class _RefusedError(Exception):
    """The picture is not read; the message says why."""


def _image(content: bytes) -> "Image":
    import warnings

    import pi_heif
    from PIL import Image, ImageOps

    if b"<svg" in content[:4096].lower():
        raise _RefusedError("is an SVG drawing, which may hold programs. Save it as PNG.")
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the bound below is told in a sentence
    warnings.simplefilter("ignore")  # of damaged metadata
    image: Image.Image = Image.open(io.BytesIO(content), formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS:
        raise _RefusedError(
            f"has {image.width} x {image.height} pixels, more than MIA opens. Save it smaller than 100 megapixels."
        )
    image.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    with suppress(Exception):  # metadata that lies costs its turn, not the picture
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float32)
        top = 65_535 if image.mode != "F" else max(float(values.max()), 1e-9)
        image = Image.fromarray(np.clip(values / top * 255, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


def _page(content: bytes, page: int) -> "Image":
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _RefusedError("is a PDF with a password. Save it without one.") from None
        raise
    if not 0 <= page < len(document):
        raise _RefusedError(f"has no page {page + 1}; it has {len(document)}.")
    sheet = document[page]
    width, height = sheet.get_size()
    scale = LONGEST_SIDE_PX / max(width, height, 1.0)
    image: Image = sheet.render(scale=min(scale, 300 / 72), may_draw_forms=False).to_pil().convert("RGB")
    return image


def _bound() -> None:
    """Give this process bounds on memory, files and core dumps where the system has such bounds."""
    try:
        import resource
    except ImportError:
        return  # Windows: only the time is bounded
    for what, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue
