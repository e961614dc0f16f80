"""What a language model adds to the picks, by answers that were written to exact prompts: no model is needed here.

    python -m tests.benchmarks.recorded export BED --n 60 --seed 1 --out FOLDER
    python -m tests.benchmarks.recorded measure BED FOLDER

BED is a folder as `penchant evaluate` reads it: catalogue.jsonl[.gz] and dev/cases.jsonl[.gz] (--split, --catalogue for
others). `export` draws cases by the seed, before it looks at any, and writes a JSON file for each: the `messages` that
the real client sends for the last turn of the person, the `schema` that goes with them, and an empty `answer`. The
files say nothing of what would be right, nor of what is ranked; their names are digests of the cases' own. Whoever
answers (a model, or a person in its place) fills in `answer`, as text or as the JSON object itself, seeing nothing but
that file.

`measure` plays the cases whose answer is written. The turns before the last are read without a model, as for the
export; the last goes through the real client to a server on loopback that gives the answer. Beside it stands the same
without a model. Figures are means with 95 % intervals (bootstrap over dialogues); the difference is that of pairs.
Tokens are about a quarter of the characters. `--suggested` tries other parts of the page for what the model suggests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, LanguageModel, Session, Settings
from penchant.assistant.evaluation import (
    Case,
    Figure,
    Player,
    accuracy,
    differences,
    find_file,
    judge,
    read_cases,
    summarise,
)
from penchant.assistant.wiring import encoder_of, make_assistant, with_model
from penchant.retriever import build_index, read_catalogue
from tests.openai_server import Body, OpenAIServer, Words

MEASURES = ("nDCG@10", "R@10", "candidates accuracy")
"""The last where cases have candidates, of which one is chosen: five each of recipe_mpr."""
_CHARACTERS = 4
"""Of a token, about."""
_NOTHING = json.dumps({"intent": "small_talk", "tags": [], "wish": "", "taken_back": [], "examples": []})


class LastTurn(Player):
    """Plays one case, of which only the last thing that the person says is read by the assistant's model; `before`
    plays what comes before."""

    def __init__(self, assistant: Assistant, before: Player) -> None:
        super().__init__(assistant)
        self._before = before

    def listen(self, turns: tuple[tuple[str, str], ...]) -> Session:
        last = max((n for n, (role, _) in enumerate(turns) if role == "user"), default=0)
        self._sessions.setdefault(turns[:last], self._before.listen(turns[:last]))
        return super().listen(turns)


@dataclass
class Replay:
    """A server that gives one answer after the other, as they are set; what it was asked, and how much that was."""

    answer: str = _NOTHING
    asked: tuple[Body, ...] = ()

    def __call__(self, body: Body, n: int) -> Words:
        self.asked += (body,)
        read = sum(len(message["content"]) for message in body["messages"])
        return Words(self.answer, usage=(read // _CHARACTERS, len(self.answer) // _CHARACTERS))


def name_of(case: Case) -> str:
    """The name of a case's file."""
    return f"{hashlib.sha256(case.id.encode()).hexdigest()[:12]}.json"


def drawn(cases: Sequence[Case], count: int, seed: int) -> list[Case]:
    """So many of the cases, the same for a seed in whatever order they are."""
    ordered = sorted(cases, key=lambda case: case.id)
    return random.Random(seed).sample(ordered, min(count, len(ordered)))


def export(assistant: Assistant, cases: Sequence[Case], folder: Path) -> int:
    """Writes the file of each case that has none yet; how many it wrote. No request, no file: nothing was said."""
    folder.mkdir(parents=True, exist_ok=True)
    written, replay = 0, Replay()
    with OpenAIServer(replay) as server:
        plain = Player(assistant.offline())
        asking = with_model(assistant, LanguageModel.from_settings(server.settings()))
        for case in (case for case in cases if not (folder / name_of(case)).exists()):
            before = len(replay.asked)
            LastTurn(asking, plain).listen(case.turns)
            if len(replay.asked) > before:
                (folder / name_of(case)).write_text(_form(replay.asked[-1]), encoding="utf-8")
                written += 1
    return written


def _form(body: Body) -> str:
    """What is asked, as a file to be filled in."""
    schema = body["response_format"]["json_schema"]["schema"]
    form = {"messages": body["messages"], "schema": schema, "answer": ""}
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Comparison:
    """The figures with answers and without, their difference, and what a turn costs."""

    cases: int
    with_answers: list[Figure]
    without: list[Figure]
    difference: list[Figure]
    calls: float
    tokens_read: float
    tokens_written: float
    notes: dict[str, int]


