"""Texts encoded a second while indexing, against sentence-transformers alone on the same texts; Chroma's time apart.

    python -m tests.benchmarks.indexing [--items 2000]

Both encode each distinct text once, on the same device, and each is warm before it is timed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence

import numpy as np

from penchant.retriever import SentenceEncoder, build_index, infer_schema, item_text
from penchant.retriever.catalogue.item_text import facet_texts
from tests.conftest import make_items

TARGET = 0.9


class TimedEncoder(SentenceEncoder):
    """Adds up the time in encode()."""

    seconds = 0.0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        start = time.perf_counter()
        vectors = super().encode(texts)
        self.seconds += time.perf_counter() - start
        return vectors

    def forget(self) -> None:
        self._cache.clear()
        self.seconds = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=2000)
    items = make_items(parser.parse_args().items)
    schema = infer_schema(items)
    texts = list(dict.fromkeys([*facet_texts(items, schema), *(item_text(item, schema) for item in items)]))
    encoder = TimedEncoder()
    encoder.encode(texts[:64])
    encoder.forget()

    start = time.perf_counter()
    encoder.load().encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build_index(items, folder, encoder, schema)
        whole = time.perf_counter() - start

    print(f"items {len(items):,}  distinct texts {len(texts):,}")
    print(f"sentence-transformers alone  {len(texts) / alone:7.0f} texts/s")
    print(f"encoding while indexing      {len(texts) / encoder.seconds:7.0f} texts/s")
    print(f"ratio                        {alone / encoder.seconds:7.2f}  (target at least {TARGET})")
    print(f"Chroma and the rest          {whole - encoder.seconds:7.1f} s of {whole:.1f} s")


if __name__ == "__main__":
    main()
