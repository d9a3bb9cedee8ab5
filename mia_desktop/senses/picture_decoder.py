"""The process in which pictures are decoded: bounded, alone, and thrown away when it misbehaves.

It reads requests from its standard input and answers on its standard output; nothing touches the disk. A message is a
JSON object, preceded by its length and that of the bytes that follow it (two unsigned 64-bit integers, big-endian).
A request's bytes are the file, an answer's the pixels.
"""

import json
import struct
import sys
import warnings
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

MEMORY_BYTES: Final = 1536 << 20
"""Address space of the process, where the system can limit it: code, decoders and one picture."""
MOST_BYTES: Final = 100 << 20
"""Size of the largest file."""
MOST_PIXELS: Final = 110_000_000
"""Width times height of the largest picture: a camera of a hundred megapixels."""
MOST_SIDE_PX: Final = 2048
"""Longest side of what is handed on."""
CPU_S: Final = 3600
"""Processor time of the process's whole life."""
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF")
_UPRIGHT: Final = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What makes a picture upright, by its EXIF orientation."""
HEAD: Final = struct.Struct("!QQ")


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """A picture that is not decoded; the text says why and what to do."""


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read one message; raises EOFError when the other side is gone, ValueError for one that is too long."""
    words, rest = HEAD.unpack(_exactly(stream, HEAD.size))
    if words > 1 << 16 or rest > MOST_BYTES:
        raise ValueError("a message is too long")
    return json.loads(_exactly(stream, words)), _exactly(stream, rest)


def write_message(stream: IO[bytes], words: dict[str, Any], data: bytes | memoryview = b"") -> None:
    """Write one message."""
    text = json.dumps(words).encode()
    stream.write(HEAD.pack(len(text), len(data)) + text)
    stream.write(data)
    stream.flush()


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) != count:
        raise EOFError
    return data


def decode(data: bytes, page: int = 0) -> tuple[int, int, bytes]:
    """Return width, height and RGB bytes of the first frame of a picture, or of a page of a PDF file.

    Upright (EXIF 2.32, tag 0x0112), over white where it is transparent, at most `MOST_SIDE_PX` long. Raises Refusal.
    """
    if b"%PDF-" in data[:1024]:
        image = _pdf_page(data, page)
    elif page:
        raise Refusal("has only one page")
    else:
        image = _image(data)
    return image.width, image.height, image.tobytes()


def _image(data: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        raise Refusal("is an SVG drawing, which MIA does not open. Save it as PNG and give that")
    try:
        image: Any = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise Refusal("is not a picture that MIA knows. Give PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC or PDF") from None
    _bound(image.width, image.height)
    image.draft("RGB", (MOST_SIDE_PX, MOST_SIDE_PX))  # JPEG: decodes at a fraction of the size
    image.load()
    orientation = image.getexif().get(0x0112, 1)
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        factor = max(image.size) // (2 * MOST_SIDE_PX)
        image = image.reduce(factor) if factor > 1 else image  # before copies in other modes are made
    image = _rgb(image)
    image.thumbnail((MOST_SIDE_PX, MOST_SIDE_PX), reducing_gap=2.0)
    turn = _UPRIGHT.get(orientation)
    if turn is not None:
        image = image.transpose(Image.Transpose[turn])
    return image


def _rgb(image: Any) -> Any:
    """Return `image` as 8-bit RGB over white."""
    import numpy as np
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # 16 bits and more: from darkest to brightest
        values: Any = np.asarray(image, dtype=np.float32)
        if image.mode.startswith("I;16") or (image.mode == "I" and values.max(initial=0) <= 0xFFFF):
            values = values / 257
        else:
            values = np.nan_to_num(values)
            low, high = float(values.min()), float(values.max())
            values = (values - low) * (255 / (high - low or 1))
        image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def _pdf_page(data: bytes, page: int) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refusal("is an encrypted PDF file. Save it without a password and give that") from None
        raise Refusal("is a damaged PDF file. Make or fetch it again") from None
    if not 0 <= page < len(document):
        raise Refusal(f"has no page {page + 1}: it has {len(document)}")
    try:
        sheet = document[page]
        width, height = sheet.get_size()
        scale = min(MOST_SIDE_PX / max(width, height, 1e-3), 200 / 72)
        return sheet.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError):
        raise Refusal("has a damaged page. Make or fetch it again") from None


def _bound(width: int, height: int) -> None:
    if width < 2 or height < 2:
        raise Refusal("is only a pixel wide or high, too small to see anything on it")
    if width * height > MOST_PIXELS:
        raise Refusal(
            f"is too large: {width} x {height} pixels. Scale it down to {MOST_PIXELS // 1_000_000} megapixels"
        )


def _limit() -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the bound on pixels remain
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses some
            continue


def peak_bytes() -> int:
    """Return the most memory that this process has held, bytes; 0 where the system does not tell."""
    if sys.platform == "linux":  # its ru_maxrss begins with that of the process which started this one
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until the other side is gone."""
    import pi_heif
    from PIL import Image

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # `_bound` checks, and says more
    pi_heif.register_heif_opener()
    while True:
        try:
            request, data = read_message(requests)
        except EOFError:
            return
        try:
            width, height, pixels = decode(data, int(request["page"]))
        except Refusal as why:
            write_message(answers, {"refused": str(why), "peak": peak_bytes()})
        except MemoryError:
            write_message(answers, {"refused": "needs too much memory. Scale it down", "peak": peak_bytes()})
        except Exception:
            write_message(answers, {"refused": "is damaged or cut off. Make or fetch it again", "peak": peak_bytes()})
        else:
            write_message(answers, {"width": width, "height": height, "peak": peak_bytes()}, pixels)


if __name__ == "__main__":
    _limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)
