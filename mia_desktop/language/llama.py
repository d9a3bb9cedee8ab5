"""Language models in GGUF files through llama.cpp."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.items import Message

_BATCH_TOKENS = 128
"""Tokens read at once: as fast as llama.cpp's 512 on a processor, with smaller buffers."""


class LlamaModel:
    """A LanguageModel in this process. llama.cpp keeps what it has read of a prompt that begins as the last one did."""

    def __init__(
        self,
        file: Path,
        model: str,
        *,
        context_tokens: int,
        threads: int,
        gpu_layers: int,
        temperature: float,
        seed: int,
    ) -> None:
        import llama_cpp

        self.model = model
        self.context_tokens = context_tokens
        self._temperature = temperature
        self._seed = seed
        try:
            self._llama = llama_cpp.Llama(
                str(file),
                n_ctx=context_tokens,
                n_batch=_BATCH_TOKENS,
                n_ubatch=_BATCH_TOKENS,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=gpu_layers if llama_cpp.llama_supports_gpu_offload() else 0,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError):
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None

    def count_tokens(self, text: str) -> int:
        """Return how many tokens `text` has, without any that a chat template adds."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def warm_up(self, messages: Sequence[Message]) -> None:
        """Read `messages` and produce one token."""
        for _ in self.reply(messages, 1):
            pass

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        """Yield the reply's text as it is produced."""
        chunks = self._llama.create_chat_completion(
            messages=[{"role": one.role, "content": one.text} for one in messages],
            stream=True,
            max_tokens=most_tokens,
            temperature=self._temperature,
            seed=self._seed,
            repeat_penalty=1.1,
        )
        for chunk in chunks:
            text = chunk["choices"][0]["delta"].get("content")
            if text:
                yield text


def offload() -> bool:
    """Tell whether this build of llama.cpp can put layers on a graphics processor."""
    import llama_cpp

    return bool(llama_cpp.llama_supports_gpu_offload())
