"""What is said to people, in each language: the files have the same, all of it is used, and a turn has one language."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from penchant.assistant import Assistant, Session
from penchant.assistant.explanation import words
from penchant.assistant.explanation.words import end_text, language_in, language_of, retold, speech
from penchant.retriever import HIGHEST, LOWEST, Index, Interest
from penchant.ui.page.state import PageState, new_page, read_quick, read_slow
from penchant.ui.page.state.reducer import Context, reduce
from penchant.ui.page.view.chips import chips
from penchant.ui.page.words import browser_language, page_speech, sentence

from .architecture import ROOT

FOLDER = Path(words.__file__).parent
STATIC = ROOT / "ui" / "page" / "static"


_MADE = "(?:[a-z]+(?: [a-z]+)?|[1-9])"
"""What a part of an f-string that names a text may be."""


@cache
def texts(language: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(path.stem for path in FOLDER.glob("??.toml")))
def test_each_language_says_all_that_english_says(language: str) -> None:
    said = {(table, key): parts(text) for table, every in texts(language).items() for key, text in every.items()}
    assert said == {(table, key): parts(text) for table, every in texts("en").items() for key, text in every.items()}


_FILLED = "(?:[a-z]+(?: [a-z]+)?|[1-9])"
"""What a part of an f-string that names a text may be."""


@cache
def named(folder: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Every text that the code has, and a pattern of all that its f-strings may become."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    told = frozenset(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    joined = [node.values for node in nodes if isinstance(node, ast.JoinedStr)]
    made = [[str(p.value) if isinstance(p, ast.Constant) else None for p in values] for values in joined]
    telling = {tuple(m) for m in made if re.search("[a-z]{2}", "".join(filter(None, m)))}
    return told, re.compile("|".join("".join(_FILLED if p is None else re.escape(p) for p in m) for m in telling))


@pytest.mark.parametrize(("table", "folder"), [("reply", "assistant"), ("page", "ui"), ("terminal", "ui/cli")])
def test_all_that_can_be_said_is_said(table: str, folder: str) -> None:
    """Texts are named whole, by a part ("did {verdict}"), or in two ("at most" and "amount"); but for those that the
    catalogue's own units and fields choose."""
    told, made = named(folder)
    asked = [key for key in texts("en")[table] if not re.match("fact |count ", key)]
    assert not [key for key in asked if key not in told and not made.fullmatch(key) and not in_two(key, told)]


def in_two(key: str, told: frozenset[str]) -> bool:
    first, _, last = key.rpartition(" ")
    return {first, last} <= told | {HIGHEST, LOWEST}


def test_all_labels_are_on_the_page() -> None:
    markup = "".join(path.read_text(encoding="utf-8") for path in STATIC.iterdir())
    used = set(re.findall(r"(?:\bt|words)\.(\w+)|data-(?:label|hint)=\"(\w+)\"", markup))
    names = {name for pair in used for name in pair if name} - {"lang"}
    assert names == set(texts("en")["labels"])


