"""The composition root: an assistant with its parts, as the settings name them. Pages, commands and tools all use it.

Knows which implementation stands behind each protocol. Knows nothing of pages, commands or frameworks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path

from penchant.retriever import Encoder, Index, SearchConfig, VectorEngine, encoder_named, open_index
from penchant.retriever.index import DEMO, built, engine_at, is_database, open_or_build_demo, stamp
from penchant.retriever.progress import Progress

from .assistant import Assistant
from .explanation import FallbackExplainer
from .llm import LanguageModel, LLMParser
from .loading import Load, Source
from .oversight import Observer, Oversight
from .session import Audience
from .settings import Settings
from .traces import exporting, turn_spans
from .understanding import FallbackUnderstander
from .understanding.linking import Gazetteer
from .watched import WatchedAssistant, Watches


def encoder_of(settings: Settings) -> Encoder:
    """The encoder that the settings name, and its export where they keep it."""
    return encoder_named(settings.encoder, settings.exports or settings.home / "encoders")


def open_assistant(
    settings: Settings,
    catalogue: Path | VectorEngine | None = None,
    k: int = 5,
    progress: Progress | None = None,
    oversight: Oversight | None = None,
    watches: Watches = (),
) -> Assistant:
    """An assistant for an index (the demo if none is named), with the settings' model, encoder and oversight. Its turns
    are told to `watches`, and to where the settings send traces.

    oversight: that of before, where the index is opened again."""
    if settings.traces:
        watches = (*watches, turn_spans(exporting(settings.traces)))
    oversight = oversight or Oversight(settings)
    index = open_whole_index(settings, catalogue, progress)
    model, observer = LanguageModel.from_settings(settings), oversight.observer(_name(catalogue))
    index = oversight.view(index)
    return make_assistant(
        index, model, k=k, progress=progress, observer=observer, audience=settings.audience, watches=watches
    )


def open_whole_index(
    settings: Settings, catalogue: Path | VectorEngine | None = None, progress: Progress | None = None
) -> Index:
    """The index with all its items, also those that its owner holds back."""
    encoder = encoder_of(settings)
    return open_index(catalogue, encoder) if catalogue else open_or_build_demo(settings.home, encoder, progress)


def _name(catalogue: Path | VectorEngine | None) -> str:
    """What a catalogue is called: as its folder is."""
    if catalogue is None:
        return DEMO
    folder = catalogue if isinstance(catalogue, Path) else catalogue.folder
    return folder.resolve().name if folder else "memory"


def place_of(settings: Settings, catalogue: Path | None) -> Path | VectorEngine | None:
    """Where the index of a folder is: there, or if there is none, on the server that the settings name.

    None for the demo. Raises PenchantError if the server cannot be reached.
    """
    elsewhere = settings.engine and catalogue and not is_database(catalogue)
    return engine_at(settings.engine, catalogue) if elsewhere and catalogue else catalogue


def source_of(load: Load, where: Path | VectorEngine | None, oversight: Oversight | None = None) -> Source:
    """What opens an assistant for an index, and tells when that has been built anew or changed, or the owner has ruled
    otherwise. The demo (None) stays as it is."""
    stamped = _stamp_of(where)
    return Source(load, partial(_both, stamped, oversight.stamp) if oversight else stamped)


def _stamp_of(where: Path | VectorEngine | None) -> Callable[[], Hashable]:
    if where is None:
        return int
    return partial(stamp, where) if isinstance(where, Path) else partial(built, where)


def _both(index: Callable[[], Hashable], ruled: Callable[[], Hashable]) -> Hashable:
    """None while the index cannot be opened."""
    return None if (now := index()) is None else (now, ruled())


def make_assistant(
    index: Index,
    model: LanguageModel | None = None,
    search_config: SearchConfig | None = None,
    k: int = 5,
    progress: Progress | None = None,
    observer: Observer | None = None,
    audience: Audience = "everybody",
    watches: Watches = (),
) -> Assistant:
    """An assistant for an open index, with a language model or without. What its catalogue needs is built here.

    observer: is told of every page of picks. audience: whom the index is for."""
    index.prepare()
    gazetteer, kind = Gazetteer(index.catalogue, progress, index.encoder), WatchedAssistant if watches else Assistant
    assistant = kind(index, search_config=search_config, k=k, gazetteer=gazetteer, observer=observer, audience=audience)
    if isinstance(assistant, WatchedAssistant):
        assistant = assistant.watched_by(watches)
    return with_model(assistant, model)


def with_model(assistant: Assistant, model: LanguageModel | None) -> Assistant:
    """The same assistant with another language model, or none. Rules and templates serve where the model does not."""
    if model is None:
        return assistant.offline()
    from .explanation.narration import Narrator  # a tenth of a second that only a model needs

    understander = FallbackUnderstander(LLMParser(model, assistant.gazetteer, assistant.rules), assistant.rules)
    explainer = FallbackExplainer(Narrator(model, assistant.gazetteer), assistant.templates)
    return assistant.using(understander, explainer, lambda: with_model(assistant.serving("children"), model))
