"""`python -m training.small_words --corpora DIR`: words that English texts write with a small letter, counted in the corpora.

A capitalised word of this list is likelier the begin of a sentence or part of a title than a name.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from training.reports import all_reports

OUT = Path("app/recognition/data/small_words.txt")
CORPORA = ("event_location_a", "gum", "wikigold", "uner_en", "ucdp_ged_syria", "re3d_a")
LEAST = 2
SHARE = 0.1
"""Least share of the small spelling among all of the word's."""
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")


def main() -> int:
    """Write the list."""
    options = argparse.ArgumentParser()
    options.add_argument("--corpora", type=Path, required=True)
    folder = options.parse_args().corpora
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    texts = [report.text for report in all_reports()]
    for name in CORPORA:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    for text in texts:
        for word in _WORD.findall(text):
            (small if word.islower() else large)[word.lower()] += 1
    kept = sorted(w for w, n in small.items() if n >= LEAST and n >= SHARE * large[w])
    head = "# Words that English texts write with a small letter (see training/small_words.py)."
    OUT.write_text("\n".join([head, *kept]) + "\n", "utf-8")
    print(len(kept))
    return 0


if __name__ == "__main__":
    sys.exit(main())
