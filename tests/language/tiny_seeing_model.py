"""A language model that sees, of some ten thousand random weights: a GGUF and its projector (LLaVA's kind)."""

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np

WIDTH = 32
HEADS = 2
_TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}>"
    "{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}{% for part in message['content'] %}{{ part['text'] }}{% endfor %}{% endif %}\n{% endfor %}<assistant>"
)


def write(folder: Path, seed: int = 1) -> tuple[Path, Path]:
    """Write both into `folder`; return the model's file and the projector's."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed)

    def random(*shape: int) -> np.ndarray:
        return chance.normal(0, 0.3, shape).astype(np.float32)

    model, projector = folder / "tiny.gguf", folder / "mmproj-tiny.gguf"
    _language(model, random)
    _projector(projector, random)
    return model, projector


def _language(path: Path, random: Callable[..., np.ndarray]) -> None:
    out = gguf.GGUFWriter(path, "llama")
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256]
    tokens += [chr(letter).encode() for letter in range(33, 127)]
    tokens.append("\u2581".encode())
    kinds += [gguf.TokenType.NORMAL] * 95
    out.add_context_length(512)
    out.add_embedding_length(WIDTH)
    out.add_block_count(1)
    out.add_feed_forward_length(WIDTH)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_vocab_size(len(tokens))
    out.add_tokenizer_model("llama")
    out.add_token_list(tokens)
    out.add_token_scores([0.0] * len(tokens))
    out.add_token_types([int(one) for one in kinds])
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_unk_token_id(0)
    out.add_chat_template(_TEMPLATE)
    out.add_tensor("token_embd.weight", random(len(tokens), WIDTH))
    out.add_tensor("output.weight", random(len(tokens), WIDTH))
    out.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        out.add_tensor(f"blk.0.{name}.weight", random(WIDTH, WIDTH))
    for name in ("attn_norm", "ffn_norm"):
        out.add_tensor(f"blk.0.{name}.weight", np.ones(WIDTH, np.float32))
    _close(out)


def _projector(path: Path, random: Callable[..., np.ndarray]) -> None:
    side, patch, blocks = 32, 16, 2  # LLaVA leaves the last block out
    out = gguf.GGUFWriter(path, "clip")
    out.add_bool("clip.has_vision_encoder", True)
    out.add_string("clip.projector_type", "mlp")
    out.add_bool("clip.use_gelu", True)
    out.add_uint32("clip.vision.image_size", side)
    out.add_uint32("clip.vision.patch_size", patch)
    out.add_uint32("clip.vision.embedding_length", WIDTH)
    out.add_uint32("clip.vision.feed_forward_length", WIDTH)
    out.add_uint32("clip.vision.projection_dim", WIDTH)
    out.add_uint32("clip.vision.block_count", blocks)
    out.add_uint32("clip.vision.attention.head_count", HEADS)
    out.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-5)
    out.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    out.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    out.add_tensor("v.patch_embd.weight", random(WIDTH, 3, patch, patch))
    out.add_tensor("v.class_embd", random(WIDTH))
    out.add_tensor("v.position_embd.weight", random((side // patch) ** 2 + 1, WIDTH))
    for name in ("v.pre_ln", "v.post_ln", *(f"v.blk.{b}.{n}" for b in range(blocks) for n in ("ln1", "ln2"))):
        out.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
        out.add_tensor(f"{name}.bias", np.zeros(WIDTH, np.float32))
    layers = ("attn_q", "attn_k", "attn_v", "attn_out", "ffn_down", "ffn_up")
    for name in ("mm.0", "mm.2", *(f"v.blk.{b}.{n}" for b in range(blocks) for n in layers)):
        out.add_tensor(f"{name}.weight", random(WIDTH, WIDTH))
        out.add_tensor(f"{name}.bias", np.zeros(WIDTH, np.float32))
    _close(out)


def _close(out: gguf.GGUFWriter) -> None:
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
