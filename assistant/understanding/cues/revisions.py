"""What a message takes back of what was said before: "forget the horror", "scratch that", 不要喜剧了，换成科幻.

English and Chinese. Finds the words and how far they reach; knows nothing of interests or catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

RevisionKind = Literal["named", "instead of", "either way", "any", "last", "instead", "same facet"]
"""named, instead of: a thing is no longer wanted. either way: it holds no longer, wanted or ruled out. any: likewise,
where it is what a field is called. last: what the
last message said. same facet: what this message says takes the place of what was said before of the same facets.
instead: likewise, or, where nothing was, of what was said last."""

_OPENS = r"""(?:^|[.!?;,:]\s*
    |\b(?:and|so|but|ok|okay|please|just|actually|no|oh|well|yes|yeah|let['’]?s|then|now|you\s+can)\s+)"""
_WHAT = r"""(?P<what>[^.!?;,，。！？]*?)(?=\s*(?:[.!?;,，。！？]|$
    |\b(?:and|but|or)\s+(?:give|show|i|make|let|try|find|get|just|instead)\b
    |\b(?:instead|something|anything|give\s+me|show\s+me|i['’]?d|let['’]?s|how\s+about|what\s+about|rather|please)\b))"""
_IT = r"(?:that|it|this|what\s+i\s+(?:just\s+)?said|(?:my|the)\s+last\s+(?:thing|one|message|request|bit|part|wish))"
_QUESTION = r"(?:how|what|when|where|which|who)\b"
_SAID_OF = rf"""(?P<what>{_QUESTION}[^.,;!?]{{0,40}}?
    |(?<![^.,;!?]\s)(?<![^.,;!?\s])(?:(?:the|its|my|your)\s+)?(?:[\w-]+\s+){{1,2}}(?:and|or|nor|&)\s+(?:the\s+)?(?:[\w-]+\s+)?[\w-]+
    |\b(?:the|an?|its|my|your)\s+(?:(?!(?:and|but|or|so|with|for|that|which|because|is|are)\b)[\w-]+\s+){{0,2}}[\w-]+
    |(?:[\w-]+\s+)?[\w-]+)"""
_DOES_NOT, _IS_NOT = r"(?:do|does|did)(?:\s+not|n['’]?t)", r"(?:am|is|are|be|['’]m|['’]re)\s*(?:\s+not|n['’]?t)"
_MUCH = r"""(?:(?:really|so|that|too|all\s+that|very|particularly|especially|overly|exactly|much|personally
    |at\s+all)\s+)*"""
_QUITE = r"(?:(?:really|just|quite|purely|totally|entirely|completely|absolutely|very\s+much|perfectly)\s+)?"
_NO_MATTER = rf"""(?:{_DOES_NOT}\s+{_MUCH}(?:matter|bother\s+(?:me|us)|count\s+for\s+much)
    |no\s+longer\s+(?:matters?|counts?)
    |{_DOES_NOT}\s+make\s+(?:any|much\s+of\s+a|a)\s+difference|makes?\s+no\s+(?:odds|(?:real\s+)?difference)
    |{_IS_NOT}\s+{_MUCH}(?:important|relevant|necessary|needed|required|essential|crucial|vital
        |an?\s+(?:[\w-]+\s+)?(?:issue|concern|must(?:[\s-]have)?|necessity|requirement|priority|factor|condition|deal[\s-]?breaker|big\s+deal))
    |(?:is|are|be|['’]s)\s+{_QUITE}(?:unimportant|irrelevant|immaterial|optional|unnecessary|(?:all\s+)?the\s+same\s+to\s+(?:me|us)
        |neither\s+here\s+nor\s+there|(?:left\s+)?(?:up\s+)?to\s+you|your\s+(?:call|choice)|of\s+no\s+(?:great\s+)?(?:importance|consequence|concern)
        |no\s+(?:object|issue|concern|priority|requirement|must|necessity|big(?:gie|\s+deal))))\b(?:\s+(?:to|for|by)\s+(?:me|us)\b)?"""
_NOT_MINDED = rf"""(?:\b(?:and\s+)?(?:i|we)(?:['’]?(?:m|re|ve)\b|\s+(?:am|are|have|got))?\s+)?
    (?:{_DOES_NOT}\s+{_MUCH}(?:care|mind|worry)
        (?:\s+(?:at\s+all|much|either\s+way|in\s+the\s+(?:slightest|least)|a\s+bit|one\s+bit))?
    |could(?:\s+not|n['’]?t)\s+care\s+less
    |(?:\bnot|n['’]t)\s+{_MUCH}(?:bothered|fussed|fussy|picky|choosy|particular|concerned|worried)(?:\s+at\s+all)?
    |\b(?:indifferent|unfussed|unbothered)|\b(?:i|we)(?:\s+a|['’]?)(?:m|re)\s+(?:flexible|relaxed|easy|agnostic)
    |\bno\s+(?:(?:strong|particular|real|special)\s+)?(?:preferences?|opinions?|views?|feelings?)(?:\s+either\s+way)?)"""
_OF_WHAT = r"""(?:about|by|over|on|as\s+to|regarding|when\s+it\s+comes\s+to|with(?:\s+regard\s+to)?|(?<=indifferent\s)to
    |(?<=preference\s)for|(?<=preferences\s)for)\b"""
_STANDS_OUT = r"(?!\s*(?:any|every)(?:thing|one|body)\b|\s*(?:that|it|this|me|you)\s*(?:[.,;!?]|$))"
_GOES_ON = r"""(?:but|as\s+long\s+as|so\s+long\s+as|provided|because|since|though|although|just|only|except|unless|while
    |please
    |(?:and|so|then)\s+(?:i|we|it|want|need|give|show|find|get|just|please|would|something|make|let|must|has|should|with|under|over)|which\s+is)\b"""
_THINGS = rf"""(?P<what>[^.!?;,，。！？\n]*?(?:(?:,\s*(?:the\s+)?[\w-]+){{1,4}},?\s+(?:or|and|nor)\s+[^.!?;,\n]+?)?)
    (?=\s*(?:[.!?;,，。！？\n]|$|\b{_GOES_ON}))"""
_FEW_WORDS = r"(?:[\w-]+\s+){0,3}?[\w-]+"
_FACET_ZH = "(?P<what>年代|年份|时长|长度|类型|题材|价格|语言|国家)"

_PATTERNS: Sequence[tuple[RevisionKind, str]] = (
    (
        "last",
        rf"""{_OPENS}(?:(?:scratch|forget|scrap|strike|undo|delete|ignore|cancel|drop)\s+(?:about\s+)?{_IT}
            (?=\s*(?:[.!?;,]|$|[-–—]))|never\s*mind(?:\s+{_IT})?(?=\s*(?:[.!?;,]|$|[-–—]))
            |(?:i\s+)?take\s+{_IT}\s+back\b|undo(?=\s*[.!]?\s*$))""",
    ),
    ("last", r"当我没说|撤[销回](?:刚才的?)?|收回(?:刚才的?)?话?|刚才(?:说)?的(?:不算|作废)|^\s*算了\s*[。.！!]?\s*$"),
    ("either way", rf"\bchanged?\s+my\s+mind\s+(?:about|on|regarding)\s+{_WHAT}"),
    (
        "either way",
        rf"""\b(?:{_DOES_NOT}\s+{_MUCH}(?:(?:have|need)(?:\s+(?:it|this|that|them|mine|one|the\s+[\w-]+))?\s+to|insist\s+on\s+(?:it|this|that)\s+)
            |need\s*(?:not|n['’]?t))\s*\b(?:be(?:ing)?|have)\s+{_THINGS}""",
    ),
    (
        "either way",
        rf"\bit(?:\s+|(?=['’]s)){_NO_MATTER}\s+(?P<what>(?:if|whether|{_QUESTION})[^.,!?;]*?)(?=\s*(?:[.,!?;]|$|\b{_GOES_ON}))",
    ),
    (
        "either way",
        rf"\b(?:(?:the|whatever|any|which)\s+)?{_SAID_OF}(?:\s+|(?=['’]s)){_NO_MATTER}(?:\s+(?:any\s*more|any\s+longer|after\s+all|now))*",
    ),
    ("either way", rf"{_NOT_MINDED}\s+(?P<what>(?:if|whether|{_QUESTION})[^.,!?;]*?)(?=\s*(?:[.,!?;]|$|\b{_GOES_ON}))"),
    ("either way", rf"{_NOT_MINDED}\s+{_OF_WHAT}{_STANDS_OUT}\s+{_THINGS}"),
    (
        "either way",
        r"""\bdo(?:\s+not|n['’]?t)\s+(?:really\s+)?(?:care|mind)\s+the\s+(?P<what>[\w-]+)
            (?=\s*(?:[.,!?;]|$))""",
    ),
    (
        "either way",
        rf"""\b(?:forget|ignore|scrap|drop)\s+(?:what|everything|all)\s+(?:that\s+)?(?:i|we)\s+(?:just\s+)?said\s+
            (?:about|on|of|regarding)\s+(?:the\s+|my\s+)?{_WHAT}""",
    ),
    (
        "either way",
        rf"\bany\s+(?P<what>{_FEW_WORDS})(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s+(?:is\s+(?:fine|ok(?:ay)?|good)|will\s+do|would\s+do|works|goes)\b",
    ),
    ("any", r"\bany\s+(?P<what>[\w-]+)(?=\s*(?:[.,;!]|$|but\b|and\b))"),
    (
        "any",
        rf"""(?:{_OPENS}(?:leave|lift)|\b(?:regardless\s+of|no\s+matter|whatever|no\s+limit\s+(?:on|to|for)))\s+(?:the\s+|my\s+)?(?P<what>{_FEW_WORDS})
            (?=\s*(?:[.,;!?]|$|\b(?:out|aside|alone|but|and|then)\b))(?:\s+(?:out(?:\s+of\s+it)?|aside|alone)\b)?""",
    ),
    ("any", rf"\b(?P<what>{_FEW_WORDS})\s+(?:can|may|could)\s+be\s+(?:anything|whatever|any)\b"),
    ("either way", r"(?:不一定要?|不必|不用)(?:是|看|听|读)?(?P<what>[^，。！？,.!?]+)"),
    ("either way", "不(?:在乎|在意|关心|计较|讲究)(?P<what>[^，。！？,.!?]+)"),
    ("either way", r"(?P<what>[^，。！？,.!?\s]{1,8}?)(?:我?(?:都|倒|也)?)(?:无所谓|没所谓|不重要|不要紧)"),
    ("either way", rf"{_FACET_ZH}(?:都|怎样都)?(?:无所谓|不限|随便|都行|都可以)"),
    ("either way", rf"(?:什么|任何|哪个|哪种){_FACET_ZH}的?(?:都|也)?(?:行|可以|无所谓)"),
    (
        "named",
        rf"""{_OPENS}(?:forget(?:\s+about)?|never\s*mind(?:\s+about)?|scrap|scratch|drop|ditch|lose|remove|delete|cancel
            |take\s+(?:out|away)|(?:i\s+)?take\s+back|enough(?:\s+of)?)\s+(?!(?:all|everything|about|it|that|this|what|me|my|your|you)\b)(?:the\s+)?{_WHAT}""",
    ),
    ("instead of", rf"\b(?:instead|in\s+place)\s+of\s+{_WHAT}"),
    ("named", r"(?:忘了|去掉|取消|算了[，,]?\s*不要?)(?P<what>[^，。！？,.!?了]+?)(?:了|吧|(?=[，。！？,.!?]|$))"),
    (
        "named",
        r"(?:(?<=[，。！？,.!?\s])|^)(?P<what>[^，。！？,.!?\s]{1,12}?)(?:就?算了|[就都也]?(?:不要|不想?[看听读])了)",
    ),
    (
        "same facet",
        r"""^\W*(?:(?:no|hm+|oh|ok(?:ay)?|wait|well|sorry|but)\b\W*)*
            (?:actually|on\s+reflection|come\s+to\s+think\s+of\s+it|thinking\s+about\s+it)\W+(?!(?:no|not|nothing|never|more|less|also)\b)
            (?=(?:[\w-]+\W+){0,3}[\w-]+\W*$)(?!.*\b(?:too|also|well|fine|ok(?:ay)?|good|more|less)\b)""",
    ),
    ("same facet", r"\bmake\s+(?:it|that)\s+(?!(?:a\s+(?:bit|little)|more|less|much|\w+er)\b)|改为"),
    (
        "instead",
        r"""\binstead\b(?!\s+of\b) | \b(?:change|switch)\s+(?:(?:it|that)\s+)?(?:to|for)\b
            | \bi\s+meant\b | \b(?:i\s+|i['’]?ve\s+|i\s+have\s+)?changed?\s+my\s+mind\b(?!\s+(?:about|on|regarding)\b)
            | \bwait,?\s+no\b | \bno,?\s+wait\b | (?:^|(?<=[，。！]))算了(?=[，,])
            | \b(?:i['’]?d|would)\s+rather\b(?!\s+not\b) | \bon\s+second\s+thou?ghts?\b
            | 换成|改成|换做 | 我?改变?了?主意了? | 还是(?=[^，。！？]{1,12}(?:吧|好))""",
    ),
)
_FORMS: Sequence[tuple[RevisionKind, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern, re.I | re.X)) for kind, pattern in _PATTERNS
)


_UNDO = re.compile(
    r"""\W*(?:(?:oh|no|ok(?:ay)?|oops|sorry|wait|actually|please|hm+|can\s+you|could\s+you|let['’]?s)\b\W*)*
    (?:(?:undo|revert|reverse)(?:\s+(?:it|that|this|(?:the|my)\s+last\s+(?:one|thing|change|step|bit|wish|message)))?
    |(?:i(?:['’]ll|\s+want\s+to)?\s+)?take\s+(?:it|that|this|(?:the|my)\s+last\s+\w+)\s+back
    |(?:i\s+)?take\s+back\s+(?:that|(?:the|my)\s+last\s+\w+)
    |go\s+back(?:\s+(?:one|a)\s+step|\s+to\s+(?:before|how\s+it\s+was))? | 撤[销回](?:刚才的?)?)
    (?:\W+(?:please|then|again|thanks?))*\W*""",
    re.I | re.X,
)


def is_undo(text: str) -> bool:
    """Whether a message does nothing but undo what was changed last."""
    return bool(_UNDO.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Revision:
    """What is taken back, in the person's words (empty for last and instead), and where the text says so."""

    kind: RevisionKind
    what: str
    start: int
    end: int


def revisions(text: str) -> list[Revision]:
    """What a text takes back, in order, not overlapping."""
    found: list[Revision] = []
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            start = match.end() - len(match[0].lstrip(" ,.!?;:，。！？"))
            if not any(r.start < match.end() and start < r.end for r in found):
                found.append(Revision(kind, match.groupdict().get("what", ""), start, match.end()))
    return sorted(found, key=lambda r: r.start)
