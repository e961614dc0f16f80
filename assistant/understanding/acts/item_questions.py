"""Questions about items: "tell me about Alien", "is the second one scary?", "compare the first two", 第二部讲什么.

They change no interest. English and Chinese. Knows titles and what is on screen, and nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..cues import Reference
from ..linking import Gazetteer
from ..text import STOPWORDS, tokens

_LONGEST_TITLE, _MOST = 80, 10
_WHAT = r"(?:what(?:['’]s|\s+is|\s+was|\s+are)|whats)"
_QUALITY = r"""(?:better|best|worse|worst|good|(?:more|most|less|least)\s+\w+|\w+er|\w+est|your\s+favou?rite)"""

_NOT_ASKED = r"(?:it|this|that)\s+(?:possible|ok(?:ay)?|all|alright|fine|true|have\s+to)\b"

_ABOUT = re.compile(
    rf"""\b(?:tell\s+me|say|know|hear|learn|information|info|details)\s+
        (?:(?:a\s+bit|a\s+little|more|something|all)\s+)?(?:about|on)\s+
    | \b(?:describe|introduce|explain|summari[sz]e)\s+(?:to\s+me\s+)?
    | \b{_WHAT}\s+(?:(?:the\s+)?(?:plot|story|genre|premise|cast|length|rating|year)\s+of\s+|so\s+special\s+about\s+)?
    | \b(?:is|are)\s+there\s+(?:[\w-]+\s+){{1,5}}?in\s+ | \bwhat\s+happens\s+in\s+
    | \bwhat\s+kind\s+of\s+\w+\s+is\s+ | \bwhat\s+(?:genre|year)\s+(?:is|was)\s+
    | \bwho(?:['’]s|\s+(?:is|was))?\s+(?:(?:in|by|behind)|directed|made|wrote|writes|starred\s+in|stars\s+in|plays?\s+in
        |acts?\s+in|acted\s+in|sings?\s+on|recorded|composed|produced|the\s+(?:director|author|star)\s+of)\s+
    | \bhow\s+(?:long|old|scary|violent|funny|good|sad|dark|big|popular)\s+(?:is|was|are)\s+
    | \bhow\s+many\s+(?:pages|minutes|songs|tracks)\s+(?:are\s+(?:there\s+)?in|has|have|does|is)\s+
    | \bwhen\s+(?:was|did|were|is)\s+ | \bhow\s+does\s+ | \bwhere\s+(?:is|was|does)\s+
    | \bwhy\s+(?:(?:did|do|would|are)\s+you\s+(?:pick|recommend|suggest|choose|show|like|give\s+me)\w*\s+)?
    | (?:^|[.!?,;]\s*)(?:is|are|was|were|does|did|has)\s+(?!{_NOT_ASKED})
    | (?:介绍一?下?|说说|讲讲|聊聊|告诉我(?:关于)?|谁(?:导演|写|演|唱|主演)[了的]?|为什么(?:推荐|选)?)\s*""",
    re.I | re.X,
)
_AFTER_ABOUT = re.compile(
    r"""\s*+(?:[讲说写](?:的)?(?:是)?[什啥甚]么?|是(?:一[部本张])?(?:什么|怎样|怎么样)|怎么样|是?关于什么|有?多[长久少]|是谁
    |的?(?:导演|作者|主演|演员|歌手|主角|结局|剧情|片长|评分)(?:是谁|是什么|怎么样|如何|多少)?(?=$|[?？。])
    |好[看听]吗|[^，。！？]{1,6}吗(?=$|[?？]))""",
    re.X,
)
_COMPARE = re.compile(
    rf"""\b(?:compare|difference(?:s)?\s+between|differ(?:s|ence)?)\s+ | \bhow\s+(?:does|do)\s+(?=.*\bcompare\b)
    | \bwhich\s+(?:is|one\s+is|of\s+\w+\s+is|would\s+be)\s+(?:the\s+)?{_QUALITY}\s*[,:]\s* | 比较一?下?\s*""",
    re.I | re.X,
)
_AFTER_COMPARED = re.compile(
    r"\s*+(?:哪[个部本张首]|有什么(?:区别|不同)|谁更|比[起较]|[,:：]?\s*+which\b|\?\s*+$)", re.I
)
_WHICH = re.compile(
    rf"""\bwhich\s+(?:ones?\s+|of\s+(?:these|those|them|the\s+\w+)\s+)(?:(?:films?|movies?|books?|albums?)\s+)?
        (?:is|are|was|has|have|would|do|does|should|runs|takes)\b(?:\s+(?:the\s+)?{_QUALITY})?
    | \bwhich\s+(?:would|do|should)\s+(?:you|i)\b
    | (?:^|[.!?,;:]\s*|\b(?:and|so|but|know|me)\s+)which\s+is\s+(?:the\s+)?{_QUALITY}\b
    | \bwhat(?:['’]s|\s+is)\s+the\s+\w{{3,}}est\s+(?:one|of\s+(?:these|those|them))\b
    | (?:[这那]?[两几]?[个部本张首]?(?:里|中|之中|当中)?)?哪一?[个部本张首](?:更|最|比较|好|有)""",
    re.I | re.X,
)
_LEAD = re.compile(
    r"\s*+(?:(?:the|this|that)\s++)?(?:(?:film|movie|book|album|novel|song|record)\s*+)?[\"“‘'《]?", re.I
)
_JOINED = re.compile(
    r"""[\"”’'》]?\s*+(?:\(\d{4}\)\s*+)?(?:(?:,\s*+)?\b(?:and|or|with|to|compared?\s+(?:to|with)|vs\.?|versus|than|from)\b
        |[,&、和与跟]|还是)\s*+""",
    re.I | re.X,
)
_VERSUS = re.compile(r"\b(?:vs\b|versus\b)", re.I)
_CLOSING = tuple("\"”’'》")
_IT = re.compile(r"\s*+(it|this|that|them|these|those|they)\b", re.I)
_END = re.compile(r"[.!?;。！？；\n]|[,，]\s*(?!(?:and|or)\s+the\b)|\b(?:but)\b|但", re.I)
_BEHIND: Sequence[tuple[Literal["ask", "compare"], re.Pattern[str]]] = (
    ("ask", _AFTER_ABOUT),
    ("compare", _AFTER_COMPARED),
)
_SENTENCE = re.compile(r"(?:^|[.!?;。！？；\n])\s*+")


@dataclass(frozen=True, slots=True)
class ItemQuestion:
    """A question about items (ids; none if it is unclear which), and where it stands."""

    intent: Literal["ask", "compare"]
    items: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Objects:
    """Reads items (ids) at a place in the text: titles, in whatever case, and what is on screen."""

    text: str
    references: Sequence[Reference]
    shown: Sequence[str]
    gazetteer: Gazetteer

    def at(self, start: int) -> tuple[tuple[str, ...], int]:
        """The items of the list that begins there, and where it ends; none, and `start`, if there is no list."""
        items: list[str] = []
        position, end = start, start
        while len(items) < _MOST and (found := self._one(position)):
            items += found[0]
            end = found[1]
            joint = _JOINED.match(self.text, end)
            if joint is None:
                break
            position = joint.end()
        return tuple(dict.fromkeys(items)), end

    def or_it(self, start: int) -> tuple[tuple[str, ...], int]:
        """The same, or what is on screen for "it" and "them"; no items, and the end of the word, if that is unclear."""
        items, end = self.at(start)
        it = None if items or not self.shown else _IT.match(self.text, start)
        if it is None or self._names_somebody(it.end()):
            return items, end
        several = it[1].lower() in ("them", "these", "those", "they")
        return (tuple(self.shown) if several or len(self.shown) == 1 else ()), it.end()

    def _names_somebody(self, start: int) -> bool:
        """ "Is that the one with Tom Hanks?" speaks of a person as much as of what is on screen."""
        clause = _END.split(self.text[start:])[0]
        return bool(self.gazetteer.find(tokens(clause), lambda e, first, last: e.kind == "name" and last - first > 1))

    def _one(self, start: int) -> tuple[tuple[str, ...], int] | None:
        lead = _LEAD.match(self.text, start)
        begin = lead.end() if lead else start
        for reference in self.references:
            if reference.start in (start, begin) or start <= reference.start <= begin:
                return reference.items, reference.end
        return self._title(start) or self._title(begin)

    def _title(self, start: int) -> tuple[tuple[str, ...], int] | None:
        span = tokens(self.text[start : start + _LONGEST_TITLE])
        for last in reversed(span if span and span[0].start == 0 else ()):
            item = self._titled(self.text[start : start + last.end])
            if item and self._is_whole(start, start + last.end):
                return (item,), start + last.end + (self.text[start + last.end :][:1] in _CLOSING)
        return None

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether the words end there: "John" is part of "John Lee Hancock", and "terminal" of "terminal illness"."""
        written, after = self.text[start:end], tokens(self.text[end : end + _LONGEST_TITLE])
        if not after or self.text[end : end + after[0].start].strip():
            return True
        if written == written.lower():
            return len(tokens(written)) > 1 or after[0].text.casefold() in STOPWORDS
        return not after[0].text[0].isupper()

    def _titled(self, written: str) -> str:
        """The item of that title; a word in small letters that is also a value of the catalogue means the value."""
        words = [t.text for t in tokens(written)]
        if written == written.lower() and (
            all(word in STOPWORDS for word in words) or self.gazetteer.is_value(written)
        ):
            return ""
        return self.gazetteer.find_title(written)


def find_questions(objects: Objects) -> list[ItemQuestion]:
    """The questions of a text about items that the catalogue or the screen has, comparisons first, not overlapping."""
    found: list[ItemQuestion] = []
    for read in (_compared, _asked_behind, _chosen, _asked):
        for question in read(objects.text, objects):
            if not any(q.start < question.end and question.start < q.end for q in found):
                found.append(question)
    return found


def _asked(text: str, objects: Objects) -> Iterator[ItemQuestion]:
    """ "Tell me about X", "what is X about?", "is X scary?"."""
    for match in _ABOUT.finditer(text):
        items, end = objects.or_it(match.end())
        if end > match.end():
            yield _question("ask", items, text, match.start(), end)


def _asked_behind(text: str, objects: Objects) -> Iterator[ItemQuestion]:
    """ "X讲什么"."""
    if not _VERSUS.search(text) and not any(behind.search(text) for _, behind in _BEHIND):
        return
    for sentence in _SENTENCE.finditer(text):
        items, end = objects.at(sentence.end())
        for intent, behind in _BEHIND:
            said = behind.match(text, end) if items else None
            if said and (intent == "ask" or len(items) > 1):
                yield _question(intent, items, text, sentence.end(), said.end())
        if len(items) > 1 and _VERSUS.search(text, sentence.end(), end):
            yield _question("compare", items, text, sentence.end(), end)


def _compared(text: str, objects: Objects) -> Iterator[ItemQuestion]:
    """ "Compare X and Y", "the difference between X and Y"."""
    for match in _COMPARE.finditer(text):
        items, end = objects.or_it(match.end())
        if end > match.end():
            yield _question("compare", items, text, match.start(), end)


def _chosen(text: str, objects: Objects) -> Iterator[ItemQuestion]:
    """ "Which of these is shorter?": what is on screen, or the two that are named."""
    match = _WHICH.search(text)
    if match and objects.shown:
        meant = [r for r in objects.references if match.start() <= r.start < match.end()]
        items = tuple(item for r in meant for item in r.items) or tuple(objects.shown)
        yield _question("compare", items, text, match.start(), match.end())


def _question(
    intent: Literal["ask", "compare"], items: tuple[str, ...], text: str, start: int, end: int
) -> ItemQuestion:
    """It reaches to the end of the clause."""
    stop = _END.search(text, end)
    begin = len(text[:start]) + len(text[start:]) - len(text[start:].lstrip(" ,.!?;"))
    return ItemQuestion(intent, items, begin, stop.start() if stop else len(text))
