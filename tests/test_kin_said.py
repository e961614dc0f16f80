""" "By other artists", "the same author", "not that series", "one per author", "to reread": what is shown then."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session
from penchant.assistant.session.export import export_taste, import_taste
from penchant.assistant.understanding.cues import kin_cues
from penchant.retriever import Index, Item, build_index, counterfactual
from penchant.retriever.encoding import HashEncoder
from penchant.ui.page.view.decision_path import decision_path
from penchant.ui.page.words import page_speech

_ROWS = """
Tallow Gate | Ada Holm | Tallow Gate | siege
Tallow Gate: Ashes | Ada Holm | Tallow Gate | siege
Tallow Gate: Return | Ada Holm | Tallow Gate | siege
Tallow Gate: Winter | Ada Holm | Tallow Gate | siege
Marl Road | Bo Reyes | | heist
Marl Road II | Bo Reyes | | heist
Marl Road III | Bo Reyes | | heist
Nine Small Kings | Bo Reyes | | siege
Low Tide Letters | Cy Anand | | siege
The Cinder Clerk | Cy Anand | | heist
A Map of Wasps | Di Novak | | siege
The Quiet Forge | Di Novak | | heist
Harrow Lane | Eli Sorn | | heist
Bitter Orchard | Eli Sorn | | siege
Starless Ferry | Flo Hart | | siege
The Copper Oath | Flo Hart | | heist
"""


def _item(number: int, row: str) -> Item:
    title, author, series, genre = (cell.strip() for cell in row.split("|"))
    fields = {"author": author, "genres": (genre, "old" if number % 2 else "new"), "year": 1980 + number}
    return Item(f"n{number}", title, f"A {genre}.", fields | ({"series": series} if series else {}))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Index:
    items = [_item(n, row) for n, row in enumerate(_ROWS.strip().splitlines())]
    return build_index(items, tmp_path_factory.mktemp("said"), HashEncoder(32))


def _play(shelf: Index, *turns: str) -> tuple[list[Item], Session]:
    assistant, session = Assistant(shelf), Session()
    picks: list[Item] = []
    for turn in turns:
        reply = assistant.reply(turn, session, k=5)
        picks, session = [pick.item for pick in reply.picks], reply.session
    assert picks
    return picks, session


@pytest.mark.parametrize(
    "turns",
    [
        ("something like Tallow Gate but by other authors",),
        ("something like Tallow Gate but not by the same author",),
        ("I loved Tallow Gate", "a siege by someone else"),
        ("I loved Tallow Gate", "a different writer please"),
        ("more authors like Ada Holm",),
        ("I love Ada Holm, who else writes such a siege?",),
        ("like Tallow Gate, but please no more from that author",),
        ("a siege", "nothing more by Ada Holm"),
        ("a siege, anyone but Ada Holm",),
        ("I own every Ada Holm book there is, another siege",),
        ("something like Tallow Gate, but not by the same people",),
        ("I love Ada Holm, but I know it all. who writes like her?",),
    ],
)
def test_others_are_not_who_was_spoken_of(shelf: Index, turns: tuple[str, ...]) -> None:
    picks, session = _play(shelf, *turns)
    assert not [item.title for item in picks if item.values("author") == ("Ada Holm",)]
    chip = next(i for i in session.interests if i.level == "never")
    assert (chip.facet, chip.value) == ("author", "Ada Holm"), "it is a wish like any other, and can be taken back"


@pytest.mark.parametrize(
    "turns",
    [
        ("something like Tallow Gate but not from the same franchise",),
        ("like Tallow Gate, outside that saga",),
        ("I loved Tallow Gate", "nothing from that series, a siege"),
        ("something like Marl Road II but not the same series",),
        ("a heist like Marl Road, but no sequels",),
        ("something like Marl Road but not another volume",),
        ("no Marl Road books, a heist",),
    ],
)
def test_a_series_that_is_refused_is_out(shelf: Index, turns: tuple[str, ...]) -> None:
    picks, session = _play(shelf, *turns)
    name = "Marl Road" if "Marl" in turns[0] else "Tallow Gate"
    assert not [item.title for item in picks if item.title.startswith(name)]
    assert import_taste(export_taste(session)).interests == session.interests


@pytest.mark.parametrize(
    ("turns", "name", "least"),
    [
        (("Tallow Gate books",), "Tallow Gate", 4),
        (("the Marl Road novels",), "Marl Road", 3),
        (("I loved Tallow Gate", "what is next in the series?"), "Tallow Gate", 3),
        (("I liked Marl Road. Is there more in that series?",), "Marl Road", 2),
    ],
)
def test_a_series_that_is_named_comes_first_and_whole(
    shelf: Index, turns: tuple[str, ...], name: str, least: int
) -> None:
    picks, _ = _play(shelf, *turns)
    assert [item.title.startswith(name) for item in picks][:least] == [True] * least


def test_more_by_the_same_is_of_the_maker(shelf: Index) -> None:
    for turns in (("I loved Tallow Gate, more by the same author",), ("I loved Tallow Gate", "anything else by her?")):
        picks, session = _play(shelf, *turns)
        assert any((i.facet, i.value, i.level) == ("author", "Ada Holm", "want") for i in session.interests)
        assert [item.values("author") for item in picks[:3]] == [("Ada Holm",)] * 3


@pytest.mark.parametrize(
    ("message", "most"),
    [
        ("a siege, one per author", 1),
        ("a siege, each by a different author", 1),
        ("a siege, no more than one by the same author", 1),
        ("a siege, please don't repeat authors", 1),
        ("five sieges by different authors", 1),
        ("a siege, no two by the same writer", 1),
        ("a siege, with no author twice", 1),
        ("A siege. Each one by a different author, please.", 1),
        ("a siege, but not just one author", 2),
        ("a siege, at most two of one author", 2),
    ],
)
def test_so_many_of_each_are_shown(shelf: Index, message: str, most: int) -> None:
    picks, session = _play(shelf, message)
    authors = [item.values("author") for item in picks]
    assert max(map(authors.count, authors)) <= most
    again, _ = _play(shelf, message, "a heist")
    authors = [item.values("author") for item in again]
    assert max(map(authors.count, authors)) <= most, "it holds until it is taken back"
    limit = next(i for i in session.interests if i.level == "never")
    assert limit.value == f"more than {most} by one maker"


@pytest.mark.parametrize(
    "question", ["Is The Quiet Forge by the same author?", "the same author?", "is there a sequel?"]
)
def test_a_question_about_makers_wishes_for_nothing(shelf: Index, question: str) -> None:
    _, before = _play(shelf, "I loved Tallow Gate")
    _, after = _play(shelf, "I loved Tallow Gate", question)
    assert not [i for i in after.interests if i.facet in ("author", "series")]
    assert len(after.interests) <= len(before.interests) + 1


def test_less_of_a_maker_is_less_and_not_more(shelf: Index) -> None:
    _, session = _play(shelf, "a siege", "less of Ada Holm please")
    assert [(i.level, i.value) for i in session.interests if i.facet == "author"] == [("less", "Ada Holm")]


def test_another_limit_takes_the_place_of_the_first(shelf: Index) -> None:
    _, session = _play(shelf, "a siege, one per author", "two per author")
    assert [i.value for i in session.interests if i.level == "never"] == ["more than 2 by one maker"]


def test_what_is_known_may_be_shown_again_where_that_is_asked_for(shelf: Index) -> None:
    known = {"Starless Ferry", "Harrow Lane"}
    picks, session = _play(shelf, "I loved Starless Ferry and Harrow Lane", "something to reread")
    assert {item.title for item in picks} == known
    picks, _ = _play(shelf, "I loved Starless Ferry and Harrow Lane", "something to reread", "something new please")
    assert not known.intersection(item.title for item in picks)
    assert session.screen.mode == "seen"
    picks, _ = _play(shelf, "I loved Starless Ferry and Harrow Lane", "nothing new tonight, which should I read again?")
    assert {item.title for item in picks} == known
    _, told = _play(shelf, "I loved Starless Ferry", "I don't want to read it again, a siege")
    assert told.screen.mode == "new"


def test_what_stands_back_is_said_to(shelf: Index) -> None:
    assistant = Assistant(shelf)
    page = assistant.reply("a siege like Tallow Gate", k=5)
    instead = [n for n, pick in enumerate(page.picks) if pick.instead]
    assert instead, "others have the places of more of the series"
    found = counterfactual(shelf, page.session.effective_interests, page.picks[instead[0]].item.id, (), 1)
    told = decision_path(page, instead[0], found, shelf.schema, page_speech())["standing"]
    assert "was set aside for the next page" in told
    away = next(
        item
        for item in shelf.catalogue.items
        if item.title.startswith("Tallow Gate:") and item.id not in page.session.shown
    )
    why = assistant.reply(f"Why is {away.title} not here?", page.session, k=5)
    assert "waits for the next page" in why.text
    one = assistant.reply("a siege, one per author", k=5)
    away = next(i for i in shelf.catalogue.items if i.id not in one.session.shown and i.values("genres")[0] == "siege")
    why = assistant.reply(f"Why is {away.title} not here?", one.session, k=5)
    assert "you said how many there may be" in why.text


@pytest.mark.parametrize(
    "text",
    [
        "a book by one author",
        "another siege",
        "the series of events",
        "an author's life",
        "a band of thieves",
        "in someone else's kitchen",
        "I stole it from her",
    ],
)
def test_what_only_sounds_so_is_no_cue(text: str) -> None:
    assert not kin_cues(text)


def test_the_words_for_makers_are_one_list_and_know_hosts() -> None:
    """ "By the host of that podcast", "other hosts"."""
    assert [cue.what for cue in kin_cues("something by other hosts")] == ["host"]
