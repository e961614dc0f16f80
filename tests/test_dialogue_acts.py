"""What messages say about the conversation: revisions, moods, places on screen, comparatives, verdicts, questions."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import MENTION, OPEN, Index

from .demo import ALIEN, DUNE, INCEPTION, JAWS, SHOWN, after, kept, parts, said, understand

REVISED = {
    # what was said, what is said then: what is left
    ("a comedy, no romance", "actually romance is fine"): "genres=comedy",
    ("a comedy, no romance", "I'm ok with romance after all"): "genres=comedy",
    ("a comedy, no romance", "you can include romance again"): "genres=comedy",
    ("a comedy, no romance", "I want romance"): "genres=comedy genres=romance",
    ("horror in space", "forget the horror"): "themes=space",
    ("horror in space", "never mind the horror"): "themes=space",
    ("horror in space", "please drop the horror"): "themes=space",
    ("horror in space", "I changed my mind about horror"): "themes=space",
    ("horror in space", "it doesn't have to be horror"): "themes=space",
    ("no horror, in space", "I've changed my mind about horror"): "themes=space",
    ("a comedy", "instead of comedy something sad"): "moods=sad",
    ("a comedy", "something sad instead of comedy"): "moods=sad",
    ("a comedy", "something sad instead"): "moods=sad",
    ("a comedy about space", "a thriller instead"): "genres=thriller themes=space",
    ("a comedy about space", "I'd rather have a thriller"): "genres=thriller themes=space",
    ("a comedy about space", "on second thought, a thriller"): "genres=thriller themes=space",
    ("a comedy", "wait, no, a thriller"): "genres=thriller",
    ("a funny film", "make it a book instead"): "moods=funny kind=book",
    ("a funny film", "make it a book"): "moods=funny kind=book",
    ("jazz", "something scary", "scratch that"): "genres=jazz",
    ("jazz", "something scary", "forget that, something calm"): "genres=jazz moods=calm",
    ("jazz", "something scary", "never mind"): "genres=jazz",
    ("something like Alien", "something like Jaws instead"): f"item={JAWS}",
    ("something like Alien, funny", "forget Alien"): "moods=funny",
    ("films from the 90s", "the year doesn't matter"): "kind=film",
    ("films from the 90s", "any year is fine"): "kind=film",
    ("a comedy under 100 minutes", "I don't care about the length"): "genres=comedy",
    ("horror films", "I don't want horror any more"): "kind=film -genres=horror",
    ("jazz", "forget horror"): "genres=jazz -genres=horror",
    ("jazz", "enough jazz, let's try blues"): "genres=blues",
    ("jazz", "make it rock"): "genres=rock",
    ("jazz", "let's switch to rock"): "genres=rock",
    ("a comedy", "make it funny"): "genres=comedy moods=funny",
    ("films with Tom Hanks", "not Tom Hanks, Bill Murray"): "kind=film -people=Tom·Hanks people=Bill·Murray",
    ("想听爵士乐", "爵士乐不要了"): "",
    ("想听爵士乐", "还是摇滚好了"): "genres=rock kind=album",
    ("想看恐怖片", "不要恐怖了，换成喜剧"): "-genres=horror genres=comedy kind=film",
    ("想看喜剧", "换成恐怖片"): "genres=horror kind=film",
    ("想看喜剧", "还是看恐怖片吧"): "genres=horror kind=film",
    ("想看喜剧", "我改主意了，恐怖片"): "genres=horror kind=film",
    ("想看喜剧", "喜剧就算了，来点恐怖的"): "genres=horror",
    ("想听爵士乐", "想看喜剧", "当我没说"): "genres=jazz kind=album",
    ("喜剧，不要爱情", "其实爱情片也可以"): "genres=comedy kind=film",
    ("喜剧，不要爱情", "有点爱情也没关系"): "genres=comedy",
    ("90年代的喜剧", "年代无所谓"): "genres=comedy",
    ("喜剧", "不一定要喜剧"): "",
}


@pytest.mark.parametrize(("messages", "left"), REVISED.items(), ids=map(" | ".join, REVISED))
def test_what_is_taken_back_is_gone(messages: tuple[str, ...], left: str) -> None:
    assert kept(after(*messages)) == parts(left)


def test_own_phrases_about_what_is_gone_go_with_it() -> None:
    phrases = [i.value for i in after("horror in space", "forget the horror").interests if i.facet == OPEN]
    assert phrases == []
    assert [i.value for i in after("no clowns", "clowns are fine").interests] == []


@pytest.mark.parametrize(
    "text", ["I forget the name of the film", "never forget the classics", "it may take that back"]
)
def test_words_of_revision_in_other_sentences_take_nothing_back(text: str) -> None:
    assert understand(text, after("a comedy")).dropped == ()


def test_taking_back_without_anything_before_it_says_nothing() -> None:
    found = understand("scratch that")
    assert (found.interests, found.dropped) == ((), ())


CHEER, CALM = "moods=uplifting moods=feel-good", "moods=calm moods=light-hearted"
FELT = {
    "I'm sad, cheer me up": CHEER,
    "feeling down": CHEER,
    "I feel a bit blue tonight": CHEER,
    "I had a rough day": CHEER,
    "my day was awful": CHEER,
    "心情不好": CHEER,
    "今天很难过": CHEER,
    "I'm tired": CALM,
    "so tired after work...": CALM,
    "I'm stressed out and need to relax": CALM,
    "好累，想放松一下": CALM,
    "exhausted": CALM,
    "bored to death": "moods=energetic moods=intense",
    "make me laugh": "moods=funny moods=uplifting",
    "scare me": "moods=scary moods=creepy",
    "something to make me cry": "moods=heartbreaking moods=sad",
    # who says what they want gets that
    "I'm sad and I want a sad film": "moods=sad kind=film",
    "今天心情不好，想看点轻松的": "moods=light-hearted",
    # no states
    "something sad": "moods=sad",
    "I want something sad": "moods=sad",
    "I'm so tired of horror": "-genres=horror",
    "a sad film": "moods=sad kind=film",
}


@pytest.mark.parametrize(("text", "expected"), FELT.items(), ids=FELT)
def test_who_is_sad_wants_to_be_cheered_up(text: str, expected: str) -> None:
    assert said(text) == parts(expected)


PLACES = {
    "the second one": f"item={ALIEN}",
    "more like the second": f"item={ALIEN}",
    "number 3": f"item={DUNE}",
    "I like #2": f"item={ALIEN}",
    "2": f"item={ALIEN}",
    "the last two": f"item={ALIEN} item={DUNE}",
    "the first and third one": f"item={INCEPTION} item={DUNE}",
    "the second and third": f"item={ALIEN} item={DUNE}",
    "not the first one": f"-item={INCEPTION}",
    "anything but #1": f"-item={INCEPTION}",
    "第二个": f"item={ALIEN}",
    "第一部不错": f"item={INCEPTION}",
    "类似第一部的": f"item={INCEPTION}",
    "不要最后一个": f"-item={DUNE}",
    "前两个": f"item={INCEPTION} item={ALIEN}",
    "the shortest one": f"item={ALIEN}",
    "the newest of these": "year=highest",
    "最老的那个": f"item={DUNE}",
    # not on screen
    "the first film by Kurosawa": "kind=film makers=Akira·Kurosawa",
    "second world war films": "themes=world·war·ii kind=film",
    "his second album": "kind=album",
    "the ninth one": "",
    "both": "",
    "第二次世界大战": "themes=world·war·ii",
}


@pytest.mark.parametrize(("text", "expected"), PLACES.items(), ids=PLACES)
def test_places_on_screen(text: str, expected: str) -> None:
    assert said(text, *SHOWN) == parts(expected)


@pytest.mark.parametrize("text", ["that one", "I like this film", "这部不错", "more like that one", "more like that"])
def test_that_one_is_the_only_one(text: str) -> None:
    assert said(text, ALIEN) == {f"item={ALIEN}"}


@pytest.mark.parametrize("text", ["that one", "this film, please", "这部"])
def test_that_one_of_several_is_nobody_knows_which(text: str) -> None:
    assert not [part for part in said(text, *SHOWN) if MENTION in part]


@pytest.mark.parametrize("text", ["both", "I love both of them", "这两部都不错"])
def test_both_are_the_two_on_screen(text: str) -> None:
    assert said(text, ALIEN, DUNE) == {f"item={ALIEN}", f"item={DUNE}"}


COMPARED = {
    "like Inception but funnier": f"item={INCEPTION} moods=funny",
    "like Inception but less violent": f"item={INCEPTION} ~moods=violent",
    "something like Inception but shorter": f"item={INCEPTION} minutes=<·148",
    "like Inception, but a bit older": f"item={INCEPTION} year=<·2010",
    "like Dune but newer": f"item={DUNE} year=>·1965",
    "like Dune but shorter": f"item={DUNE} pages=<·610",
    "like Dune but not as long": f"item={DUNE} pages=<·610",
    "the second one but shorter": f"item={ALIEN} minutes=<·117",
    "像第二个但更短": f"item={ALIEN} minutes=<·117",
    "films older than Alien": "kind=film year=<·1979",
    "longer than the second one": "minutes=>·117",
    "something longer": "minutes=>·148",
    "shorter please": "minutes=<·117",
    "newer films": "kind=film year=>·2010",
    "短一点": "minutes=<·117",
    "有没有更长的": "minutes=>·148",
    "a book like Alien but shorter": f"kind=book item={ALIEN}",  # minutes say nothing of pages
    "no longer interested in horror": "-genres=horror",
    "I like older films": "kind=film",
}


@pytest.mark.parametrize(("text", "expected"), COMPARED.items(), ids=COMPARED)
def test_comparatives_are_ranges_of_the_numbers_of_what_is_meant(text: str, expected: str) -> None:
    assert said(text, *SHOWN) == parts(expected)


def test_with_nothing_to_compare_a_comparative_is_no_range() -> None:
    assert said("something longer") == set()


@pytest.mark.parametrize("text", ["something like Inception but shorter", "like Inception, only not as long"])
def test_a_work_that_is_named_is_compared_with_though_nothing_is_shown(text: str) -> None:
    assert said(text) == parts(f"item={INCEPTION} minutes=<·148")


JUDGED = {
    "loved Alien and Inception but hated Jaws": f"item={ALIEN} item={INCEPTION} -item={JAWS}",
    "I hated Alien and Jaws": f"-item={ALIEN} -item={JAWS}",
    "Alien and Jaws were both boring": f"-item={ALIEN} -item={JAWS}",
    "Alien, Jaws and Inception were great": f"item={ALIEN} item={JAWS} item={INCEPTION}",
    "the first two were boring": f"-item={INCEPTION} -item={ALIEN}",
    "第一个和第二个都不好看": f"-item={INCEPTION} -item={ALIEN}",
    # with a reason, which does not last
    "the second one is too long": f"-item={ALIEN} -minutes=>=·117!",
    "Inception is too long": f"-item={INCEPTION} -minutes=>=·148!",
    "the third is too old": f"-item={DUNE} -year=<=·1965!",
    "the second one isn't long enough": f"-item={ALIEN} -minutes=<=·117!",
    "the second one is a bit too violent for me": f"-item={ALIEN} ~moods=violent!",
    "not a fan of Alien": f"-item={ALIEN}",
    "Alien was too scary": f"-item={ALIEN} ~moods=scary!",
    "the second one isn't funny enough": f"-item={ALIEN} moods=funny",
    "第二个太长了": f"-item={ALIEN} -minutes=>=·117!",
    "第二个太恐怖了": f"-item={ALIEN} ~genres=horror!",
    "第一个不够搞笑": f"-item={INCEPTION} moods=funny",
}


@pytest.mark.parametrize(("text", "expected"), JUDGED.items(), ids=JUDGED)
def test_a_verdict_is_of_all_that_is_named_together(text: str, expected: str) -> None:
    assert said(text, *SHOWN) == parts(expected)


@pytest.mark.parametrize("text", ["it's too long", "that is too long", "too long"])
def test_a_reason_is_of_the_only_item_on_screen(text: str) -> None:
    assert said(text, ALIEN) == {f"-item={ALIEN}", "-minutes=>= 117!"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("I've seen Alien, Jaws and Inception", {ALIEN, JAWS, INCEPTION}),
        ("seen Alien and Jaws", {ALIEN, JAWS}),
        ("I already know Alien", {ALIEN}),
        ("I've seen Alien but not Jaws", {ALIEN}),
        ("I haven't seen Alien", set()),
        ("I've never seen Alien or Jaws", set()),
        ("I've seen the second one", {ALIEN}),
        ("I've already seen the last two", {ALIEN, DUNE}),
        ("第二个我看过", {ALIEN}),
        ("看过《Alien》和《Jaws》", {ALIEN, JAWS}),
        ("没看过第二个", set()),
    ],
)
def test_what_is_said_to_be_known(text: str, known: set[str]) -> None:
    assert set(understand(text, Session().show(SHOWN)).seen) == known


LATER = {
    "not the second one tonight": {ALIEN},
    "the second one, but not tonight": {ALIEN},
    "maybe later for the second one": {ALIEN},
    "save the third one for later": {DUNE},
    "I'm not in the mood for Inception tonight": {INCEPTION},
    "the first two another time": {INCEPTION, ALIEN},
    "第二个改天再看": {ALIEN},
    "第一部今天不想看": {INCEPTION},
    "not tonight": set(),  # which of the three?
    "no horror tonight": set(),
}


@pytest.mark.parametrize(("text", "later"), LATER.items(), ids=LATER)
def test_what_is_put_off_is_no_dislike(text: str, later: set[str]) -> None:
    found = understand(text, Session().show(SHOWN))
    assert set(found.later) == later
    assert not [i for i in found.interests if i.facet == MENTION]


@pytest.mark.parametrize("text", ["not now", "maybe later", "not tonight", "another time perhaps", "改天再看"])
def test_the_only_item_on_screen_is_what_is_put_off(text: str) -> None:
    found = understand(text, Session().show([ALIEN]))
    assert found.later == (ALIEN,) and found.interests == ()
    assert understand(text).later == ()


STRONG = {
    "maybe a bit of jazz": {"jazz": 0.5},
    "jazz, and maybe some blues": {"jazz": 1.0, "blues": 0.5},
    "a comedy, ideally romantic": {"comedy": 1.0, "romantic": 0.5},
    "definitely jazz": {"jazz": 1.0},
    "blues and above all jazz": {"blues": 0.75, "jazz": 1.0},
    "it must be funny, about space": {"funny": 1.0, "space": 0.75},
    "a comedy; romance is less important": {"comedy": 1.0, "romance": 0.5},
    "a romance, but comedy is more important": {"romance": 0.75, "comedy": 1.0},
    "I really like comedies and dramas": {"comedy": 1.0, "drama": 1.0},
    "喜剧，最好浪漫": {"comedy": 1.0, "romance": 0.5},
    "一定要搞笑，关于太空": {"funny": 1.0, "space": 0.75},
}


@pytest.mark.parametrize(("text", "strengths"), STRONG.items(), ids=STRONG)
def test_how_much_things_matter(text: str, strengths: dict[str, float]) -> None:
    found = understand(text).interests
    assert {i.value: i.strength for i in found if i.facet != OPEN} == strengths


ASKED = {
    "tell me about Alien": ("ask", {ALIEN}),
    "tell me more about alien": ("ask", {ALIEN}),
    "what is the second one about?": ("ask", {ALIEN}),
    "who directed Inception?": ("ask", {INCEPTION}),
    "is the first one scary?": ("ask", {INCEPTION}),
    "how long is Dune": ("ask", {DUNE}),
    "why did you pick the third one?": ("ask", {DUNE}),
    "what's it about?": ("ask", {INCEPTION}),  # the one that comes closest
    "compare Alien and Inception": ("compare", {ALIEN, INCEPTION}),
    "compare the first two": ("compare", {INCEPTION, ALIEN}),
    "what's the difference between Alien and Dune": ("compare", {ALIEN, DUNE}),
    "is there a lot of violence in Alien?": ("ask", {ALIEN}),
    "第二部的导演是谁": ("ask", {ALIEN}),
    "Alien vs Inception": ("compare", {ALIEN, INCEPTION}),
    "which would you pick?": ("compare", set(SHOWN)),
    "Alien or Inception?": ("compare", {ALIEN, INCEPTION}),
    "which of these is shorter": ("compare", set(SHOWN)),
    "which one would you recommend?": ("compare", set(SHOWN)),
    "介绍一下第二部": ("ask", {ALIEN}),
    "第二部讲什么": ("ask", {ALIEN}),
    "《Alien》讲的是什么": ("ask", {ALIEN}),
    "第一部恐怖吗": ("ask", {INCEPTION}),
    "比较一下第一部和第二部": ("compare", {INCEPTION, ALIEN}),
    "哪个更短": ("compare", set(SHOWN)),
}


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_questions_change_no_interest(text: str, expected: tuple[str, set[str]]) -> None:
    before = after("a comedy, no horror", shown=SHOWN)
    found = understand(text, before)
    assert (found.intent, set(found.about)) == expected
    assert (found.interests, found.dropped, found.seen, found.later) == ((), (), (), ())


@pytest.mark.parametrize(("text", "about"), [("which of the two is shorter", 2), ("is it scary?", 1)])
def test_what_is_asked_about_is_on_screen(text: str, about: int) -> None:
    assert understand(text, Session().show(SHOWN[:about])).about == SHOWN[:about]


def test_what_stands_beside_a_question_counts() -> None:
    found = understand("tell me about Alien, but no horror please", Session().show(SHOWN))
    assert (found.intent, found.about) == ("ask", (ALIEN,))
    assert [(i.value, i.level) for i in found.interests] == [("horror", "never")]


NO_QUESTION = {
    "tell me about space comedies": "themes=space genres=comedy",
    "something about aliens": "themes=aliens",
    "is there anything by Spielberg": "makers=Steven·Spielberg",
    "a film which is funny": "kind=film moods=funny",
    "what about a comedy?": "genres=comedy",
}


@pytest.mark.parametrize(("text", "expected"), NO_QUESTION.items(), ids=NO_QUESTION)
def test_wishes_in_the_form_of_questions(text: str, expected: str) -> None:
    assert understand(text, Session().show(SHOWN)).intent == "recommend"
    assert said(text, *SHOWN) == parts(expected)


@pytest.mark.parametrize(
    "text", ["hello!", "hi there", "你好", "谢谢", "thanks a lot", "Bonjour !", "спасибо", "好的，谢谢"]
)
def test_courtesies_say_nothing(text: str) -> None:
    found = understand(text)
    assert found.interests == () and found.intent in ("small_talk", "feedback")


@pytest.mark.parametrize(
    "text", ["thanks, but no horror", "hi! no horror please", "你好，不要恐怖", "谢谢，但不要恐怖"]
)
def test_what_is_said_with_courtesy_counts(text: str) -> None:
    found = understand(text)
    assert found.intent == "recommend"
    assert [(i.value, i.level) for i in found.interests] == [("horror", "never")]


@pytest.mark.parametrize(
    "text", ["换一批", "换一个", "再来几个", "another one", "none of these", "not these, something else"]
)
def test_other_picks_are_asked_for(text: str) -> None:
    found = understand(text, Session().show(SHOWN))
    assert found.intent == "more" and not [i for i in found.interests if i.facet != OPEN]


@pytest.mark.parametrize("text", ["换个话题", "forget everything", "something completely different", "换一种类型"])
def test_another_topic(text: str) -> None:
    assert understand(text, after("a comedy", shown=SHOWN)).intent == "new_topic"


UNKNOWN = {
    "a film by Zarquon Blip": "Zarquon Blip",
    "films starring Zarquon Blip, no horror": "Zarquon Blip",
    "a film with Ottilie Brandvik": "Ottilie Brandvik",
    "books by zarquon blip": "zarquon blip",
    "something like Zorblax": "Zorblax",
    "a film by Ludwig van Zorblax": "Ludwig van Zorblax",
}


@pytest.mark.parametrize(("text", "name"), UNKNOWN.items(), ids=UNKNOWN)
def test_a_name_that_the_catalogue_lacks_is_said_to_be_taken_as_words(text: str, name: str) -> None:
    found = understand(text)
    assert found.note == f"No “{name}” in this catalogue; taken as words."
    own = [i.value for i in found.interests if i.facet == OPEN]
    assert own and all(name in value for value in own)


@pytest.mark.parametrize(
    "text", ["a film by Spielberg", "something like Alien", "by the sea", "films with Romance", "no X"]
)
def test_nothing_is_said_of_names_that_are_known_or_none(text: str) -> None:
    assert understand(text).note == ""


@pytest.mark.parametrize(
    "text",
    [
        "Je voudrais un film triste",
        "Посоветуй комедию",
        "أريد فيلم رعب",
        "मुझे एक कॉमेडी फिल्म चाहिए",
        "おすすめの映画は？",
        "我想看点特别的",
    ],
)
def test_any_language_gives_at_least_an_open_interest(text: str) -> None:
    own = [i for i in understand(text).interests if i.facet == OPEN]
    assert len(own) == 1
    assert own[0].parked is not text.isascii()


@pytest.mark.parametrize(
    ("text", "wanted", "rejected"),
    [
        ("Je voudrais une comédie, pas d'horreur", "Je voudrais une comédie", "d'horreur"),
        ("ein Film ohne Gewalt", "ein Film", "Gewalt"),
        ("una commedia senza violenza", "una commedia", "violenza"),
    ],
)
def test_what_other_languages_reject_stays_out_of_what_they_want(text: str, wanted: str, rejected: str) -> None:
    own = {(i.value, i.level) for i in understand(text).interests if i.facet == OPEN}
    assert own == {(wanted, "want"), (rejected, "never")}


@pytest.fixture(scope="module")
def assistant(index: Index) -> Assistant:
    return Assistant(index)


def test_what_the_catalogue_lacks_is_a_note_of_the_reply(assistant: Assistant) -> None:
    assert assistant.reply("a film by Zarquon Blip").notes == ("No “Zarquon Blip” in this catalogue; taken as words.",)


def test_a_conversation_about_what_is_shown(assistant: Assistant) -> None:
    first = assistant.reply("some sci-fi", k=3)
    second = first.picks[1].item
    told = assistant.reply("tell me about the second one", first.session)
    assert told.picks == first.picks and second.title in told.text and first.picks[0].item.title not in told.text
    assert told.session.interests == first.session.interests
    shorter = assistant.reply("something shorter", told.session, k=3)
    limit = second.number("minutes")
    assert shorter.picks and all(pick.item.number("minutes") < limit for pick in shorter.picks)


def test_a_reason_lapses_and_a_dislike_does_not(assistant: Assistant) -> None:
    first = assistant.reply("some sci-fi", k=3)
    disliked = first.picks[0].item
    reply = assistant.reply("the first one is too long", first.session, k=9)
    longest = disliked.number("minutes")
    assert all(not pick.item.number("minutes") >= longest for pick in reply.picks)
    for text in ("a drama", "a thriller", "an adventure", "a film"):
        reply = assistant.reply(text, reply.session, k=12)
    assert any(pick.item.number("minutes") >= longest for pick in reply.picks)
    assert disliked.id not in {pick.item.id for pick in reply.picks}


def test_what_is_put_off_comes_back_with_another_topic(assistant: Assistant) -> None:
    first = assistant.reply("some sci-fi", k=1)
    (off,) = first.session.shown
    later = assistant.reply("not now", first.session, k=9)
    assert off not in later.session.shown
    again = assistant.reply("change of topic: sci-fi", later.session, k=9)
    assert off in again.session.shown
