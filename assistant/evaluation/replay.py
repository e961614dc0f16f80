"""Plays recorded conversations through the assistant: what it would have shown at each point.

Reads `SPLIT/cases.jsonl[.gz]` (the format is in docs/benchmarks.md), writes TREC run files. Knows nothing of figures.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from penchant.retriever import (
    MENTION,
    OPEN,
    SUGGESTED,
    CatalogueError,
    PenchantError,
    matching,
    search,
    softmax_weights,
)

from ..assistant import Assistant
from ..session import Session

DEPTH = 50
"""How many places of a ranking are kept."""

Run = dict[str, list[tuple[str, float]]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One point of a conversation at which to recommend."""

    id: str
    dialog: str
    turns: tuple[tuple[str, str], ...]
    relevant: frozenset[str]
    hidden: frozenset[str]
    violating: frozenset[str]
    candidates: tuple[str, ...]
    liked: frozenset[str] = frozenset()


def find_file(folder: Path, name: str) -> Path:
    """`name` or `name.gz` in a folder. Raises CatalogueError if there is neither."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise CatalogueError(f"{folder}: no {name} or {name}.gz there; see docs/benchmarks.md for the format")


def read_cases(path: Path) -> list[Case]:
    """The cases of a file that have something relevant. Raises CatalogueError naming file and line."""
    cases: dict[str, Case] = {}
    for number, line in _lines(path):
        case = _case(line, where := f"{path}:{number}")
        if case.id in cases:
            raise CatalogueError(f"{where}: the case_id {case.id!r} was already used")
        cases[case.id] = case
    return [case for case in cases.values() if case.relevant]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except (UnicodeDecodeError, OSError, EOFError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error


def _case(line: str, where: str) -> Case:
    try:
        row = json.loads(line)
        turns = tuple((str(turn["role"]), str(turn["text"])) for turn in row["turns"])
        relevant, hidden, violating = (
            frozenset(_ids(row, name)) for name in ("relevant", "excluded_before", "violating")
        )
        dialog = str(row.get("dialog_id") or row["case_id"])
        candidates, liked = _ids(row, "candidates"), frozenset(_ids(row, "liked"))
        return Case(str(row["case_id"]), dialog, turns, relevant, hidden, violating, candidates, liked)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{where}: not a case ({error!r}); see docs/benchmarks.md for the format") from error


def _ids(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list):
        raise TypeError(f"{name} must be a list of ids")
    return tuple(map(str, values))


class System(Protocol):
    """Something that ranks the catalogue for a case: the assistant (Player) or a peer."""

    def rank(self, case: Case) -> list[tuple[str, float]]:
        """The first DEPTH items, best first, with pseudo-scores that count down to 1."""
        ...


class Player:
    """Plays cases; the state after a dialogue's first turns is kept for its next case."""

    def __init__(self, assistant: Assistant) -> None:
        self.index = assistant.index
        self._assistant = assistant
        self._sessions: dict[tuple[tuple[str, str], ...], Session] = {}
        self._about: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {}

    def hidden(self, case: Case) -> set[str]:
        """Ids not to be shown: what was named, and what the person is understood to know."""
        return {*self.listen(case.turns).hidden, *case.hidden}

    def rank(self, case: Case) -> list[tuple[str, float]]:
        """The first DEPTH items in the order they would be shown if a page could be all of one series or maker, with
        pseudo-scores that count down to 1."""
        session = self.listen(case.turns)
        search_config = replace(self._assistant.search_config, most_alike=0)  # a page of ten is spread, a ranking not
        hidden = self.hidden(case)
        results = search(self.index, session.interests, DEPTH, hidden, session.turn, search_config)
        about = [item for item in self._about.get(case.turns, ()) if item not in hidden]
        ranking = list(dict.fromkeys([*about, *(pick.item.id for pick in results.picks)]))[:DEPTH]
        return [(item, float(len(ranking) - n)) for n, item in enumerate(ranking)]

    def choose(self, case: Case) -> str:
        """The first of the case's candidates."""
        session = self.listen(case.turns)
        others = self.index.catalogue.row.keys() - set(case.candidates)
        results = search(self.index, session.interests, 1, others, session.turn, self._assistant.search_config)
        return results.picks[0].item.id if results.picks else ""

    def covered(self, case: Case, ranking: Sequence[tuple[str, float]]) -> float | None:
        """The share of the interests in known values that one of the first ten items holds; None if there are none."""
        session, index = self.listen(case.turns), self.index
        composition_config = self._assistant.search_config.composition_config
        weights = softmax_weights(session.interests, index.schema, session.turn, composition_config)
        wants = [
            mask
            for interest, weight in zip(session.interests, weights, strict=True)
            if weight > 0
            and interest.facet not in (OPEN, MENTION, SUGGESTED)
            and (mask := matching(interest, index.catalogue)).any()
        ]
        rows = [index.catalogue.row[item] for item, _ in ranking[:10]]
        return float(np.mean([mask[rows].any() for mask in wants])) if wants else None

    def listen(self, turns: tuple[tuple[str, str], ...]) -> Session:
        """The session after these turns."""
        if not turns:
            return Session()
        if turns not in self._sessions:
            before = self.listen(turns[:-1])
            self._sessions[turns], self._about[turns] = self._turn(turns[-1], before)
        return self._sessions[turns]

    def _turn(self, turn: tuple[str, str], session: Session) -> tuple[Session, tuple[str, ...]]:
        """The session after a turn, and the items that it asks about: those are what is shown then."""
        role, text = turn
        if not text.strip():
            return session, ()
        if role != "user":
            return self._assistant.overhear(text, session), ()
        said, after = self._assistant.hear(text, session)
        return after, said.about


