"""Language models that see for themselves: a GGUF and its projector through llama.cpp's multimodal library."""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from mia_desktop.core.errors import InputError, ModelDamagedError, ModelError
from mia_desktop.core.items import Message
from mia_desktop.core.sights import Pixels

_BATCH_TOKENS = 512
_LONGEST_SIDE_PX = 1024
"""Larger pictures are made smaller: models that see in full size take about a token for each 28 x 28 px."""


class LlamaPictureTalker:
    """A PictureTalker in this process. Prompts follow the chat template in the model's file.

    Pictures are handed over as bytes in memory; no address is ever opened.

    Args:
        file: the language model.
        projector: what turns pictures into its tokens (``mmproj``); made for that very model.
        model: its name in the catalogue.
        context_tokens: longest conversation, pictures included.
        threads: of the processor.
        gpu_layers: layers for the graphics processor, where this build of llama.cpp can use one.
        temperature: how freely it chooses.
        seed: of that choice.
    """

    def __init__(
        self,
        file: Path,
        projector: Path,
        model: str,
        *,
        context_tokens: int,
        threads: int,
        gpu_layers: int,
        temperature: float,
        seed: int,
    ) -> None:
        import llama_cpp
        from llama_cpp.llama_chat_format import MTMDChatHandler

        self.model = model
        self._temperature = temperature
        self._seed = seed
        try:
            handler = MTMDChatHandler(str(projector), verbose=False)
            self._llama = llama_cpp.Llama(
                str(file),
                n_ctx=context_tokens,
                n_batch=_BATCH_TOKENS,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=gpu_layers if llama_cpp.llama_supports_gpu_offload() else 0,
                chat_handler=handler,
                verbose=False,
            )
            handler._init_mtmd_context(self._llama)  # else a wrong projector would be noticed by the first question
        except (ValueError, RuntimeError, OSError):
            raise ModelDamagedError(
                f"The model {model} and its projector cannot be loaded together. `mia models pull {model}` fetches "
                "what is damaged."
            ) from None
        if not self._llama.metadata.get("tokenizer.chat_template"):
            raise ModelError(f"The model {model} has no chat template, so it cannot talk of pictures. Choose another.")
        self._marker = llama_cpp.mtmd_cpp.mtmd_default_marker().decode()

    def reply(self, messages: Sequence[Message], pictures: Sequence[Pixels], most_tokens: int) -> Iterator[str]:
        """Yield the reply to `messages` about `pictures` piece by piece; closing the iterator stops the work.

        The pictures stand before the words of the last message.

        Raises:
            InputError: pictures and conversation are longer than the model can take in.
            ModelError: the model cannot make anything of a picture.
        """
        try:
            chunks = self._llama.create_chat_completion(
                self._conversation(messages, pictures),
                stream=True,
                max_tokens=most_tokens,
                temperature=self._temperature,
                seed=self._seed,
                repeat_penalty=1.1,
            )
            with closing(chunks):
                for chunk in chunks:
                    if text := chunk["choices"][0]["delta"].get("content"):
                        yield text
        except ValueError as error:
            if "exceed" in str(error).lower():
                raise InputError(
                    f"That is more than the model {self.model} can take in at once. Show fewer pictures, or begin a "
                    "new conversation."
                ) from None
            raise ModelError(f"The model {self.model} could not look at the picture. Try another one.") from error

    def _conversation(self, messages: Sequence[Message], pictures: Sequence[Pixels]) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = [{"role": one.role, "content": self._plain(one.text)} for one in messages]
        seen = [{"type": "image_url", "image_url": {"url": _data_url(one)}} for one in pictures]
        told[-1]["content"] = [*seen, {"type": "text", "text": told[-1]["content"]}]
        return told

    def _plain(self, text: str) -> str:
        """Return `text` without the mark that stands for a picture: words must not pass for one."""
        return text.replace(self._marker, self._marker.strip("<>_"))


def _data_url(pixels: Pixels) -> str:
    from PIL import Image

    image, content = Image.fromarray(pixels), io.BytesIO()
    image.thumbnail((_LONGEST_SIDE_PX, _LONGEST_SIDE_PX))
    image.save(content, "BMP")
    return "data:image/bmp;base64," + base64.b64encode(content.getvalue()).decode()
