"""Where a message speaks of what is not wanted, or wanted less: cues and the stretch of text each governs.

English and Chinese. Knows nothing of catalogues; the idea of cue and scope is NegEx (Chapman et al., 2001).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from penchant.retriever import Level

_VERBS = r"""(?:like|want|enjoy|love|care\s+for|feel\s+like|need|fancy|watch|read|listen\s+to|be\s+into
    |go\s+for|(?:show|give|send|bring)(?:\s+me)?|recommend|suggest|involves?|includes?|contains?|features?|deals?\s+with
    |get\s+into|have\s+(?:to\s+do\s+with|any))"""
_ADVERBS = r"(?:(?:really|actually|much|even|particularly|usually|generally|ever|wanna|want)\s+)*"
_FAN = r"""(?:really\s+|all\s+that\s+|too\s+|that\s+)?(?:an?\s+)?(?:big\s+|huge\s+|much\s+of\s+a\s+|great\s+)?
    (?:fans?\s+of|into|keen\s+on|crazy\s+about|big\s+on|fond\s+of)(?:\s+any\s+of)?(?:\s+the\b)?"""
_NO_DISLIKE = r"""(?:need|hurry|rush|reason|problem|idea|preference|worries|thanks|thank|doubt|one|matter|wonder
    |experience|clue|i\b|it\b|but\b|not\b)"""
_NOT_DISLIKE = r"""(?:more|less|fewer|longer|shorter|only|sure|bad|yet|seen|heard|watched|read|really\s+sure
    |to\s+mention|necessarily|picky|much
    |(?:as|at|quite\s+as|nearly\s+as)\s+\w+\s+as|at\s+all|been|have|just|know
    |with\s+(?:the|my|our)\s+(?:family|kids|children|wife|husband|parents|friends?)|looking|asking|going|getting|trying|saying|talking|having|being|doing|seeing)\b"""
_NOT_YET = r"\b(?:did|didi)(?:\s+not|n['’]?t)\s+(?:\w+\s+)?(?:watch|read|see|hear|listen)\b"
_DENIED = re.compile(r"\b(?:not|n['’]t)\s+that\s+(?:i|we)\s+(?:really\s+|actually\s+)?$", re.I)
"""What is said not to be: "it's not that I dislike wool"."""

_STOP = r"(?!\s*[,.!?;]|\s*$)"

_NEVER = re.compile(
    rf"""(?!{_NOT_YET})\b(?:do|does|did|didi|would|could|ca|wo|is|are|was|were|should|must)(?:\s+not|n['’]?t)
        \s+{_ADVERBS}{_VERBS}
        (?:\s+to\s+(?:see|watch|read|hear|have))?\b
    | \b(?:(?:rather|prefer)\s+)?(?:not|\w+n['’]?t)\s+(?:to\s+)?be\s+anywhere\s+(?:in|near|around|close\s+to)\b
    | \bwould(?:\s+not|n['’]?t)\s+see\b | \b(?:rather|prefer)\s+not(?:\s+(?:to\s+)?(?:see|watch|read|hear|have|get))\b
    | \b(?:ca|wo)n['’]?t\s+(?:stand|bear|take|watch|have|eat|drink|handle|tolerate|touch|go\s+near)\b
    | \bcannot\s+(?:stand|bear|have|eat|drink|tolerate)\b
    | \bnot\s+(?:in\s+the\s+mood\s+for|{_FAN}|interested\s+in)\b
    | \b(?:any(?:thing|one)?|everything)\s+(?:but|except(?:\s+for)?|other\s+than|besides)\b
    | \b(?:except(?:\s+for)?|excluding|other\s+than|instead\s+of|rather\s+than|apart\s+from|aside\s+from)\b
    | (?<!\bwith\sor\s)\bwithout\b | \b(?:avoid(?:ing)?|hate[sd]?|dislike[sd]?|despise[sd]?|loathe[sd]?|skip)\b
    | \b(?:detest(?:s|ed)?|abhor(?:s|red)?)\b
    | \bspare\s+(?:me|us)\b{_STOP}
    | (?<!never\s)(?<!never\sget\s)\b(?:sick|tired|bored)\s+of\b | (?<!get\s)\benough\s+of\b
    | \b(?:is|are|was)n['’]?t\s+about\b | \ballergic\s+to\b | \b(?:leav(?:e|ing)\s+out|steer\s+clear\s+of)\b
    | \bwith\s+no\b(?!\s+{_NO_DISLIKE}){_STOP}
    | \b(?:can|could|will|would|might)\s+you\s+(?:(?:please|just|maybe|perhaps)\s+)*
        (?:drop|lose|remove|cut|ditch|exclude|omit|hide|skip|take\s+out)\b(?!\s+(?:me|us|it|that|this)\b){_STOP}
    | \b(?:kick|throw|chuck|weed|filter|screen|rule|cross|strike|sort)(?:ed|ing)?\s+out\b{_STOP}
    | \bget\s+rid\s+of\b{_STOP}
    | \bnowhere\b(?:\s+(?:in|near|around|close\s+to)\b)?(?!\s+(?:else|to)\b){_STOP}
    | \b(?:able\s+to|way\s+to|way\s+of|chance\s+of|possible\s+to)\s+
        (?:skip|avoid|drop|remov|omit|exclud)(?:e|p?ing)?\b{_STOP}
    | \bdo(?:es)?\s+(?:it|they|that|there)\s+(?:really\s+|always\s+)?have\s+to\s+
        (?:be|have|include|contain|involve)\b{_STOP}
    | \b(?:should|must)(?:\s+not|n['’]?t)\s+(?:be|have|contain|include)\b
    | \b(?:no|zero|little|any)\s+interest\s+in\b(?<!any\sinterest\sin) | \b(?:stay|keep)\s+away\s+from\b
    | \b(?:can|could)\s+(?:do|live)\s+without\b
    | \b(?:free\s+of(?!\s+(?:charge|cost)\b)|minus|devoid\s+of|fed\s+up\s+with|enough\s+with|so\s+over
        |(?:i['’]?m|we['’]?re|am|are)\s+(?:so\s+|all\s+)?(?:done|finished|through)\s+with)\b{_STOP}
    | \bnone\s+of\s+that\b(?!\s+(?:is|was|for)\b){_STOP}
    | \b(?:that|which)\s+(?:is|are)n['’]?t\b(?!\s+{_NOT_DISLIKE}){_STOP}
    | \bi(?:['’]?m|\s+am|\s+get)\s+(?:\w+\s+)?(?:scared|afraid|terrified|bored)\s+(?:of|by|with)\b
    | \bi\s+do(?:\s+not|n['’]?t)\s+(?:really\s+)?do\b(?!\s+(?:it|that|this|much|anything|well)\b){_STOP}
    | \b(?:do|did)(?:\s+not|n['’]?t)\s+think\s+i(?:['’]?d|['’]?ll|\s+would|\s+will)?\s+(?:really\s+|ever\s+)?
        (?:like|watch|want|enjoy|care\s+for|read|see)\b(?:\s+the\s+(?:sound|look)s?\s+of\b)?
    | \b(?:can|could|will|would)\s+never\s+(?:really\s+)?(?:get\s+into|stand|like|enjoy|watch)\b(?:\s+the\b)?
    | \bnever\s+(?:really\s+)?(?:liked|enjoyed|cared\s+for|got\s+into|been\s+(?:into|{_FAN}))\b
    | \bnothing\b(?!\s+(?:against|but|else|wrong\s+with|in\s+particular|special|specific)\b)
    | \bnever\s+(?:show|give|recommend|suggest)(?:\s+me)?\b
    | \bstop\s+(?:show|giv|recommend|suggest|offer|send)ing(?:\s+me)?\b
    | \bnever\b(?!\s+(?:gets?
        |seen|heard|read|mind|knew|been|had|owned|worn|eaten|\w+[^e\W]ed\s+(?:an?|any|the)\b|watched|tried)\b)
    | \bneither\b | \bno\b(?!\s+{_NO_DISLIKE}){_STOP}
    | (?<!may\s)(?<!might\s)\bnot\b(?!\s+{_NOT_DISLIKE}){_STOP}
    | \b(?:sans|ohne|kein(?:e[mnrs]?)?|senza|pas\s+(?:de\b|(?=d['’])))
    | 不要|受不了|别给|别|不想[看听读要]?|不喜欢[看听读]?|不爱[看听读]?|讨厌|(?<!有)没有|除了|不是|無|无|不看|不听
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ALSO = r"""(?:what|who|where|how|when|which|why|so|and|but|or|if|as|i|i['’]\w+|you|we|they|he|she|it|it['’]s|that|this
    |the|an?|is|was|are|were|do|did|does|have|has|had|can|could|will|would|should|may|any|because|since|though|although|please
    |thanks?|with|for|on|in|at|from|by|then|just|also|maybe|my|your|not|no|hope|ok(?:ay)?|bye)"""
"""What follows a "too" that means "also"."""

_LESS = re.compile(
    rf"""\bnot\s+(?:too|so|very|as(?!\s+\w+\s+as\b)|that|overly|super|quite\s+so|excessively)\b
    | \b(?:a\s+(?:bit|little|lot)\s+)?(?:less|fewer)\b(?!\s+than)
    | \btoo\s+(?:(?:much|many)\b(?=\s*\w)|(?!{_ALSO}\b)(?=\w))
    | \ba\s+(?:litt?le|bit|tad)\s+(?=\w+\s+for\s+(?:me|my|us|our|him|her|the\s+kids)\b)
    | \b(?:it|that|this)(?:['’]?s|\s+(?:is|was))\s+(?:\w+\s+){{0,2}}?more\s+of\s+an?\b{_STOP}
    | \b(?:tone|toned)\s+down(?:\s+the)?\b | \bnot\s+much\b | 少一?点 | 不太 | 别太 | 不要太 | 不那么 | 没那么 | 别那么
    | 太(?!空|阳|极)""",
    re.IGNORECASE | re.VERBOSE,
)
_PREFERRED = re.compile(
    r"\bprefer(?:red|s)?\b(?!\s+to\b)[^.,;!?]{1,40}?\b(over|to(?!\s+(?:be|see|watch|read|have|go|get|listen|stay|do)\b))\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"""\b(?:is|are|was|were)(?:\s+not|n['’]?t)\s+(?:really\s+)?
        (?:my\s+(?:thing|type|kind|style|favou?rite|jam|cup\s+of\s+tea)|for\s+me)\b
    | \b(?:is|are)\s+(?:definitely\s+)?(?:a\s+(?:no[\s-]go|deal[\s-]?breaker|turn[\s-]?off)|off\s+the\s+table)\b
    | (?<!\bset\s)(?<!\bput\s)(?<!\bas\san\s)\baside\b(?=\s*(?:$|[.,;!?]))
    | \b(?:makes?|gives?)\s+(?:me|us|him|her|them|my\s+\w+)\s+(?:(?:the|an?)\s+)?(?:sneeze|ill|sick|itch|cough|queasy
        |nauseous|yawn|headaches?|migraines?|hives|rash|nightmares?|creeps|heartburn)\b
    | \b(?:bores?|puts?\s+me\s+to\s+sleep|turns?\s+me\s+off|annoys?\s+me|scares?\s+me
        |(?:do|does|did)(?:\s+not|n['’]?t)\s+(?:count|qualify|appeal)(?!\s+(?!(?:for|to|here|either|as|and|but|so)\b)\w))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A rejection of what stands before it: "same sex is not my thing"."""

_AROUND = re.compile(
    r"""\b(?:leave|leaving|keep|keeping|take|taking|cut|cutting)\s+(?P<what>(?!(?:me|us|it|him|her|them|you|that|this)\b)
        (?:(?!out\b)[\w'’-]+\s+){1,4})out\b(?:\s+of\s+(?:it|this|that)\b)?(?!\s+(?:of|to|for|in|on|there)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A rejection of what stands within it: "leave the raisins out", "keep war out of it"."""

_POINTED = re.compile(
    r"""\b(?:so|and|then)\s+(?:please\s+)?(?:not|no\s+more\s+of|nothing\s+like)\s+(?:there|that|those|them|these|it|him|her)\b
        (?:\s+(?:again|one|ones|either|please|now))*(?=\s*(?:$|[.,;!?]))
    | (?:(?<=[.;!?:,])|(?<=[.;!?:,]\s)|\b(?:so|please|then|just)\s+)
      (?:(?:leave|take|keep|cut|throw|kick|chuck|rule|filter)\s+(?:those|them|these|that|it|both|all\s+(?:of\s+)?(?:those|them|that))\s+out
        |(?:skip|drop|lose|ditch|exclude|omit|avoid|hide|no)\s+(?:those|them|these))\b(?=\s*(?:$|[.,;!?]|please\b|too\b|as\s+well\b))""",
    re.IGNORECASE | re.VERBOSE,
)
"""A rejection of what the words before it speak of: "Utah we did last year, so not there"."""

_ASKED_FOR = re.compile(
    r"\b(?:want|like|love|need|look(?:ing)?|show|give|find|get|got|have\s+you|please|prefer|any|some(?:thing|where))\b",
    re.I,
)
_ALSO_SO = re.compile(r"\s*,?\s*(?:and|as)\s+(?:so|neither|nor)\s+(?:do|does|did|are|is|was|were)\s+", re.I)
"""What goes for the next as well: "horror bores me, and so do musicals"."""

_END = re.compile(
    r"""[.!?;:()\[\]{}\n。！？；，] | \s[-–—]\s
    | \b(?:but|however|though|although|instead|what\s+about|how\s+about|just|please|maybe|because|since|rather)\b
    | \b(?:so\s+(?:give|show|i)|give\s+me|show\s+me|let['’]?s|something|more\s+like|which|thanks|this\s+time)\b
    | \b(?:tonight|and\s+more)\b | \bit\s+(?:is|was)\b | (?<=\w)\s+for\s+(?:me|us|my|our)\b
    | \b(?:i|we)\s+(?:did|do|want|like|love|prefer|need|am|would|really|enjoy|adore)(?:e?d)?\b
    | \bi['’]?(?:m|d|ve)\b | \bi['’]ll\b | 但 | 不过 | 最好 | 而是""",
    re.IGNORECASE | re.VERBOSE,
)
_BREAK = re.compile(r"[.!?;:,()]\s*|\b(?:but|and|because|though|although)\s+", re.IGNORECASE)
_MODIFYING = re.compile("不|太|不太|不那么|没那么|别那么|别太|不要太|没有|無|无")
_END_OF_MODIFIER = re.compile(f"{_END.pattern}|的", _END.flags)  # "不太暴力的惊悚片": a thriller all the same
_CLOSED = re.compile(r"\b(?:and|or|nor)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:(?:and|or|nor|&|和|或|、)\s*(?:(?:the|an?)\s+)?)?(?:(?:no|not|any|too\s+much)\s+(?:an?\s+)?)*",
    re.IGNORECASE,
)


_REFUSES = re.compile(
    r"""\b(?:no|not|non|never|nor|neither|none|nothing|nobody|without|w/o|cannot|dont|cant|wont|except|hates?|avoid(?:s|ing)?|refuses?
    |forbids?|bans?|blocks?|allerg(?:ic|y|ies)|intolerant|intolerance|rid|anti|free|out|nope|less|stop(?:s|ped)?|exclud(?:e|ing)|hide|remove|drop|ditch|spare
    |skip|away|minus|enough|tired|sick)\b | n['’]t\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS_BEFORE, _WORDS_BEHIND, _CLOSE = 5, 4, 40


@dataclass(frozen=True, slots=True)
class Scope:
    """A cue from `cue` to `start`, and the text it governs from `start` to `end`."""

    cue: int
    start: int
    end: int
    level: Level


def refuses(text: str, start: int, end: int) -> bool:
    """Whether any word of refusal stands near a stretch, in its sentence: "can't have wheat", "bells are out"."""
    before = re.split(r"[.!?;\n]", text[:start])[-1].split()[-_WORDS_BEFORE:]
    behind = re.split(r"[.!?;\n]", text[end:])[0].split()[:_WORDS_BEHIND]
    return bool(_REFUSES.search(" ".join([*before, text[start:end], *behind])))


def scopes(text: str, known: Collection[int]) -> list[Scope]:
    """The scopes in a text, in order, not overlapping.

    `known` holds where words begin that the catalogue knows: a list of them continues over commas ("no horror, war or
    romance"), while anything else after a comma is a new clause. A cue that begins such words is part of them ("No
    Country for Old Men").
    """
    cues = [(m.start(), m.end(), "less") for m in _LESS.finditer(text)]
    cues += [(m.start(), m.end(), "never") for m in _NEVER.finditer(text)]
    cues += [(*m.span(1), "never") for m in _PREFERRED.finditer(text)]
    cues += [(*m.span(), "never") for m in re.finditer("不", text) if m.end() in known]  # "不恐怖的"
    found: list[Scope] = []
    for cue, start, level in sorted(cues, key=lambda c: (c[0], c[2] == "never", -c[1])):
        if cue in known or (found and cue < found[-1].start) or _DENIED.search(text, 0, cue):
            continue
        if found and cue < found[-1].end:
            found[-1] = Scope(found[-1].cue, found[-1].start, cue, found[-1].level)
        end = _end(text, start, text[cue:start], known)
        found.append(Scope(cue, start, end, "less" if level == "less" else "never"))
    return _with_behind(text, found)


def _with_behind(text: str, found: list[Scope]) -> list[Scope]:
    """Also the rejections of what stands before them, in their clause, or within them, where no other is."""
    for match in _BEHIND.finditer(text):
        stops = [stop.end() for stop in _BREAK.finditer(text, 0, match.start())]
        start = stops[-1] if stops else 0
        if text[start : match.start()].strip() and not any(s.cue < match.start() and start < s.end for s in found):
            found.append(Scope(start, start, match.start(), "never"))
    found += [Scope(m.end(), m.end(), _end(text, m.end(), "", ()), "never") for m in _gone_on(text, found)]
    for match in _POINTED.finditer(text):
        begin = _pointed_at(text, match)
        if begin is not None and not any(s.cue < match.start() and begin < s.end for s in found):
            found.append(Scope(begin, begin, match.start(), "never"))
    for match in _AROUND.finditer(text):
        if not any(s.cue < match.end() and match.start() < s.end for s in found):
            found.append(Scope(match.start(), match.start("what"), match.end("what"), "never"))
    return sorted(found, key=lambda s: s.cue)


def _gone_on(text: str, found: Sequence[Scope]) -> list[re.Match[str]]:
    """ "And so do ..." behind a rejection of what stood before it."""
    behind = (match.end() for match in _BEHIND.finditer(text) if any(s.end == match.start() for s in found))
    said = (_ALSO_SO.search(text, end, end + _CLOSE) for end in behind)
    return [match for match in said if match]


def _pointed_at(text: str, match: re.Match[str]) -> int | None:
    """Where the clause begins that a rejection points back to; None if there is none, or it asks for something."""
    led = text[: match.start()].rstrip(" ,.;:!?")
    stops = [stop.end() for stop in _BREAK.finditer(led)]
    start = stops[-1] if stops else 0
    return start if led[start:].strip() and not _ASKED_FOR.search(led, start) else None


def _end(text: str, start: int, cue: str, known: Collection[int]) -> int:
    stop = (_END_OF_MODIFIER if _MODIFYING.fullmatch(cue) else _END).search(text, start)
    end = stop.start() if stop else len(text)
    commas = list(re.finditer(r"[,，]" if cue.strip().lower() == "not" else r"[,，、]", text[start:end]))
    if commas and cue.strip().lower() == "not" and not _CLOSED.search(text, start + commas[-1].end(), end):
        return start + commas[0].start()  # "not a drama, a comedy", against "not drama, war or horror"
    for comma in commas:
        joined = _JOINED.match(text, start + comma.end())
        after = joined.end() if joined else start + comma.end()
        if after not in known:
            return start + comma.start()
    return end
