"""What the page shows of an answer, as data: words, bars, drawings, covers and pictures, models, catalogues."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.llm.outside import AddressError
from penchant.retriever import Interest, Item, Pick, Schema, Share
from penchant.retriever.ranking import PRIOR_KEY
from penchant.ui.page.catalogue_registry import find_catalogues
from penchant.ui.page.models import EndpointError, own_model
from penchant.ui.page.state.events import Endpoint
from penchant.ui.page.view.cards import escaped
from penchant.ui.page.view.contribution_bars import Names, add_up, bar, decimal, share_rows, tones_of
from penchant.ui.page.view.covers import Gallery, cover
from penchant.ui.page.view.decision_path import block_lines
from penchant.ui.page.view.markdown import blocks
from penchant.ui.page.view.pick_reason import pick_reason
from penchant.ui.page.view.sankey import Flow, drawing
from penchant.ui.page.words import page_speech

from .tiny import tiny_index

SCHEMA = Schema(())


# words and drawings


def test_markdown_is_paragraphs_lists_and_stress_and_nothing_else() -> None:
    found = blocks("**2** picks:\n1. *One* [a](http://x) <b>\n2. Two\n\n- A\n\n# Head")
    assert [*found[0]["runs"]] == [{"text": "2", "strong": True, "em": False}, {"text": " picks:"}]
    assert found[1]["numbered"] and len(found[1]["items"]) == 2
    assert found[1]["items"][0]["runs"][1] == {"text": " [a](http://x) <b>"}
    assert not found[2]["numbered"]
    assert found[3]["runs"] == [{"text": "Head", "strong": True, "em": False}]


@pytest.mark.parametrize(
    "text",
    [
        "[a](http://link.example) and [b][c]",
        "![p](http://picture.example/p.png)",
        "<https://link.example> and www.link.example",
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
        "<!-- a comment --> <b onclick=alert(3)>b</b>",
        "a `code` b",
        "&lt;b&gt; &amp; &#60;",
        "C:\\users\\[x] and \\<b>",
        "**unclosed and *unclosed",
        "2 * 3 * 4 and snake_case_name",
        "| a | b |",
        "~~struck~~",
    ],
    ids=lambda text: text[:12],
)
def test_what_is_not_in_the_subset_stays_the_text_that_it_is(text: str) -> None:
    assert blocks(text) == [{"runs": [{"text": text}]}]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[a]: http://link.example\n\n[a]", ["[a]: http://link.example", "[a]"]),
        ("```python\nimport os\n```", ["```python import os ```"]),
        ("    indented", ["indented"]),
        ("> quoted", ["> quoted"]),
        ("a\n---\nb\n===", ["a --- b ==="]),
        ("<div>\n\n*a*\n\n</div>", ["<div>", "a", "</div>"]),
        ("- a\n  - b\n    1. c\n- d\n\n  e", ["a", "b", "c", "d", "e"]),
        ("- [x](http://y)\n- <b>", ["[x](http://y)", "<b>"]),
        ("• a\n• b", ["a", "b"]),
        ("- " * 300 + "deep", ["- " * 300 + "deep"]),
        ("a  \nb", ["a b"]),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_makes_a_block_elsewhere_is_lines_here(text: str, lines: list[str]) -> None:
    shown = ["".join(run["text"] for run in runs) for block in blocks(text) for runs in _runs(block)]
    assert shown == lines


def test_marks_in_marks_are_both() -> None:
    both = {"text": "b", "strong": True, "em": True}
    assert blocks("**a *b***") == [{"runs": [{"text": "a ", "strong": True, "em": False}, both]}]
    assert blocks("# *b*") == [{"runs": [both]}]


@given(st.text())
def test_no_text_is_lost_but_marks(text: str) -> None:
    shown = "".join(run["text"] for block in blocks(text) for runs in _runs(block) for run in runs)
    letters = [c for c in text if c.isalpha()]
    assert [c for c in shown if c.isalpha()] == letters


def _runs(block: Any) -> list[Any]:
    return [item["runs"] for item in block["items"]] if "items" in block else [block["runs"]]


@given(st.text(alphabet="ab*_- \n1.)#>`[]()<!&\\•\t", max_size=60))
def test_no_text_of_marks_is_lost_either(text: str) -> None:
    """Nor does anything come out that is no text: each run has its text, and whether it is strong or emphasised."""
    runs = [run for block in blocks(text) for runs in _runs(block) for run in runs]
    assert [c for run in runs for c in run["text"] if c in "ab`[]<!&\\"] == [c for c in text if c in "ab`[]<!&\\"]
    assert all(run.keys() <= {"text", "strong", "em"} and run["text"] for run in runs)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=12))
def test_rounded_shares_add_up_to_the_rounded_score(values: list[float]) -> None:
    total = sum(values)
    shown = [thousandths / 1000 for thousandths in add_up(values, total)]
    assert sum(shown) == pytest.approx(round(total, 3), abs=1e-9)
    assert all(abs(one - value) <= 0.002 for one, value in zip(shown, values, strict=True))


A, B = ("", "a"), ("", "b")
NAMES = Names.of((), SCHEMA, page_speech())
NUMBER = re.compile(r"[+−]?\d+\.\d{3}")


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.sampled_from("xyz"), st.floats(-1, 1)), min_size=1, max_size=9))
def test_a_share_is_the_same_number_wherever_it_is_shown(rows: list[tuple[tuple[str, str], str, float]]) -> None:
    """In the bar, in the words and in the table, and the parts of each make its sum."""
    shares = tuple(Share(key[1], f"{block}{n}", value, key) for n, (key, block, value) in enumerate(rows))
    pick = Pick(Item("1", "One"), sum(share.value for share in shares), shares)
    table = {row["block"]: number(row["value"]) for row in share_rows(pick, {}, NAMES)}
    in_bar = dict(part.rsplit(" ", 1) for part in bar(pick, {}, 1.0, NAMES)["text"].split(", "))
    for line in block_lines(pick, NAMES):
        name, _, told = line.partition(": ")
        words, _, whole = told.partition(", in all ")
        parts = dict(part.rsplit(" ", 1) for part in words.split(", "))
        assert {block: number(text) for block, text in parts.items()} == {block: table[block] for block in parts}
        assert sum(map(number, parts.values())) == number(whole or next(iter(parts.values()))) == number(in_bar[name])
    assert sum(table.values()) == number(decimal(pick.score)) == sum(map(number, in_bar.values()))


def number(text: str) -> int:
    """Thousandths."""
    assert NUMBER.fullmatch(text)
    return int(text.replace("−", "-").replace(".", ""))


@pytest.mark.parametrize("score", [0.0005, 0.0015, 0.5745, 1.0005, -0.0005, 0.8125])
def test_a_single_share_is_the_score(score: float) -> None:
    """Halves are rounded one way."""
    (row,) = share_rows(Pick(Item("1", "One"), score, (Share("a", "x", score, A),)), {}, NAMES)
    assert row["value"] == decimal(score)


def test_a_bar_is_as_long_as_the_score() -> None:
    shares = (
        Share("a", "text", 0.3, A),
        Share("a", "genres", 0.1, A),
        Share("b", "text", -0.1, B),
        Share("prior", "prior", 0.1, PRIOR_KEY),
    )
    shown = bar(Pick(Item("1", "One"), 0.4, shares), {A: "0", B: "less"}, 1.0, NAMES)
    gained = sum(segment["percent"] for segment in shown["segments"])
    assert gained == pytest.approx(50) and shown["taken"] == {"percent": 10, "from": 40}
    assert "liked by many 0.100" in shown["text"]


def test_interests_that_are_called_alike_have_parts_of_their_own() -> None:
    one, other = (Interest("item", "Dune", item=item) for item in ("film", "book"))
    prior = Interest("", "prior")
    shares = [Share(i.label, "text", value, i.key) for i, value in ((one, 0.3), (other, 0.2), (prior, 0.1))]
    pick = Pick(Item("1", "One"), 0.7, (*shares, Share("prior", "prior", 0.1, PRIOR_KEY)))
    tones = tones_of([one, other, prior], SCHEMA)
    shown = bar(pick, tones, 1.0, NAMES)
    assert [s["name"] for s in shown["segments"]] == ["like Dune", "like Dune", "prior", "liked by many"]
    assert [s["tone"] for s in shown["segments"]] == ["0", "1", "2", "prior"]
    flows = [Flow("said", s.key, s.interest, "", s.block, s.value, tones[s.key]) for s in pick.shares]
    named = [words["text"] for words in drawing(flows, [], "abcde", "place 1", "score 0.7")["words"]]
    assert named.count("like Dune") == 2


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.floats(-1, 1)), min_size=1, max_size=9))
def test_a_drawing_leads_all_flows_from_the_first_column_to_the_last(rows: list[tuple[str, str, float]]) -> None:
    flows = [Flow("said", ("", interest), interest, "", block, value, "0") for interest, block, value in rows]
    shown = drawing(flows, ["never horror"], "abcde", "place 1", "score 0.1")
    assert len(shown["curves"]) == 4 * len(flows)
    total = sum(abs(value) for _, _, value in rows)
    for column in range(3):
        bars = [b for b in shown["bars"] if b["x"] == (0, 232, 464)[column]]
        assert sum(b["height"] for b in bars) == pytest.approx(200 if total else 2 * len(bars), abs=2 * len(bars) + 1)
    assert all(b["y"] + b["height"] <= shown["height"] for b in shown["bars"])


def test_the_reason_says_matches_only_of_what_the_row_has() -> None:
    item = Item("1", "One", fields={"genres": ("Jazz",)})
    interests = [Interest("genres", "jazz"), Interest("genres", "folk"), Interest("", "a rainy evening")]
    pick = Pick(item, 0.6, tuple(Share(i.label, "genres", 0.2, i.key) for i in interests))
    text = pick_reason(pick, interests, SCHEMA, page_speech())
    assert text == "It matches jazz and is close to folk and what you described."
    rainy = replace(pick, item=replace(item, text="Songs for rainy streets."))
    text = pick_reason(rainy, interests, SCHEMA, page_speech())
    assert text == "It matches jazz and is close to folk and “a rainy evening”."
    assert (
        pick_reason(Pick(item, 0.1, (Share("prior", "prior", 0.1, PRIOR_KEY),)), [], SCHEMA, page_speech())
        == "Liked by many."
    )


def test_what_is_wanted_and_missing_is_not_held_against_an_item() -> None:
    wanted, less = Interest("genres", "folk"), Interest("genres", "metal", level="less")
    shares = (
        Share("prior", "prior", 0.3, PRIOR_KEY),
        Share(wanted.label, "genres", -0.1, wanted.key),
        Share(less.label, "genres", -0.05, less.key),
    )
    pick = Pick(Item("1", "One", fields={"genres": ("Jazz",)}), 0.15, shares)
    assert pick_reason(pick, [wanted, less], SCHEMA, page_speech()) == "Liked by many, though it is close to metal."


@given(st.recursive(st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_escaped_data_holds_no_bare_dollar_or_backslash(data: Any) -> None:
    def bare(value: Any) -> bool:
        if isinstance(value, str):
            rest = value.replace("\\\\", "").replace("\\$", "")
            return "$" in rest or "\\" in rest
        return any(map(bare, value.values() if isinstance(value, dict) else value))

    assert not bare(escaped(data))


# covers and pictures


def test_a_cover_is_the_same_for_the_same_item() -> None:
    item = Item("1", "The Lord of the Rings", fields={"genres": ("fantasy",)})
    assert cover(item, SCHEMA, Gallery()) == cover(item, SCHEMA, Gallery())


def test_a_picture_comes_from_the_folder_and_from_nowhere_else(tmp_path: Path) -> None:
    from PIL import Image

    folder = tmp_path / "pictures"
    (folder / "inner").mkdir(parents=True)
    Image.new("RGB", (900, 1200), "red").save(folder / "inner" / "one.png")
    Image.new("RGB", (9, 9), "red").save(tmp_path / "secret.png")
    (folder / "text.png").write_text("no picture")
    gallery = Gallery(folder)

    def shown(value: str) -> str:
        return gallery.picture(Item("1", "One", fields={"poster": value}), SCHEMA)

    small = shown("inner/one.png")
    assert small.startswith("data:image/jpeg;base64,")
    with Image.open(io.BytesIO(base64.b64decode(small.partition(",")[2]))) as image:
        assert image.size == (192, 256)
    for value in ("../secret.png", str(tmp_path / "secret.png"), "text.png", "none.png", "inner", "a\0b", "x" * 5000):
        assert shown(value) == ""
    for value in (
        "https://picture.example/1.png",
        "javascript:alert(1)",
        "data:text/html;base64,AAAA",
        "data:image/svg+xml;base64,AAAA",
    ):
        assert shown(value) == ""
    assert shown("data:image/png;base64,AAAA") == "data:image/png;base64,AAAA"
    web = Gallery(web=True).picture(Item("1", "One", fields={"image_url": "https://picture.example/1.png"}), SCHEMA)
    assert web == "https://picture.example/1.png"


# models and catalogues


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.7", "169.254.169.254", "no.such.invalid", ""]
)
def test_a_public_page_asks_no_server_of_its_own_network(host: str) -> None:
    with pytest.raises(AddressError):
        own_model(Endpoint(base_url=f"http://{host}:8000/v1", model="m"), inside=False)


def test_a_visitors_model_uses_nothing_of_the_servers_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-server")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://proxy.of.the.server/v1")
    model = own_model(Endpoint(model="m"), inside=True)
    chat: Any = model._chat
    assert chat.openai_api_base == "https://api.openai.com/v1"
    assert chat.openai_api_key.get_secret_value() == "none"
    with pytest.raises(EndpointError):
        own_model(Endpoint(model=" "), inside=True)


def test_the_catalogues_to_choose_from(tmp_path: Path) -> None:
    assert find_catalogues(tmp_path / "none") == {"demo": None}
    tiny_index(tmp_path / "films")
    (tmp_path / "demo-words").mkdir()
    (tmp_path / "sessions.sqlite").touch()
    assert find_catalogues(tmp_path) == {"demo": None, "films": tmp_path / "films"}
    assert find_catalogues(tmp_path, tmp_path / "films") == {"films": tmp_path / "films"}
