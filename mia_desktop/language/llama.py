"""Language models in GGUF files through llama.cpp."""

import contextlib
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mia_desktop.core.errors import ModelDamagedError, ModelError
from mia_desktop.core.items import Message
from mia_desktop.language.pace import Pace
from mia_desktop.language.sentence_end import SentenceEnd, words_only

_BATCH_TOKENS = 128
"""Tokens read at once: as fast as llama.cpp's 512 on a processor, with smaller buffers."""


_WORDS = "words"
"""Stands where there are none yet, to find where they will begin."""


class LlamaModel:
    """A LanguageModel in this process. llama.cpp keeps what it has read of a prompt that begins as the last one did.

    Prompts follow the chat template in the file.
    """

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
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

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

        # llama-cpp-python's objects hold each other: without this, gigabytes wait for Python's search for garbage.
        weakref.finalize(self, self._llama.close).atexit = False
        template = self._llama.metadata.get("tokenizer.chat_template")
        if not template:
            raise ModelError(
                f"The model {model} has no chat template, so it cannot hold a conversation. Choose another."
            )
        self._format = Jinja2ChatFormatter(
            template, eos_token=self._text_of(self._llama.token_eos()), bos_token=self._text_of(self._llama.token_bos())
        )

        self._pace = Pace(threads)
        self._stopped = stopped = threading.Event()
        # It is asked after each piece of a batch, on processors; on a graphics processor a batch is over soon.
        self._asked = llama_cpp.ggml_abort_callback(lambda _: stopped.is_set())
        llama_cpp.llama_set_abort_callback(self._llama.ctx, self._asked, None)

        vocabulary = self._llama.n_vocab()
        self._sentence_end = SentenceEnd(
            vocabulary, self._text_of, [self._llama.token_eos()] if self._llama.token_eos() >= 0 else []
        )

    def count_tokens(self, text: str) -> int:
        """Return how many tokens `text` has, without any that a chat template adds."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def read(self, messages: Sequence[Message]) -> float:
        """Read `messages`, of which the last may be unfinished; return how likely a sentence ends after it."""
        last = words_only(messages[-1].text)
        prompt = self._prompt([*messages[:-1], replace(messages[-1], text=last or _WORDS)])
        tokens = self._tokens(prompt[: prompt.rfind(last or _WORDS) + len(last)])
        if len(tokens) >= self.context_tokens:
            return 0.0
        reading = self._llama.generate(tokens)
        self._pace.begin()
        with self._stoppable(), self._pace.step(self._use):
            next(reading)  # the model has seen the tokens once it offers the next one
        reading.close()
        return self._sentence_end.probability(self._logits())

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        """Yield the reply's text as it is produced."""
        chunks = self._llama.create_completion(
            self._tokens(self._prompt(messages)),
            stream=True,
            max_tokens=most_tokens,
            temperature=self._temperature,
            seed=self._seed,
            repeat_penalty=1.1,
        )
        self._pace.begin()
        with self._stoppable():
            while True:
                with self._pace.step(self._use):
                    chunk = next(chunks, None)
                if chunk is None:
                    return
                text = chunk["choices"][0]["text"]
                if text:
                    yield text

    def stop(self) -> None:
        """Break off what is being read or written now; from any thread."""
        self._stopped.set()

    def _use(self, threads: int) -> None:
        import llama_cpp

        llama_cpp.llama_set_n_threads(self._llama.ctx, threads, threads)

    @contextlib.contextmanager
    def _stoppable(self) -> Iterator[None]:
        self._stopped.clear()
        try:
            yield
        except RuntimeError:
            if not self._stopped.is_set():
                raise
            raise ModelError("MIA is closing.") from None

    def _prompt(self, messages: Sequence[Message]) -> str:
        rendered = self._format(messages=[{"role": one.role, "content": one.text} for one in messages])
        return str(rendered.prompt)

    def _tokens(self, prompt: str) -> list[int]:
        return list(self._llama.tokenize(prompt.encode(), add_bos=False, special=True))

    def _logits(self) -> npt.NDArray[np.float32]:
        import llama_cpp

        pointer = llama_cpp.llama_get_logits_ith(self._llama.ctx, -1)
        logits: npt.NDArray[np.float32] = np.ctypeslib.as_array(pointer, shape=(self._llama.n_vocab(),))
        return logits

    def _text_of(self, token: int) -> str:
        text: bytes = self._llama._model.token_get_text(token).encode() if token >= 0 else b""
        return text.decode("utf-8", "ignore")


def offload() -> bool:
    """Tell whether this build of llama.cpp can put layers on a graphics processor."""
    import llama_cpp

    return bool(llama_cpp.llama_supports_gpu_offload())