def raised(folder: str) -> set[str]:
    """What errors of the code say, with what differs in it as 7."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = {
            n.targets[0].id: n.value
            for n in tree.body
            if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        }
        calls = [
            n.exc for n in ast.walk(tree) if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call) and n.exc.args
        ]
        for text in (known.get(getattr(call.args[0], "id", ""), call.args[0]) for call in calls):
            found |= {filled(text, known)} - {""}
    return found


def filled(text: ast.expr, known: Mapping[str, ast.expr]) -> str:
    match text:
        case ast.Constant(value=str() as words):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(filled(part, known) for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in known and isinstance(known[name], ast.Constant):
            return filled(known[name], known) or "7"
    return "7" if isinstance(text, ast.FormattedValue) else ""


def test_all_that_goes_wrong_on_the_page_is_said_in_chinese() -> None:
    said = raised("ui/page")
    assert len(said) > 30
    own = re.compile("qwen3:8b|penchant index FILE --into FOLDER|penchant import FILE")
    assert [text for text in said if re.search("[A-Za-z]", own.sub("", retold(sentence(text), "zh")))] == []
    assert retold("Retry says it again.", "zh") == "Retry says it again."  # of which nothing is known


@pytest.mark.parametrize(
    ("told", "chinese"),
    [
        ("No “a” in this catalogue; taken as words. No “b” in this catalogue; taken as words.",
         "这个目录里没有“a”，只按字面意思来找。 这个目录里没有“b”，只按字面意思来找。"),
        ("Understood by rules: qwen took more than 30 s. ", "由rules理解：qwen超过30秒没有回答。"),
        ("films.csv:7: not CSV: line contains NUL", "films.csv:7：不是CSV（line contains NUL）"),
        ("There are no picks to share yet.", "还没有可以分享的推荐。"),
    ],
)  # fmt: skip
def test_what_is_made_in_english_is_said_in_chinese(told: str, chinese: str) -> None:
    assert retold(told, "zh") == chinese
    assert retold(told, "en") == told


def test_an_end_is_said_in_either_language() -> None:
    midnight, hour = datetime(2026, 3, 16), datetime(2026, 3, 15, 18, 30)
    said = [Interest("moods", "calm", until=until) for until in (None, midnight, hour)]
    assert [end_text(i, speech("en")) for i in said] == [i.lasts for i in said]
    assert [end_text(i, speech("zh")) for i in said] == ["", "到3月15日周日为止", "到3月15日周日18:30为止"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("想看科幻片", "zh"),
        ("movie night求一部sci-fi，跟约会对象看", "zh"),
        ("类似《Alien》的", "zh"),
        ("I loved 花样年华, something like that please", "en"),
        ("something like 《花样年华》", "en"),
        ("90", None),
        ("?!", None),
        ("", None),
        ("おすすめの映画は？", None),
    ],
)
def test_a_text_is_in_the_language_of_its_letters(text: str, language: str | None) -> None:
    assert language_in(text) == language


def test_a_number_alone_changes_no_language(index: Index) -> None:
    session = Assistant(index).reply("想看电影，不要恐怖").session
    assert language_of("90", session).language == "zh"
    assert language_of("thanks", session).language == "en"


@pytest.mark.parametrize(
    ("code", "language"), [("zh", "zh"), ("zh-TW", "zh"), ("de-DE", "en"), ("", "en"), ("zha", "en")]
)
def test_a_browser_asks_for_a_language(code: str, language: str) -> None:
    assert browser_language(code) == language


def after(made: Assistant, state: PageState, *events: dict[str, str]) -> PageState:
    for event in events:
        read = read_slow if event["act"] in ("hello", "say", "catalogue") else read_quick
        state = reduce(state, read(event), Context(("demo", "other"), lambda: made))
    return state


def test_the_page_speaks_as_one_was_spoken_to_last(index: Index) -> None:
    made = Assistant(index)
    state = after(made, new_page("demo"), {"act": "hello", "language": "zh-CN"})
    assert state.chat.language == "zh"
    state = after(made, state, {"act": "say", "text": "a comedy"}, {"act": "undo"})
    assert state.chat.language == "en" and state.chat.note == "There is nothing to take back."
    state = after(made, state, {"act": "say", "text": "想看喜剧"}, {"act": "undo"})
    assert state.chat.note == "没有可以撤销的。"
    state = after(made, state, {"act": "say", "text": "42"}, {"act": "catalogue", "name": "other"}, {"act": "over"})
    assert state.chat.language == "zh" and state.chat.note.startswith("已重新开始")


def test_a_wish_is_called_in_the_language(index: Index) -> None:
    session = Session(interests=(Interest("minutes", "< 120"), Interest("genres", "horror", level="never")))
    shown = chips(session, (0.0, 0.0), index.schema, page_speech("zh"))["active"]
    assert [(c["facet"], c["value"], c["level_name"]) for c in shown] == [
        ("时长", "2小时以内", "只要"),
        ("类型", "horror", "绝不"),
    ]
