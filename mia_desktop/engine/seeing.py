"""Puts the eyes together from the models that are on this machine."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from mia_desktop.core import log
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.libraries import share_processor, stay_offline
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import FaceDetector, PictureTalker, Vectors, VisionEncoder
from mia_desktop.engine.remembering import load_embedder
from mia_desktop.language.picture_talker import LlamaPictureTalker
from mia_desktop.library.store import Located, Store
from mia_desktop.monitor.resources import physical_cores
from mia_desktop.perception.eyesight import PictureEyesight
from mia_desktop.perception.faces import FaceFinder
from mia_desktop.perception.text_reader import RapidTextReader
from mia_desktop.perception.vision_encoder import EfficientNetEncoder

T = TypeVar("T")

_FORMATS = ("onnx", "pytorch", "open_clip", "gguf")


def open_eyes(paths: Paths, settings: Settings) -> PictureEyesight:
    """Return the best eyes that this machine has; without models they still read text and codes."""
    stay_offline()
    share_processor()
    threads = max(1, (settings.threads or physical_cores()) - 1)
    store = Store(paths)

    def encoder(located: Located) -> VisionEncoder:
        if located.model.format == "open_clip":
            from mia_desktop.perception.open_clip_encoder import OpenClipEncoder

            kept = paths.models / ".vectors" / f"{located.model.name}.npy"
            return OpenClipEncoder(located.folder, located.model.name, kept=kept)
        embedder = load_embedder(paths, settings)

        def embed_texts(texts: Sequence[str]) -> Vectors:
            return embedder.embed(texts)

        return EfficientNetEncoder(
            located.main, located.model.name, embed_texts, embedder.model, embedder.dimensions, threads
        )

    def faces(located: Located) -> FaceDetector:
        return FaceFinder(located.main, located.model.name)

    return PictureEyesight(
        _best(store, "image_labels", encoder), RapidTextReader(threads), _best(store, "face_detection", faces)
    )


def open_picture_talker(paths: Paths, settings: Settings) -> PictureTalker | None:
    """Return the best language model on this machine that sees pictures itself; None when there is none."""

    def talker(located: Located) -> PictureTalker:
        model, *_, projector = located.files.values()
        return LlamaPictureTalker(
            model,
            projector,
            located.model.name,
            context_tokens=min(settings.context_tokens, located.model.context_tokens or settings.context_tokens),
            threads=settings.threads or physical_cores(),
            gpu_layers=settings.gpu_layers,
            temperature=settings.temperature,
            seed=settings.seed,
        )

    stay_offline()
    share_processor()
    return _best(Store(paths), "language", talker, sees=True)


def _best(store: Store, role: str, make: Callable[[Located], T], *, sees: bool = False) -> T | None:
    """Return the best part for `role` that is here and works; None without any. One that does not work is reported."""
    fitting = [
        one
        for one in store.catalog
        if one.role == role and one.format in _FORMATS and (not sees or ("image" in one.inputs and len(one.files) > 1))
    ]
    for model in sorted(fitting, key=lambda one: (one.folder is None, -one.rank)):  # what the user added is meant
        try:
            if store.status(model.name) == "installed":
                return make(store.located(model.name))
        except MiaError as error:
            log.report(error)
    return None
