"""Puts the eyes together from the models that are on this machine."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError, ModelMissingError
from mia_desktop.core.libraries import share_processor, stay_offline
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import FaceDetector, TextReader, Vectors, VisionEncoder
from mia_desktop.engine.remembering import load_embedder
from mia_desktop.library.store import Located, Store
from mia_desktop.monitor.resources import physical_cores
from mia_desktop.perception.eyesight import PictureEyesight
from mia_desktop.perception.faces import FaceFinder
from mia_desktop.perception.text_reader import RapidTextReader
from mia_desktop.perception.vision_encoder import EfficientNetEncoder

T = TypeVar("T")


def open_eyes(paths: Paths, settings: Settings) -> PictureEyesight:
    """Return the best eyes that this machine has; without models they still read text and codes."""
    stay_offline()
    share_processor()
    threads = max(1, (settings.threads or physical_cores()) - 1)
    store = Store(paths)

    def encoder() -> VisionEncoder:
        embedder = load_embedder(paths, settings)
        located = _best(store, "image_labels")

        def embed_texts(texts: Sequence[str]) -> Vectors:
            return embedder.embed(texts)

        return EfficientNetEncoder(
            located.main, located.model.name, embed_texts, embedder.model, embedder.dimensions, threads
        )

    def faces() -> FaceDetector:
        located = _best(store, "face_detection")
        return FaceFinder(located.main, located.model.name)

    def reader() -> TextReader:
        return RapidTextReader(threads)

    return PictureEyesight(_if_there(encoder), reader(), _if_there(faces))


def _best(store: Store, role: str) -> Located:
    """Return the best model for `role` that is here and that this MIA can run; raises ModelMissingError."""
    fitting = [one for one in store.catalog if one.role == role and one.format in ("pytorch", "onnx")]
    for model in sorted(fitting, key=lambda one: -one.rank):
        if store.status(model.name) == "installed":
            return store.located(model.name)
    raise ModelMissingError(f"No model for {role} is on this machine. `mia models pull` fetches one.")


def _if_there(make: Callable[[], T]) -> T | None:
    try:
        return make()
    except MiaError:
        return None
