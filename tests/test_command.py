"""The command as a person runs it, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from penchant.assistant import LONGEST_MESSAGE
from penchant.retriever import Item, SentenceEncoder, build_index

from .conftest import PATIENCE, HashEncoder, clean_environment, write_jsonl
from .small_bert import save_small_bert

ROWS = [
    {"id": "quest", "title": "Galaxy Quest", "genres": ["comedy", "science fiction"], "year": 1999},
    {"id": "alien", "title": "Alien", "genres": ["horror", "science fiction"], "year": 1979},
    {"id": "hill", "title": "Notting Hill", "genres": ["romance", "comedy"], "year": 1999},
    {"id": "patton", "title": "Patton", "genres": ["war"], "year": 1970},
]
ITEMS = [
    Item(str(r["id"]), str(r["title"]), fields={"genres": tuple(r["genres"]), "year": int(r["year"])})  # type: ignore
    for r in ROWS
]
UNREACHABLE = {"PENCHANT_BASE_URL": "http://127.0.0.1:9/v1", "PENCHANT_MODEL": "nobody"}
Run = Callable[..., subprocess.CompletedProcess[str]]


def start(home: Path, arguments: tuple[object, ...], **environment: str) -> subprocess.Popen[str]:
    env = clean_environment() | {
        "PENCHANT_HOME": str(home / "home"),
        "PYTHONUTF8": "1",
        "COLUMNS": "200",
        "TERM": "dumb",
        **environment,
    }
    words = [sys.executable, "-m", "penchant.ui", *map(str, arguments)]
    return subprocess.Popen(
        words,
        cwd=home,
        env=env,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        process = start(tmp_path, arguments, **environment)
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    return call


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(ITEMS, folder, sentence_encoder)
    return folder


RATINGS = "user,item,rating\nann,quest,5\nann,alien,5\nbo,quest,4\nbo,hill,1\n"


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def check_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """One line for a person, on standard error only."""
    assert done.returncode not in (0, -signal.SIGSEGV) and done.stdout == ""
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert all(part in done.stderr for part in said), done.stderr


def test_help_lists_the_commands(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0 and done.stderr == ""
    assert all(command in done.stdout for command in ("ask", "chat", "ui", "index", "evaluate", "PENCHANT_MODEL"))


def test_version(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"penchant {version('penchant')}\n", "")


@pytest.mark.parametrize("command", ["ask", "chat", "ui", "index", "items", "evaluate"])
def test_each_command_has_help(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0 and "Usage:" in done.stdout


# refused before anything is built

BAD_FILES = {
    "broken JSON": ('{"id": "1", "title": "A"}\n{"id": "2", ', ":2: not JSON"),
    "not an object": ('{"id": "1", "title": "A"}\n["id"]\n', ":2: no object"),
    "no title": ('{"id": "1", "title": "A"}\n{"id": "2"}\n', ":2: no title"),
    "a repeated row": ('{"id": "1", "title": "A"}\n{"id": "1", "title": "A"}\n', ": 1 rows say the same"),
    "empty": ("", ": no items"),
    "blank lines": ("\n\n", ": no items"),
}


@pytest.mark.parametrize(("text", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_with_a_mistake_builds_nothing_if_strict(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.jsonl").write_text(text, encoding="utf-8")
    check_refused(run("index", "bad.jsonl", "--into", "new", "--strict"), f"bad.jsonl{said}")
    assert names(tmp_path) == ["bad.jsonl"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.jsonl", "no such file"), ("items.xlsx", "cannot be read"), ("folder", "no files in the folder")],
)
def test_a_file_that_is_none_builds_nothing(run: Run, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "items.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "folder").mkdir()
    check_refused(run("index", name, "--into", "new"), name, said)
    assert not (tmp_path / "new").exists()


def test_a_bad_schema_file_builds_nothing(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    (tmp_path / "schema.toml").write_text("prior = ")
    check_refused(run("index", "items.jsonl", "--into", "new", "--schema", "schema.toml"), "schema.toml")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_no_index_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    check_refused(run("index", "items.jsonl", "--into", "mine"), "mine is not empty")
    check_refused(run("ask", "hi", "--catalogue", "mine"), "mine is not an index")
    check_refused(run("ask", "hi", "--catalogue", "nowhere"), "nowhere is not an index")
    assert names(tmp_path / "mine") == ["letter.txt"] and not (tmp_path / "nowhere").exists()


def test_an_index_of_another_encoder_is_refused_and_kept(run: Run, tmp_path: Path) -> None:
    build_index(ITEMS, tmp_path / "other", HashEncoder())
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    before = names(tmp_path / "other")
    check_refused(run("ask", "hi", "--catalogue", "other"), "other", "hash-64")
    check_refused(run("index", "items.jsonl", "--into", "other"), "other", "hash-64")
    assert names(tmp_path / "other") == before
    assert len(build_index(ITEMS, tmp_path / "other", HashEncoder()).catalogue) == len(ITEMS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "MESSAGE"),
        (("ask", "hi", "-k", "0"), "-k"),
        (("ask", "hi", "-k", "many"), "-k"),
        (("ask", "hi", "--timeout", "0"), "--timeout"),
        (("ask", "hi", "--nonsense"), "--nonsense"),
        (("index", "items.jsonl"), "--into"),
        (("ui", "--port", "99999"), "--port"),
        (("evaluate", ".", "--prior-weight", "-1"), "--prior-weight"),
        (("sing",), "sing"),
    ],
    ids=str,
)
def test_a_bad_option_is_named(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and "Usage:" in done.stderr and "Traceback" not in done.stderr
    assert names(tmp_path) == []


def test_a_bad_setting_is_named(run: Run) -> None:
    check_refused(run("ask", "hi", PENCHANT_TIMEOUT="soon"), "PENCHANT_TIMEOUT", "soon")


@pytest.mark.slow
def test_an_unknown_encoder_is_named(run: Run, tmp_path: Path) -> None:
    done = run("ask", "hi", PENCHANT_ENCODER=str(tmp_path / "no-model"))
    announced, _, done.stderr = done.stderr.partition("\n")
    assert announced.startswith("Preparing the encoder")
    check_refused(done, "no-model", "cannot be loaded")


def test_a_task_without_files_is_named(run: Run) -> None:
    check_refused(run("evaluate", "."), "cases.jsonl")


# asking


@pytest.mark.slow
@pytest.mark.parametrize("message", ["", "  ", "a" * 100_000], ids=["empty", "blank", "100,000 characters"])
def test_a_message_that_is_no_turn_is_refused(run: Run, index: Path, message: str) -> None:
    done = run("ask", message, "--catalogue", index)
    check_refused(done, f"{LONGEST_MESSAGE:,}" if message.strip() else "empty")


TURN = {"message", "understood_by", "explained_by", "interests", "picks", "text", "notes"}
TURN |= {"excluded", "relaxations", "questions", "time", "timings"}
INTEREST = {"facet", "value", "item", "strength", "weight", "level", "parked", "pinned", "source", "quote", "until"}
PICK = {"id", "title", "score", "fields", "shares"}
SHARE = {"interest", "block", "value", "facet", "subject"}


@pytest.mark.slow
def test_json_has_every_turn_and_the_session(run: Run, index: Path) -> None:
    messages = ["a comedy, no horror", "actually horror is fine", "something like Alien"]
    done = run("ask", "--json", "--catalogue", index, "-k", "2", *messages)
    assert done.returncode == 0 and done.stderr.strip() == ""
    answer = json.loads(done.stdout)
    assert answer.keys() == {"turns", "session"} and [turn["message"] for turn in answer["turns"]] == messages
    for turn in answer["turns"]:
        assert turn.keys() == TURN and turn["understood_by"] == "rules" and turn["text"] and turn["notes"] == []
        assert all(interest.keys() == INTEREST for interest in turn["interests"])
        assert len(turn["picks"]) == 2
        for pick in turn["picks"]:
            assert pick.keys() == PICK and all(s.keys() == SHARE for s in pick["shares"])
            assert sum(share["value"] for share in pick["shares"]) == pytest.approx(pick["score"], abs=1e-5)
            (row,) = [row for row in ROWS if row["id"] == pick["id"]]
            assert pick["title"] == row["title"] and pick["fields"]["genres"] == row["genres"]
    first, second, third = (
        {(i["level"], i["facet"], i["value"]) for i in turn["interests"]} for turn in answer["turns"]
    )
    assert ("never", "genres", "horror") in first and ("never", "genres", "horror") not in second
    assert {("want", "genres", "comedy"), ("want", "item", "Alien")} <= third
    (mark,) = answer["session"]["items"]
    assert abs(date.today() - date.fromisoformat(mark.pop("seen_on"))) <= timedelta(days=1)  # at midnight it is another
    assert answer["session"]["turn"] == 3 and mark == {"item": "alien", "mark": "seen", "also": "", "owned": False}


@pytest.mark.slow
def test_any_messages_are_turns_in_text_too(run: Run, index: Path) -> None:
    odd = ["🎬👩‍🚀", "想看喜剧，但不要恐怖", "'; DROP TABLE items;--", "<script>alert('comedy')</script>", "שלום\u202e"]
    done = run("ask", "--catalogue", index, "a comedy", "no romance", *odd)
    assert done.returncode == 0 and done.stderr.strip() == ""
    first, second, *others = re.split(r"^> .*\n", done.stdout, flags=re.M)[1:]
    assert "Notting Hill" in first and "Galaxy Quest" in second
    assert len(others) == len(odd) and all(text.strip() for text in others)
    assert "Notting Hill" not in "".join([second, *others])


@pytest.mark.slow
def test_without_its_model_it_answers_by_rules_and_says_so(run: Run, index: Path) -> None:
    done = run("ask", "a comedy, no romance", "--catalogue", index, **UNREACHABLE)
    assert done.returncode == 0 and "Galaxy Quest" in done.stdout and "Notting Hill" not in done.stdout
    assert "rules" in done.stderr and "nobody" in done.stderr and "Traceback" not in done.stderr


BYTE = os.fsdecode(b"\xff")
"""A byte that is no text, as a terminal may send it."""


@pytest.mark.slow
def test_bytes_that_are_no_text_are_answered_or_refused(run: Run, index: Path, tmp_path: Path) -> None:
    done = run("ask", f"a comedy{BYTE}", "--catalogue", index)
    assert done.returncode == 0 and done.stderr.strip() == "" and "Galaxy Quest" in done.stdout
    (tmp_path / f"shop{BYTE}.csv").write_text("id,title\n1,A,3\n2,B\n3,C\n")
    check_refused(run("index", f"shop{BYTE}.csv", "--into", f"made{BYTE}"), "UTF-8; choose another")
    assert "2 items" in run("index", f"shop{BYTE}.csv", "--into", "made").stdout
    assert "shop" in (tmp_path / "made" / "left-out.csv").read_text(encoding="utf-8")


def test_a_home_that_cannot_be_written_is_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = str(tmp_path / "file" / "home")
    check_refused(run("ask", "hi", PENCHANT_HOME=home), home, "PENCHANT_HOME")
    check_refused(run("serve", "--port", "0", PENCHANT_HOME=home), home, "PENCHANT_STORE or PENCHANT_HOME")


# indexing and evaluating


@pytest.mark.slow
def test_index_prints_what_the_fields_are_and_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    done = run("index", "items.jsonl", "--into", "made")
    assert done.returncode == 0 and "4 items" in done.stdout
    assert re.search(r"genres +facet", done.stdout) and re.search(r"year +number", done.stdout)
    (tmp_path / "items.jsonl").write_text('{"id": "1", ')
    check_refused(run("index", "items.jsonl", "--into", "made"), "items.jsonl:1")
    write_jsonl(tmp_path / "items.jsonl", ROWS[:2])
    assert "2 items" in run("index", "items.jsonl", "--into", "made").stdout


def test_inspect_shows_and_writes_the_guesses(run: Run, tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("Artikel;Preis\nStuhl;12,90 €\nTisch;1.299,00 €\n(c) Laden\n", encoding="cp1252")
    done = run("inspect", "shop.csv", "--schema", "shop.toml")
    assert (
        done.returncode == 0 and re.search(r"Preis +number, EUR", done.stdout) and "shop.csv:4: 1 of 2" in done.stdout
    )
    assert 'unit = "EUR"' in (tmp_path / "shop.toml").read_text(encoding="utf-8")
    assert run("index", "shop.csv", "--into", "shop", "--schema", "shop.toml").returncode == 0
    assert "1 of 2 cells" in (tmp_path / "shop" / "left-out.csv").read_text(encoding="utf-8")


def stored(folder: Path) -> int:
    """How many items Chroma has in its database so far."""
    try:
        with sqlite3.connect(f"file:{folder / 'chroma.sqlite3'}?mode=ro", uri=True) as database:
            return int(database.execute("select count(*) from embeddings").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder in which indexing was stopped by Ctrl-C after the first batch."""
    folder = tmp_path_factory.mktemp("interrupted")
    rows = [{"id": f"i{n}", "title": f"Film {n}", "description": f"a story {n} " * 12} for n in range(500)]
    write_jsonl(folder / "items.jsonl", rows)
    process = start(folder, ("index", "items.jsonl", "--into", "made"))
    until = time.monotonic() + PATIENCE
    while not stored(folder / "made") and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    return folder, subprocess.CompletedProcess("index", process.returncode, out, err)


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on(interrupted: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    assert "again" in interrupted[1].stderr


@pytest.mark.slow
def test_an_interrupted_index_is_completed(
    interrupted: tuple[Path, subprocess.CompletedProcess[str]], run: Run
) -> None:
    folder, stopped = interrupted
    assert stopped.returncode == 130 and "Traceback" not in stopped.stderr
    assert 0 < stored(folder / "made") < 500
    check_refused(run("ask", "hi", "--catalogue", folder / "made"), "unfinished", "of 500", "penchant index")
    done = run("index", folder / "items.jsonl", "--into", folder / "made")
    assert done.returncode == 0 and "500 items" in done.stdout
    assert stored(folder / "made") == 500


def check_absent_ids_are_told(run: Run, task: Path, cases: list[dict[str, object]]) -> None:
    """Once, however the cases are divided, and the figures are what they are."""
    (task / "absent").mkdir()
    write_jsonl(
        task / "absent" / "cases.jsonl", [cases[0], *(case | {"relevant": ["gone", "lost"]} for case in cases[1:])]
    )
    for options in ((), ("--folds", "2", "--against", "bm25")):
        done = run("evaluate", "task", "--split", "absent", "--json", *options)
        assert done.returncode == 0 and json.loads(done.stdout)["R@50"]["cases"] == 3
        told = [line for line in done.stderr.splitlines() if "not in the catalogue" in line]
        assert told == [
            "2 relevant ids, named in 2 of 3 cases, are not in the catalogue and count as never found,"
            " such as 'gone' in case 'hill'."
        ]


def test_long_work_is_announced_where_no_bar_can_be_drawn(run: Run, tmp_path: Path) -> None:
    """The first question of all: the encoder is exported, the demo is indexed. The second has nothing to announce."""
    small = save_small_bert(tmp_path, ("funny", "space", "horror"))
    environment = {"PENCHANT_ENCODER": str(small), "PENCHANT_EXPORTS": str(tmp_path / "exports"), "TERM": "xterm"}
    first = run("ask", "something funny", **environment)
    assert first.returncode == 0 and first.stdout.startswith("Five ")
    preparing, indexing = first.stderr.splitlines()
    assert preparing == f"Preparing the encoder {small}: once, and it may take a minute."
    assert re.fullmatch(r"Indexing \d+ items of \d+\.", indexing)
    assert first.stderr.replace("\n", "").isprintable()
    again = run("ask", "something funny", **environment)
    assert (again.stdout, again.stderr) == (first.stdout, "")


@pytest.mark.slow
def test_a_damaged_index_is_repaired_by_the_command_that_its_error_names(run: Run, index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "made")
    assert "nothing is damaged; 4 items" in run("repair", "made").stdout
    with closing(sqlite3.connect(tmp_path / "made" / "chroma.sqlite3")) as database, database:
        database.execute("UPDATE embedding_metadata SET string_value = '{' WHERE key = 'item' AND id = 2")
    check_refused(run("ask", "hi", "--catalogue", "made"), "an item cannot be read", "penchant repair made")
    done = run("repair", "made")
    assert done.returncode == 0 and "Found: an item cannot be read" in done.stdout
    assert "3 of 4 items are whole; 0 were encoded again" in done.stdout and "made.damaged" in done.stdout
    assert run("ask", "a comedy", "--catalogue", "made").returncode == 0


@pytest.mark.slow
def test_evaluate(run: Run, tmp_path: Path) -> None:
    (tmp_path / "task" / "dev").mkdir(parents=True)
    write_jsonl(tmp_path / "task" / "catalogue.jsonl", ROWS)
    cases = [
        {
            "case_id": row["id"],
            "turns": [{"role": "user", "text": f"a {row['genres'][0]} film"}],
            "relevant": [row["id"]],
        }
        for row in ROWS[1:]
    ]
    write_jsonl(tmp_path / "task" / "dev" / "cases.jsonl", cases)
    done = run("evaluate", "task", "--json", "--run", "run.txt")
    assert done.returncode == 0 and json.loads(done.stdout)["R@1"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "cases": 3}
    assert "not in the catalogue" not in done.stderr
    check_absent_ids_are_told(run, tmp_path / "task", cases)
    before = (tmp_path / "run.txt").read_text()
    check_refused(run("evaluate", "task", "--run", "run.txt", "--prior-weight", "3"), "run.txt:1")
    (tmp_path / "prior.json").write_text("[]")
    check_refused(run("evaluate", "task", "--prior", "prior.json"), "prior.json")
    (tmp_path / "task" / "dev" / "cases.jsonl").write_text("{}\n")
    check_refused(run("evaluate", "task"), "cases.jsonl:1")
    assert (tmp_path / "run.txt").read_text() == before


@pytest.mark.slow
@pytest.mark.extra("train")
def test_smaller_blocks_and_ratings(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    (tmp_path / "ratings.csv").write_text(RATINGS, encoding="utf-8")
    made = run("index", "items.jsonl", "--into", "new", "--dimensions", 40, "--ratings", "ratings.csv")
    assert made.returncode == 0, made.stderr
    asked = json.loads(run("ask", "like Alien", "--catalogue", "new", "--json").stdout)
    shares = {p["id"]: {s["block"] for s in p["shares"]} for p in asked["turns"][0]["picks"]}
    assert "behaviour" in shares["quest"] and "behaviour" not in shares["patton"]
    check_refused(run("index", "items.jsonl", "--into", "new"), "the index has 40 dimensions in all")


@pytest.mark.slow
def test_a_promise_to_who_rated_needs_ratings_and_their_scale(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS, encoding="utf-8")
    private = ("index", "items.jsonl", "--into", "new", "--private", 8)
    check_refused(run(*private, "--scale", "1..5"), "name the file")
    check_refused(run(*private, "--ratings", "ratings.csv"), "needs --scale")