def play(
    system: System, cases: Sequence[Case], run_file: Path | None, tag: str, progress: Progress | None = None
) -> Run:
    """The ranking of every case; with a run file (TREC format), cases already in it are not played again, and
    others that it has stay there.

    Raises PenchantError if the file was made by other settings (its tag differs).
    """
    run = _resume(run_file, tag) if run_file else {}
    for done, case in enumerate(cases, 1):
        if case.id not in run:
            run[case.id] = system.rank(case)
            if run_file:
                with run_file.open("a", encoding="utf-8") as file:
                    file.writelines(_trec(case.id, run[case.id], tag))
        if progress:
            progress(done, len(cases))
    return {case.id: run[case.id] for case in cases}


def _trec(case: str, ranking: Sequence[tuple[str, float]], tag: str) -> Iterator[str]:
    yield from (f"{case} Q0 {item} {n} {score:.0f} {tag}\n" for n, (item, score) in enumerate(ranking, 1))


def _resume(path: Path, tag: str) -> Run:
    """The complete cases of a run file. What an interruption cut off is taken out of the file, to be played again."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        lines, cut = text[: text.rfind("\n") + 1], text[text.rfind("\n") + 1 :]
        if cut and not lines and " Q0 " not in cut:
            raise PenchantError(f"{path}: not a run; name another file")
        run = _read_run(lines, tag, path)
        whole = "".join(line for case, ranking in run.items() for line in _trec(case, ranking, tag))
        if whole != text or not path.exists():
            path.with_name(f"{path.name}.new").write_text(whole, encoding="utf-8")
            path.with_name(f"{path.name}.new").replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise PenchantError(f"{path}: cannot be read or written as a run: {error}") from error
    return run


def _read_run(text: str, tag: str, path: Path) -> Run:
    """The cases whose scores count down to 1."""
    run: Run = {}
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if len(parts) != 6 or parts[5] != tag:
            raise PenchantError(f"{path}:{number}: from other settings or not a run; name another file")
        run.setdefault(parts[0], []).append((parts[2], float(parts[4])))
    return {case: ranking for case, ranking in run.items() if ranking[-1][1] == 1}


def run_tag(assistant: Assistant, source: str = "") -> str:
    """Names the settings of a run: the catalogue, the encoder, every knob, and where the prior comes from."""
    index = assistant.index
    knobs = (index.schema, assistant.search_config, assistant.model_name, source)
    parts = (len(index.catalogue), index.encoder.fingerprint, *knobs)
    return "penchant-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
