"""Messages over the demo's vocabulary, English and Chinese, and any text at all. No encoder is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from penchant.assistant import Session, merge
from penchant.assistant.understanding.cues import intent_of
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.tagger import MESSAGE_STRENGTH, RuleTagger
from penchant.retriever import MENTION, OPEN, Catalogue, Interest, Item, Level, infer_schema

from .demo import ALIEN, DUNE, INCEPTION, SHOWN, after, check_understanding, demo, parts, said, understand


def phrases(text: str) -> list[tuple[str, Level]]:
    return [(i.value, i.level) for i in understand(text).interests if i.facet == OPEN]


EXACT = {
    # values
    "something funny about space, but no horror": "moods=funny themes=space -genres=horror",
    "cyberpunk films and music to match": "kind=film kind=album themes=cyberpunk",
    "a funny novel set in space": "moods=funny kind=book themes=space",
    "French comedies": "language=French genres=comedy",
    "a film from France": "kind=film country=France",
    "Korean thrillers": "language=Korean genres=thriller",
    "more comedy": "genres=comedy",
    "books about war": "kind=book themes=war",
    "I'm in the mood for something dark": "moods=dark",
    "SPACE COMEDIES!": "themes=space genres=comedy",
    "a rom-com": "genres=romantic·comedy",
    # names
    "films by steven spielberg": "kind=film makers=Steven·Spielberg",
    "FILMS BY STEVEN SPIELBERG": "kind=film makers=Steven·Spielberg",
    "films by Spielberg": "kind=film makers=Steven·Spielberg",
    "films with tom hanks": "kind=film people=Tom·Hanks",
    "nothing with tom hanks": "-people=Tom·Hanks",
    "music by Radiohead": "kind=album makers=Radiohead",
    "i like radiohead": "makers=Radiohead",
    "I love Miyazaki": "makers=Hayao·Miyazaki",
    "Cameroon films": "kind=film",
    # spelling
    "a horroe film": "kind=film genres=horror",
    "Spielburg films": "kind=film makers=Steven·Spielberg",
    "movies by Tarentino": "kind=film makers=Quentin·Tarantino",
    "movies directed by Stanley Kubrik": "kind=film makers=Stanley·Kubrick",
    "it was boring": "",
    # numbers
    "a comedy under 100 minutes": "genres=comedy minutes=<·100",
    "a comedy from the 90s": "genres=comedy year=1990..1999",
    "films between 1990 and 2000": "kind=film year=1990..2000",
    "not under 100 minutes": "minutes=>=·100",
    "not from the 80s": "-year=1980..1989",
    "from the 80s or 90s": "year=1980..1989 year=1990..1999",
    # polarity
    "no horror, war or romance": "-genres=horror -genres=war -themes=war -genres=romance -moods=romantic",
    "anything but horror": "-genres=horror",
    "a thriller, not too violent": "genres=thriller ~moods=violent",
    "I want a comedy, not a drama": "genres=comedy -genres=drama",
    "I don't like war, but I love romance": "-genres=war -themes=war genres=romance",
    "neither horror nor romance": "-genres=horror -genres=romance -moods=romantic",
    "less dark and more funny": "~moods=dark moods=funny",
    "no problem with horror": "",
    "nothing but horror": "genres=horror",
    "horror, but no zombies or vampires": "genres=horror -themes=zombies -themes=vampires",
    "no horror films": "-genres=horror kind=film",
    "a horror film": "kind=film genres=horror",
    "thoughtful science fiction films": "kind=film genres=science·fiction",
    "film noir": "genres=film·noir",
    "something scary but not a film": "moods=scary -kind=film",
    # mentions
    "like Inception but funnier": f"item={INCEPTION} moods=funny",
    "like inception but funnier": f"item={INCEPTION} moods=funny",
    "sci-fy films": "kind=film genres=science·fiction",
    "no scary films": "-moods=scary kind=film",
    "I don't want violent movies": "-moods=violent",
    "不要血腥的电影": "-moods=violent",
    "books before 1950": "kind=book year=<·1950",
    "Alien was boring": f"-item={ALIEN}",
    "I hated Alien": f"-item={ALIEN}",
    "Alien is great, no horror": f"item={ALIEN} -genres=horror",
    "I loved Inception but hated The Matrix": f"item={INCEPTION} -item=film-the-matrix-1999",
    "like Inception or The Matrix, but no horror": f"item={INCEPTION} item=film-the-matrix-1999 -genres=horror",
    "something like the shining but less scary": "item=film-the-shining-1980 ~moods=scary",
    "an album like Kind of Blue": "kind=album item=album-kind-of-blue-1959",
    'something like "Alien"': f"item={ALIEN}",
    "something like 'Alien'": f"item={ALIEN}",
    "something like “Alien”": f"item={ALIEN}",
    "Alien (1979)": f"item={ALIEN}",
    "Alien 1979": f"item={ALIEN}",
    "I liked Her": "item=film-her-2013",
    # Chinese
    "我喜欢听流行音乐": "genres=pop",
    "想看轻松的科幻片，但不要恐怖": "moods=light-hearted genres=science·fiction -genres=horror kind=film",
    "想听爵士乐": "genres=jazz kind=album",
    "推荐一本推理小说": "genres=mystery",
    "不要恐怖片": "-genres=horror",
    "有没有关于美食的纪录片": "themes=food genres=documentary kind=film",
    "我讨厌战争片": "-genres=war -themes=war",
    "除了恐怖片都可以": "-genres=horror",
    "不要爱情、战争和恐怖": "-genres=romance -moods=romantic -genres=war -themes=war -genres=horror",
    "不看恐怖片，想看喜剧": "-genres=horror genres=comedy",
    "不太暴力的惊悚片": "~moods=violent genres=thriller kind=film",
    "没有暴力的喜剧": "-moods=violent genres=comedy",
    "太空喜剧": "themes=space genres=comedy",
    "浪漫的法国电影": "genres=romance language=French kind=film",
    "90年代的电影": "kind=film year=1990..1999",
    "100分钟以内的电影": "kind=film minutes=<=·100",
    "2000年以后的科幻片": "genres=science·fiction year=>=·2000 kind=film",
    # small talk
    "hi there": "",
    "how are you?": "",
    "how does this work?": "",
    "who are you?": "",
    "你会做什么？": "",
    "thanks!": "",
    "what should I watch tonight?": "",
}


@pytest.mark.parametrize(("text", "expected"), EXACT.items(), ids=EXACT)
def test_what_a_message_says(text: str, expected: str) -> None:
    assert said(text) == parts(expected)


ORDINARY = [
    "it was good",
    "It was good fun",
    "we had a long night",
    "what's up",
    "get out",
    "it is about us",
    "I feel like it",
    "That was great",
    "I read it on the road to work",
    "she said yes to her boss",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_words_of_ordinary_sentences_are_not_titles(text: str) -> None:
    assert not [i for i in understand(text).interests if i.facet == MENTION]


@pytest.mark.parametrize("text", ["hi there", "hello", "ok", "thanks!", "👍", "no", "yes please", "how are you?", "。"])
def test_chit_chat_gives_no_interest(text: str) -> None:
    found = understand(text)
    assert found.interests == () and found.intent in ("small_talk", "feedback")


OPENED = {
    "something funny about space, but no horror": [("something funny about space", "want")],
    "a scary film without blood": [("blood", "never"), ("a scary film", "want")],
    "fewer explosions": [("explosions", "less")],
    "no clowns": [("clowns", "never")],
    "films without Tom Cruise": [("Tom Cruise", "never")],
    "no horror": [],
}


@pytest.mark.parametrize(("text", "expected"), OPENED.items(), ids=OPENED)
def test_own_phrases_leave_out_what_is_rejected(text: str, expected: list[tuple[str, Level]]) -> None:
    assert phrases(text) == expected


def test_a_chinese_phrase_is_parked_as_the_encoder_cannot_read_it() -> None:
    (phrase,) = [i for i in understand("我喜欢听流行音乐").interests if i.facet == OPEN]
    assert phrase.parked and phrase.value == "我喜欢听流行音乐"


def test_of_two_works_of_one_title_the_year_decides_or_else_the_prior() -> None:
    fields = {"kind": "film", "genres": ("drama",)}
    items = [
        Item("old", "Solaris", fields={**fields, "year": 1972, "popularity": 9}),
        Item("new", "Solaris", fields={**fields, "year": 2002, "popularity": 3}),
        Item("1984", "1984", fields={**fields, "year": 1956, "popularity": 1}),
    ]
    decomposer = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))))
    texts = ("like Solaris", "like Solaris (2002)", "like Solaris 1972", "books like 1984")
    assert [decomposer.understand(text, Session()).seen for text in texts] == [("old",), ("new",), ("old",), ("1984",)]


# what depends on the conversation

ON_SCREEN = {
    "more like the second one": f"item={ALIEN}",
    "the second one": f"item={ALIEN}",
    "not the last one": f"-item={DUNE}",
    "I loved the first one": f"item={INCEPTION}",
    "the ninth one": "",
}


@pytest.mark.parametrize(("text", "expected"), ON_SCREEN.items(), ids=ON_SCREEN)
def test_items_on_screen_are_meant_by_their_place(text: str, expected: str) -> None:
    assert said(text, *SHOWN) == set(expected.split())


VERDICTS = {
    "I love it": f"item={INCEPTION}",
    "loved it!": f"item={INCEPTION}",
    "it was boring": f"-item={INCEPTION}",
    "I hate it": f"-item={INCEPTION}",
    "not for me": f"-item={INCEPTION}",
    "I haven't seen it": "item=film-inception-2010",
}


@pytest.mark.parametrize(("text", "expected"), VERDICTS.items(), ids=VERDICTS)
def test_a_verdict_is_about_the_only_item_on_screen(text: str, expected: str) -> None:
    assert said(text, INCEPTION) == set(expected.split())
    assert said(text) == set()


def test_to_have_seen_it_says_less_than_to_like_it() -> None:
    seen, liked = understand("I've seen Inception").interests[0], understand("I loved Inception").interests[0]
    assert 0 < seen.strength < liked.strength == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("a comedy, no horror", "actually horror is fine"),
        ("a comedy, no horror", "Actually, scary movies and horror are ok"),
        ("喜剧，不要恐怖", "恐怖也可以"),
        ("a comedy, less horror", "horror sounds good"),
    ],
)
def test_what_is_fine_again_is_dropped(first: str, then: str) -> None:
    session = after(first, then)
    assert "horror" not in {i.value for i in session.interests if i.level != "want"}
    assert "comedy" in {i.value for i in session.interests}


@pytest.mark.parametrize(
    "text", ["something completely different", "change of topic: jazz albums", "Let's start over", "换个话题"]
)
def test_new_topic_parks_what_was_wanted(text: str) -> None:
    assert understand(text).intent == "new_topic"
    kept = {i.value: i.parked for i in after("a comedy, no horror", text).interests}
    assert kept["comedy"] is True and kept["horror"] is False


@pytest.mark.parametrize("text", ["more", "more please", "something else", "show me more", "any others?", "what else"])
def test_more_hides_what_was_shown(text: str) -> None:
    assert understand(text, Session().show(SHOWN)).intent == "more"
    assert after(text, shown=SHOWN).hidden == SHOWN


@pytest.mark.parametrize(
    "text",
    [
        "under 120 dollars, not a penny more",
        "ninety minutes and not a second more",
        "from 2000 on, no more",
        "20€ more",
        "two seats more",
        "not a single gram more",
        "three bedrooms, not any more",
    ],
)
def test_more_of_an_amount_asks_for_no_other_picks(text: str) -> None:
    assert intent_of(text, True, Session().show(SHOWN)) != "more"


@pytest.mark.parametrize(
    "text",
    ["two more", "a few more", "no, more please", "one more", "and more", "give me a bit more", "show ten more"],
)
def test_more_picks_are_asked_for(text: str) -> None:
    assert intent_of(text, True, Session().show(SHOWN)) == "more"


def test_more_of_a_kind_is_a_wish() -> None:
    assert understand("more comedy", Session().show(SHOWN)).intent == "recommend"


# any text at all

PIECES = st.sampled_from(
    [
        *EXACT,
        *ORDINARY,
        "no ",
        "not ",
        "less ",
        "but ",
        ", ",
        "，",
        "under ",
        "between 10 and 9 minutes",
        "'90s",
        "50年代",
        "🎬👩‍🚀",
        "'; DROP TABLE items;--",
        "<script>alert(1)</script>",
        "\x00\x1b[31m",
        "שלום עולם",
        "\u202e",
        "٩٩ دقيقة",
        "under ٩٩ minutes",
        "²",
        "ﬁlms",
        "İstanbul",
        "\ud7ff",
        "《",
        "（1979）",
        "’",
        '"',
    ]
)
TEXTS = st.text(max_size=200) | st.lists(PIECES, min_size=1, max_size=12).map(" ".join) | st.lists(PIECES).map("".join)
SESSIONS = st.deferred(
    lambda: st.sampled_from([Session(), Session().show(SHOWN), after("a comedy, no horror", shown=SHOWN[:1])])
)


def check(text: str, session: Session) -> None:
    found = understand(text, session)
    check_understanding(found, demo())
    assert all(interest.quote in text for interest in found.interests)
    assert set(found.seen) <= {i.item for i in found.interests if i.facet == MENTION} | set(found.about)
    merge(session, found, text, demo().schema, decay=0.3)


@given(TEXTS, SESSIONS)
@example("no film by steven spielbe no film by steven spielbe", Session())
@example("BEFORE 1800!NO)BEFORE 1800", Session())
@settings(max_examples=300)
def test_any_text_is_understood(text: str, session: Session) -> None:
    check(text, session)


LONG = [
    "a",
    "no horror, ",
    "not ",
    "not a ",
    "I do not really ",
    "between 1 and ",
    "科幻",
    "不",
    "'",
    "( ",
    "like Alien ",
    "é́",
]


@pytest.mark.parametrize("piece", LONG, ids=repr)
def test_eight_thousand_characters_are_understood(piece: str) -> None:
    check((piece * 8000)[:8000].strip(), Session().show(SHOWN))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("films like Alien, The Matrix and Inception", 3),
        ("I have seen Inception", 1),
        ("Inception was boring", 1),
        ("do you have Inception?", 0),
        ("play something, say Inception or Alien", 0),
    ],
)
def test_what_is_asked_for_by_title_may_be_shown(text: str, known: int) -> None:
    assert len(understand(text).seen) == known


@pytest.mark.parametrize(
    "text", ["a film, no horror, war or romance, not too long", "a film for tonight, no horror, war or romance"]
)
def test_a_refused_list_is_refused_to_its_end(text: str) -> None:
    assert {"-genres=horror", "-genres=war", "-themes=war", "-genres=romance"} <= said(text)


def test_a_number_says_how_short_is_meant() -> None:
    ranges = {i.value for i in understand("a short film, under 120 minutes").interests if i.facet == "minutes"}
    assert ranges == {"< 120"}


def test_a_message_is_meant_after_those_before_it() -> None:
    def own(text: str, session: Session) -> Interest:
        return next(
            i for i in understand(text, session).interests if i.facet == OPEN and i.strength == MESSAGE_STRENGTH
        )

    first, then = "something slow by the sea", "with an old fisherman"
    before = after(first)
    assert own(first, Session()).context == "" and own(first, Session()).words == first
    assert own(then, before).context == first and own(then, before).words == f"{first} {then}"
    assert own("and a lighthouse keeper", after(first, then)).context == f"{first} {then}"
    assert own(first, Session()).told == "" and own("no war, " + then, Session()).told == "no war, " + then
    assert own("no war, " + then, before).readings == (f"{first} {then}", f"{first} no war, {then}")
    parked = replace(before, interests=tuple(replace(i, parked=True) for i in before.interests))
    assert own(then, parked).context == "", "what was set aside is no context"
