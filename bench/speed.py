"""`python -m bench.speed`: articles a second, time to start, resident memory.

The articles are invented (bench/articles.py), 400 words long and no two alike. `reading` calls `geoparse` in this
process, on one core, without a server; `first article` is what the very first one costs, with all that loads late;
`recogniser` is the part that finds the place names, the gazetteer's answers being at hand.
`service` starts a server three times, then posts articles to /v1/articles over two connections and looks at the memory
of the one worker: `resident` holds the pages of the gazetteer that it touched, which all workers share; `own` does not.
"""

import argparse
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from rich.progress import track

from app import Article, geoparse, load_places
from app.recognition.recogniser import find_mentions
from app.recognition.tokens import split_sentences
from app.settings import Settings
from bench.articles import make_articles
from bench.results import quantile, save, show
from bench.service import Service
from gazetteer.build import build

TODAY = date(2018, 7, 31)
MEGABYTE = 1_000_000


def measure_reading(texts: list[str], gazetteer: Path) -> dict[str, float]:
    """Milliseconds a text, and texts a second, of `geoparse` alone."""
    places = load_places(gazetteer)
    times, recognising = [], []
    for text in track(texts, "reading"):
        began = time.perf_counter()
        geoparse(Article(text), places, today=TODAY)
        times.append(time.perf_counter() - began)
        sentences = split_sentences(text)
        began = time.perf_counter()
        find_mentions(text, sentences, places)
        recognising.append(time.perf_counter() - began)
    places.close()
    first, rest = times[0], times[1:]
    return {
        "articles": len(rest),
        "articles_per_second": len(rest) / sum(rest),
        "p50_ms": 1000 * quantile(rest, 0.5),
        "p95_ms": 1000 * quantile(rest, 0.95),
        "first_article_ms": 1000 * first,
        "recogniser_p50_ms": 1000 * quantile(recognising[1:], 0.5),
    }


def measure_service(texts: list[str], gazetteer: Path, folder: Path) -> dict[str, float]:
    """Seconds until ready, and megabytes of the worker before and after so many stored articles."""
    starts = []
    for _ in range(3):
        with Service(folder, gazetteer) as service:
            starts.append(service.seconds_to_start)
    with Service(folder, gazetteer) as service:
        process = psutil.Process(service.process.pid)
        fresh = process.memory_full_info()

        def post(text: str) -> int:
            return service.request("POST", "/v1/articles", {"text": text})[0]

        began = time.perf_counter()
        with ThreadPoolExecutor(2) as posters:
            statuses = list(track(posters.map(post, texts), "posting", total=len(texts)))
        seconds = time.perf_counter() - began
        used = process.memory_full_info()
    assert set(statuses) == {201}, f"not every article was stored: {sorted(set(statuses))}"
    return {
        "seconds_to_start": statistics.median(starts),
        "articles_posted": len(texts),
        "posts_per_second": len(texts) / seconds,
        "resident_mb_fresh": fresh.rss / MEGABYTE,
        "resident_mb_after": used.rss / MEGABYTE,
        "own_mb_after": used.uss / MEGABYTE,
    }


def main() -> None:
    """Measure, print and keep."""
    options = argparse.ArgumentParser(description="Articles a second, time to start, resident memory.")
    options.add_argument("--quick", action="store_true", help="30 articles instead of 1,000; nothing is kept")
    quick = options.parse_args().quick
    gazetteer = build(Settings().data_dir, progress=True)
    texts = make_articles(31 if quick else 1_001)
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, Any] = {
            "words_per_article": statistics.mean(len(text.split()) for text in texts),
            "reading": measure_reading(texts[:301], gazetteer),
            "service": measure_service(texts[1:], gazetteer, Path(folder)),
        }
    show("Speed", figures)
    if not quick:
        print(f"kept in {save('speed', figures)}")


if __name__ == "__main__":
    main()
