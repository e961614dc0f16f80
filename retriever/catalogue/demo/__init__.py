"""The demo catalogue: films, books and albums, with a schema file of their own. Data only."""

from pathlib import Path


def demo_files() -> tuple[Path, Path]:
    """The demo's items and its schema file."""
    folder = Path(__file__).parent
    return folder / "items.jsonl", folder / "schema.toml"


__all__ = ["demo_files"]
