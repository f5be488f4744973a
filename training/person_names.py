"""`python -m training.person_names --names DIR --faker DIR`: the list of given names and surnames that recognition reads.

Given names and surnames of the United States census of 1990 (public domain, as packed in PyPI `names` 0.3.0) and of other
countries (PyPI `Faker`, MIT), in Latin letters, lower case, with a rank: 1 for the most frequent.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path

OUT = Path("app/recognition/data/person_names.tsv")
GIVEN = 4000
SURNAMES = 16_000
FEW = 1000
"""How many of the most frequent ones are of rank 1."""


def _census(path: Path, most: int) -> Iterator[tuple[str, float]]:
    for line in path.read_text().splitlines()[:most]:
        word, share, *_ = line.split()
        yield word.lower(), float(share)


def _literals(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _faker(folder: Path, wanted: str) -> Iterator[str]:
    """Words of the class attributes whose names start so: first_names, last_names..."""
    for path in sorted((folder / "faker" / "providers" / "person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id.startswith(wanted) for t in node.targets
            ):
                for word in _literals(node.value):
                    if word.isalpha() and len(word) > 2 and all(ord(c) < 0x250 for c in word) and word[0].isupper():
                        yield word.lower()


def main() -> int:
    """Write the list."""
    options = argparse.ArgumentParser()
    options.add_argument("--names", type=Path, required=True, help="the folder of dist.all.last and its likes")
    options.add_argument("--faker", type=Path, required=True, help="the unpacked wheel")
    chosen = options.parse_args()
    given: dict[str, int] = {}
    shares = [*_census(chosen.names / "dist.male.first", GIVEN), *_census(chosen.names / "dist.female.first", GIVEN)]
    for number, (word, _) in enumerate(sorted(shares, key=lambda item: -item[1])):
        given.setdefault(word, 1 if number < FEW else 2)
    for word in _faker(chosen.faker, "first_names"):
        given.setdefault(word, 3)
    surnames: dict[str, int] = {}
    for number, (word, _) in enumerate(_census(chosen.names / "dist.all.last", SURNAMES)):
        surnames.setdefault(word, 1 if number < FEW else 2)
    for word in _faker(chosen.faker, "last_names"):
        surnames.setdefault(word, 3)
    lines = [f"{word}\t{given.get(word, 0)}\t{surnames.get(word, 0)}" for word in sorted({*given, *surnames})]
    head = "# name, rank as a given name, rank as a surname (1 frequent, 2 less so, 3 of other countries, 0 none); see training/person_names.py"
    OUT.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(len(given), len(surnames), len(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
