"""What a picture shows, from any model that open_clip loads from disk (CLIP: Radford et al. 2021; and others)."""

import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from mia_desktop.core.errors import ModelDamagedError, ModelMissingError
from mia_desktop.core.ports import Vectors
from mia_desktop.core.sights import Label, Pixels
from mia_desktop.perception.imagenet import classes

_PROMPT: Final = "a photo of {}"
_LEAST: Final = 0.05
_BATCH: Final = 64
_SAME: Final = 1e-3
"""Difference up to which a kept vector counts as this model's."""
EVERYDAY: Final = (
    *("person", "group of people", "hand", "child", "street", "building", "room", "kitchen", "office", "garden"),
    *("forest", "mountain", "beach", "sky", "food", "drink", "receipt", "document", "letter", "handwritten note"),
    *(
        "chart",
        "map",
        "QR code",
        "bar code",
        "screenshot",
        "screen with code",
        "drawing",
        "painting",
        "blurred picture",
    ),
)
"""Things that people show and that ImageNet has no class for."""


class OpenClipEncoder:
    """A VisionEncoder on a folder with ``open_clip_config.json``, weights and, if it has its own, a tokenizer.

    Labels are zero-shot: the softmax, at the model's own temperature, of the picture's likeness to "a photo of ..." for
    each name that ImageNet's classes are called by and `EVERYDAY`. The names' vectors are computed once for a model and
    kept in a file. The network is never used; weights of the kind that could run code are refused.

    Args:
        folder: holds the model.
        model: its name in the catalogue; vectors are tagged with it.
        device: ``cpu``, ``cuda`` or ``mps``; empty for CUDA where there is one, else the processor. On CUDA it
            computes with float16.
        names: what labels may say; None for those above.
        kept: file for the vectors of the names; None to keep none.
    """

    def __init__(
        self,
        folder: Path,
        model: str,
        device: str = "",
        names: Sequence[str] | None = None,
        kept: Path | None = None,
    ) -> None:
        try:
            import open_clip
            import torch
        except ImportError:
            raise ModelMissingError(
                f"The model {model} needs PyTorch and open_clip. Install MIA with its part 'torch'."
            ) from None
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        place = f"local-dir:{folder}"
        try:
            config = json.loads((folder / "open_clip_config.json").read_text("utf-8"))["model_cfg"]
            _stay_on_disk(config)
            net, self._prepare = open_clip.create_model_from_pretrained(
                place, device=device, precision="fp16" if device.startswith("cuda") else "fp32"
            )
            self._tokenize = open_clip.get_tokenizer(place)
        except Exception as error:  # torch, open_clip and tokenizers each have errors of their own
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models verify {model}` checks it."
            ) from error
        self._net: Any = net.eval()
        self._device = device
        self._alone = threading.Lock()
        self._names = tuple(names) if names is not None else _names()
        self.model = self.space = model
        self.dimensions = int(config["embed_dim"])
        # In these, a word sees only those before it, so that what follows the text's end changes nothing.
        self._may_cut = isinstance(net, open_clip.CLIP) and net.text_pool_type == "argmax" and net.attn_mask is not None
        self._name_vectors = self._vectors_of_names(kept)

    def labels(self, pixels: Pixels, most: int = 5) -> tuple[Label, ...]:
        """Return at most `most` things that the picture may show, likeliest first, none under 0.05."""
        likeness = float(self._net.logit_scale.detach().exp()) * (self._name_vectors @ self.embed([pixels])[0])
        powers = np.exp(likeness - likeness.max())
        probabilities = powers / powers.sum()
        best = sorted(range(len(self._names)), key=lambda at: (-probabilities[at], self._names[at]))[:most]
        return tuple(
            Label(name=self._names[at], confidence=round(float(probabilities[at]), 4))
            for at in best
            if probabilities[at] >= _LEAST
        )

    def embed(self, pictures: Sequence[Pixels]) -> Vectors:
        """Return one unit vector for each picture: float32, shape (len(pictures), dimensions)."""
        import torch
        from PIL import Image

        batches = []
        for start in range(0, len(pictures), _BATCH):
            prepared = [self._prepare(Image.fromarray(one)) for one in pictures[start : start + _BATCH]]
            batches.append(self._unit(self._net.encode_image, torch.stack(prepared).to(self._dtype())))
        return self._joined(batches)

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text in the same space: float32, shape (len(texts), dimensions)."""
        return self._joined(
            [
                self._unit(self._encode_texts, self._tokenize(list(texts[start : start + _BATCH])))
                for start in range(0, len(texts), _BATCH)
            ]
        )

    def _vectors_of_names(self, kept: Path | None) -> Vectors:
        """Return the names' vectors from the file, when it is of this model and these names; else compute them."""
        prompts = [_PROMPT.format(_with_article(one)) for one in self._names]
        probe = self.embed_texts([prompts[0], prompts[-1]])
        if kept is not None:
            with suppress(OSError, ValueError, EOFError):
                found: Vectors = np.load(kept, allow_pickle=False)
                if found.shape == (len(prompts), self.dimensions) and np.allclose(found[[0, -1]], probe, atol=_SAME):
                    return found
        vectors = self.embed_texts(prompts)
        if kept is not None:
            with suppress(OSError):
                kept.parent.mkdir(parents=True, exist_ok=True)
                np.save(kept, vectors)
        return vectors

    def _encode_texts(self, tokens: Any) -> Any:
        """Encode a batch, cut off after its longest text where that changes nothing: four times as fast."""
        import torch

        net, used = self._net, int((tokens != 0).sum(dim=1).max())
        if not self._may_cut or used == tokens.shape[1]:
            return net.encode_text(tokens)
        places, mask = net.positional_embedding, net.attn_mask
        net.positional_embedding = torch.nn.Parameter(places[:used], requires_grad=False)
        net.attn_mask = mask[:used, :used]
        try:
            return net.encode_text(tokens[:, :used])
        finally:
            net.positional_embedding, net.attn_mask = places, mask

    def _unit(self, encode: Callable[[Any], Any], batch: Any) -> Vectors:
        import torch

        with self._alone, torch.inference_mode():
            vectors = encode(batch.to(self._device)).float()
            unit: Vectors = torch.nn.functional.normalize(vectors, dim=-1).cpu().numpy()
        return unit

    def _dtype(self) -> Any:
        return next(self._net.visual.parameters()).dtype

    def _joined(self, batches: Sequence[Vectors]) -> Vectors:
        return np.concatenate(batches) if batches else np.zeros((0, self.dimensions), dtype=np.float32)


def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(kind or name for name, kind in classes()), *EVERYDAY]))


def _with_article(name: str) -> str:
    return f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}"


def _stay_on_disk(config: dict[str, Any]) -> None:
    """Refuse a model whose text tower's shape open_clip would look up on the hub."""
    if "hf_model_name" in config["text_cfg"]:
        raise ValueError("a text tower that is looked up elsewhere")
