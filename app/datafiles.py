"""Reads the lexicons, rules and code tables that stand as data files beside the code that uses them."""

import csv
from collections.abc import Iterator
from importlib import resources
from typing import Any

import yaml


def read_yaml(package: str, name: str) -> Any:
    """The YAML file `name` of `package`. Every scalar stays a string, so that "No" and "on" are words, not booleans."""
    with resources.files(package).joinpath(name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - strings only


def read_csv(package: str, name: str) -> Iterator[dict[str, str]]:
    """Rows of the CSV file `name` of `package`; lines that start with # are comments."""
    with resources.files(package).joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if line.strip() and not line.startswith("#"))


def read_lines(package: str, name: str) -> Iterator[str]:
    """Lines of the text file `name` of `package` without comments and line ends."""
    with resources.files(package).joinpath(name).open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n")


def read_words(package: str, name: str) -> frozenset[str]:
    """Lines of the text file `name` of `package`, in lower case; lines that start with # are comments."""
    with resources.files(package).joinpath(name).open(encoding="utf-8") as file:
        lines = (line.split("#")[0].strip() for line in file)
        return frozenset(line.casefold() for line in lines if line)