def measure(assistant: Assistant, cases: Sequence[Case], folder: Path) -> Comparison:
    """Plays the cases whose answers are written. Raises ValueError if none is, or if an answer is to another prompt."""
    answered = [(case, answer) for case in cases if (answer := answer_of(folder / name_of(case)))]
    if not answered:
        raise ValueError(f"{folder}: no answer is written for a case of this folder")
    replay, played = Replay(), [case for case, _ in answered]
    ours, choices, notes, plain = {}, dict[str, str](), dict[str, int](), Player(assistant.offline())
    with OpenAIServer(replay) as server:
        asking = with_model(assistant, LanguageModel.from_settings(server.settings()))
        for case, answer in answered:
            replay.answer = answer
            player = LastTurn(asking, plain)
            ours[case.id] = player.rank(case)
            choices |= {case.id: player.choose(case)} if case.candidates else {}
        asked = replay.asked
    theirs = {case.id: plain.rank(case) for case in played}
    priors = assistant.index.priors
    ours_judged = judge(played, ours, priors) | accuracy(played, lambda case: choices[case.id])
    theirs_judged = judge(played, theirs, priors) | accuracy(played, plain.choose)
    for case in played:
        said = {m["content"] for body in asked for m in body["messages"]}
        if not {m["content"] for m in json.loads((folder / name_of(case)).read_text("utf-8"))["messages"]} <= said:
            notes["answers to another prompt"] = notes.get("answers to another prompt", 0) + 1
    count = len(played)
    return Comparison(
        count,
        summarise(played, ours_judged),
        summarise(played, theirs_judged),
        differences(played, ours_judged, theirs_judged),
        len(asked) / count,
        sum(sum(len(m["content"]) for m in body["messages"]) for body in asked) / _CHARACTERS / count,
        sum(len(answer) for _, answer in answered) / _CHARACTERS / count,
        notes,
    )


def answer_of(path: Path) -> str:
    """The answer in a case's file, as text; empty if there is no file, or none is written."""
    if not path.exists():
        return ""
    answer = json.loads(path.read_text(encoding="utf-8"))["answer"]
    return answer.strip() if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def table(found: Comparison) -> Iterator[str]:
    """The comparison in lines."""
    yield f"{found.cases} cases              {'with answers':>24} {'without':>24} {'difference':>26}"
    columns = (found.with_answers, found.without, found.difference)
    for name in MEASURES:
        figures = [figure for column in columns for figure in column if figure.name == name]
        if not figures:
            continue
        yield f"{name:20}" + "".join(f"   {f.mean:+.3f} [{f.low:+.3f}, {f.high:+.3f}]" for f in figures)
    yield f"calls a turn {found.calls:.2f}, tokens read {found.tokens_read:,.0f}, written {found.tokens_written:,.0f}"
    yield from (f"{note}: {count}" for note, count in found.notes.items())


def assistant_for(catalogue: Path) -> Assistant:
    """An assistant without a model for a catalogue, whose index is kept in the user's folder."""
    settings, source = Settings.from_environment(), catalogue.resolve()
    encoder, read = encoder_of(settings), read_catalogue([source])
    digest = hashlib.sha256(f"{source}{encoder.fingerprint}".encode()).hexdigest()[:12]
    return make_assistant(build_index(read.items, settings.home / "evaluations" / digest, encoder, read.schema))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="dev")
    parser.add_argument("--catalogue", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    writing, reading = commands.add_parser("export"), commands.add_parser("measure")
    for command in (writing, reading):
        command.add_argument("bed", type=Path)
    writing.add_argument("--n", type=int, default=60)
    writing.add_argument("--seed", type=int, default=1)
    writing.add_argument("--out", type=Path, required=True)
    reading.add_argument("folder", type=Path)
    reading.add_argument("--suggested", type=float)
    return parser.parse_args()


def main() -> None:
    options: Any = _options()
    cases = read_cases(find_file(options.bed / options.split, "cases.jsonl"))
    assistant = assistant_for(options.catalogue or find_file(options.bed, "catalogue.jsonl"))
    if options.command == "export":
        chosen = drawn(cases, options.n, options.seed)
        print(f"{export(assistant, chosen, options.out)} of {len(chosen)} cases written to {options.out}")
        return
    if options.suggested is not None:
        assistant.search_config = replace(assistant.search_config, suggested=options.suggested)
    print("\n".join(table(measure(assistant, cases, options.folder))))


if __name__ == "__main__":
    main()
