"""A CLIP of a few thousand random weights, as a folder on disk."""

import json
from pathlib import Path

CONFIG = {
    "model_cfg": {
        "embed_dim": 16,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
        "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
    },
    "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]},
}


def write(folder: Path) -> Path:
    """Write such a model into `folder` and return it."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "open_clip_config.json").write_text(json.dumps(CONFIG), "utf-8")
    torch.manual_seed(3)
    net = open_clip.create_model(f"local-dir:{folder}")
    save_file(net.state_dict(), folder / "open_clip_model.safetensors")
    return folder
