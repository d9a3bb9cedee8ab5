"""All that can be found in one picture, by the parts that are there."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mia_desktop.core import log
from mia_desktop.core.errors import MiaError
from mia_desktop.core.ports import FaceDetector, TextReader, VisionEncoder
from mia_desktop.core.sights import Picture, Sight
from mia_desktop.core.worker import explain
from mia_desktop.perception.codes import codes
from mia_desktop.perception.description import description
from mia_desktop.perception.looks import look

T = TypeVar("T")


class PictureEyesight:
    """An Eyesight. Its parts work side by side; one that fails leaves a gap, not an error.

    Args:
        encoder: what it shows; None when no such model is there.
        reader: what is written in it.
        faces: where faces are; None when no such model is there.
    """

    def __init__(self, encoder: VisionEncoder | None, reader: TextReader, faces: FaceDetector | None) -> None:
        self.encoder, self.reader, self._faces = encoder, reader, faces

    def look(self, picture: Picture) -> Sight:
        """Return what is found in `picture`."""
        started_s = time.perf_counter()
        pixels, timings = picture.pixels, list[tuple[str, float]]()

        def timed(name: str, part: Callable[[], T]) -> T | None:
            begun_s = time.perf_counter()
            try:
                return part()
            except MiaError as error:
                log.report(error)
            except Exception as error:  # a library's trouble with one picture
                log.report(explain(error))
            finally:
                timings.append((name, round(1000 * (time.perf_counter() - begun_s), 1)))
            return None

        encoder, reader, faces = self.encoder, self.reader, self._faces
        with ThreadPoolExecutor(1, "mia-eyes") as pool:
            reading = pool.submit(timed, "text", lambda: reader.read(pixels))
            labels = (timed("labels", lambda: encoder.labels(pixels)) if encoder else None) or ()
            vectors = timed("vector", lambda: encoder.embed([pixels])) if encoder else None
            found_faces = (timed("faces", lambda: faces.find(pixels)) if faces else None) or ()
            found_codes = timed("codes", lambda: codes(pixels)) or ()
            looks = look(pixels)
            lines = reading.result() or ()
        timings.append(("all", round(1000 * (time.perf_counter() - started_s), 1)))
        return Sight(
            picture=picture,
            labels=labels,
            lines=lines,
            faces=found_faces,
            codes=found_codes,
            look=looks,
            vector=vectors[0] if vectors is not None else None,
            space=encoder.space if encoder and vectors is not None else "",
            description=description(labels, lines, found_faces, found_codes, looks),
            timings_ms=tuple(timings),
        )
