"""`penchant doctor`: what runs here, and how a language model does.

Options in, text out. Knows nothing of how a model is asked.
"""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from ..console.options import BaseUrl, CatalogueOption, Model, Timeout, settings_with
from ..console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.assistant import Assistant, LanguageModel, Settings, Understanding, Usage
    from penchant.retriever import Index

_LIBRARIES = ("chromadb", "onnxruntime", "sentence-transformers", "torch", "gradio")

MESSAGES = (
    "something funny, but no horror",
    "rather something calm, for an evening with my kids",
    "what would you suggest?",
)
"""Turns of one conversation."""


def doctor(
    catalogue: CatalogueOption = None, model: Model = None, base_url: BaseUrl = None, timeout: Timeout = None
) -> None:
    """Tell what runs here: versions, device, data folder, index. And try the language model, where one is named: how it
    is asked, how long it takes, and what it makes of three messages."""
    from penchant.assistant import LanguageModel
    from penchant.assistant.wiring import open_assistant, place_of, with_model
    from penchant.retriever import PenchantError

    settings = settings_with(model, base_url, timeout)
    for line in surroundings(settings):
        typer.echo(line)
    with progress_bar("Opening the catalogue") as progress:
        without = settings.model_copy(update={"model": ""})
        assistant = open_assistant(without, place_of(settings, catalogue), progress=progress)
    typer.echo(index_facts(assistant.index))
    chat = LanguageModel.from_settings(settings)
    if chat is None:
        typer.echo("language model: none, so rules understand and explain; set PENCHANT_MODEL or give --model")
        return
    typer.echo(f"language model: {chat.name} at {settings.base_url or 'https://api.openai.com/v1'}")
    understood = 0
    for line, by_model in examine(with_model(assistant, chat), chat):
        understood += by_model
        typer.echo(line)
    if understood < len(MESSAGES):
        raise PenchantError(f"{chat.name} understood {understood} of {len(MESSAGES)} messages; rules did the others")


def surroundings(settings: Settings) -> Iterator[str]:
    """Versions, what the encoder runs on, and the data folder with the room that is left; a line each."""
    from importlib.metadata import version

    from penchant.assistant.wiring import encoder_of
    from penchant.retriever.encoding import OnnxEncoder

    yield f"penchant {version('penchant')}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    yield ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    encoder = encoder_of(settings)
    by = (
        "onnxruntime on the CPU"
        if isinstance(encoder, OnnxEncoder)
        else "sentence-transformers, on a GPU if it has one"
    )
    yield f"encoder: {encoder.name}, by {by}"
    there = next(folder for folder in (settings.home, *settings.home.absolute().parents) if os.path.isdir(folder))
    state = "" if there == settings.home else " (not made yet)"
    writable = "" if os.access(there, os.W_OK) else ", cannot be written"
    yield f"data folder: {settings.home}{state}, {shutil.disk_usage(there).free / 2**30:,.1f} GiB free{writable}"


def index_facts(index: Index) -> str:
    """An index that could be opened is whole: its checksums and its counts are right."""
    engine = type(index.engine).__name__
    size = f"{len(index.catalogue):,} items, {index.layout.dimensions:,} dimensions"
    return f"index: {index.engine.place}, {size}, {engine}, whole"


def examine(assistant: Assistant, model: LanguageModel) -> Iterator[tuple[str, bool]]:
    """For each message of one conversation what it came to, in lines, and whether it was the model that read it."""
    from penchant.assistant import Session, Usage

    session = Session()
    for message in MESSAGES:
        usage, begun = Usage(), time.monotonic()
        said, session = assistant.hear(message, session, usage)
        seconds = time.monotonic() - begun
        session = session.show(pick.item.id for pick in assistant.rank(session, assistant.k).picks)
        way = f", asked by {model.mode}" if model.mode else ""
        head = f"\n“{message}”: {seconds:.1f} s, {_cost(usage)}{way}"
        lines = (f"understood by {said.served_by} as {said.intent}", *_found(said))
        yield "\n  ".join((head, *lines)), said.served_by == model.name


def _cost(usage: Usage) -> str:
    requests = f"{usage.calls} request{'' if usage.calls == 1 else 's'}"
    tokens = f", {usage.input_tokens:,} tokens read and {usage.output_tokens:,} written"
    return requests + (tokens if usage.input_tokens else "")


def _found(said: Understanding) -> Iterator[str]:
    """What was understood, a line each."""
    from penchant.retriever import SUGGESTED

    for interest in said.interests:
        value = f": {interest.value}" if interest.facet == SUGGESTED else ""
        yield f"{interest.level} {interest.label}{value} ({interest.strength:.2f})"
    yield from (f"taken back: {' '.join(key).strip()}" for key in said.dropped)
    if said.note:
        yield said.note
