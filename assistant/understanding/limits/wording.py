"""Where a message says until when something holds, and in which form. Knows wording, and nothing of calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import CHINESE_NUMBER, NUMBER
from .feasts import FEAST

_UNIT = r"(?:hour|day|night|week|fortnight|month|year)s?"
_DAYS = r"(?:day|night|week|fortnight|month|year)s?"
_SOME = r"(?:a\s+)?(?:few|couple\s+of)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PART = r"(?:morning|noon|afternoon|evening|night)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_CLOCK = r"(?:\d{1,2}(?::\d\d)?\s*[ap]\.?m\b\.?|\d{1,2}:\d\d|midnight|noon)"
_DATE = rf"""(?:\d{{4}}-\d\d-\d\d | (?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}}\b)?
    | {_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+\d{{4}}\b)? | (?:the\s+)?{_ORDINAL} | {_MONTH}(?:\s+\d{{4}}\b)?)"""
_POINT = rf"""(?:(?:the\s+)?end\s+of\s+(?:(?:the|this|next)\s+(?:day|week|weekend|month|year)|{_MONTH})
    | tomorrow(?:\s+{_PART})? | tonight | {_CLOCK}
    | (?:this\s+coming\s+|next\s+|this\s+)?{_WEEKDAY}(?:\s+{_PART})?
    | (?:the|this|next|the\s+next)\s+(?:week(?:end)?|month|year) | {FEAST} | {_DATE})"""
_PERIOD = rf"""(?:tonight|today|all\s+(?:day|week|month)|over\s+the\s+weekend|this\s+(?:{_PART}|week(?:end)?|month|year)
    |the\s+whole\s+(?:day|week(?:end)?|month)|the\s+rest\s+of\s+(?:the|this)\s+(?:day|{_PART}|week(?:end)?|month|year))"""
_ENGLISH = re.compile(
    rf"""(?:\b(?:just|only|at\s+least)\s+)?(?:
      \b(?:(?:up\s+)?(?:until|till|['’]?\btil)|up\s+to\s+and\s+including|through)
        \s+(?:at\s+least\s+)?(?P<until>{_POINT})
    | \bbefore\s+(?P<before>{_POINT})
    | \bsay,?\s+(?P<say>(?:{NUMBER}|{_SOME})\s+{_DAYS})
    | \b(?:for|over|during|in)\s+(?:(?:just|only|at\s+least)\s+)?(?:the\s+)?(?:next|coming)
        \s+(?P<next>(?:(?:{NUMBER}|{_SOME})\s+)?{_UNIT})
    | \bfor\s+(?:(?:just|only|at\s+least)\s+)?(?P<span>(?:{NUMBER}|{_SOME})\s+{_UNIT})
    | \b(?:(?:for|during)\s+(?:(?:just|only|at\s+least)\s+)?)?(?P<period>{_PERIOD})
    )\b(?!['’]s)(?:\s+(?:only|at\s+least)\b)?""",
    re.I | re.X,
)
_CN_DAY = rf"""(?:{FEAST}|(?:下个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]
    |明天|后天|\d{{1,2}}月\d{{1,2}}[日号]|\d{{1,2}}[日号])"""
_CN_END = r"(?:(?:这个?|本|下个?)?(?:周末|月底|月末|年底|年末))"
_CN_UNIT = r"(?:个?小时|个?钟头|天|个?星期|个?礼拜|周|个?月|年)"
_CHINESE = re.compile(
    rf"""(?:就|只在|仅)?(?:
      (?:直?到|在)?(?P<until>{_CN_DAY}|{_CN_END})(?:为止|之前|以前|前)
    | (?:直到|到)(?P<point>{_CN_DAY}|{_CN_END})
    | (?:在)?(?:接下来|未来|今后|往后)的?(?P<next>(?:{CHINESE_NUMBER}|几){_CN_UNIT})(?:之?内|里)?
    | (?P<span>(?:{CHINESE_NUMBER}){_CN_UNIT})(?:之?内|里)
    | (?P<period>今天|今晚|今夜|今年|本周末|这个?周末|本周|这一?周|这个?星期|这个?礼拜|本月|这个月)(?!的)(?:之?内|里)?
    )""",
    re.X,
)
_OF_ITEMS_BEFORE = re.compile(
    r"""(?:\b(?:from|of|in|since|by|about|on|to|before|after|than|new|made|place|need|have|with|set|due|airs?|lasts?
    |takes?|runs?|goes|go|stays?|opens?|starts?|plays?|(?:is|are|com\w+)\s+out|com(?:es?|ing)
    |(?:releas|publish|air|play|screen|start|open|launch|last|tak|runn|go|stay|happen|leav)(?:ed|ing|en|s))
    \s+(?:the\s+)?|[在的])$""",
    re.I | re.X,
)
"""Words before a time of what happens to an item then, or how long it takes."""

_OF_ITEMS_BEHIND = re.compile(r"\s+(?:on|in|at|of|away|off|or\s+(?:more|less|longer)|old|ago)\b", re.I)
_DONE_BY = re.compile(r"\b(?:finish|end|get\s+through|done|over|out)(?:ed|ing|s)?\b[^.!?;,]*$", re.I)
"""What is to be over before a time is an item: "one that I can finish before Friday"."""
_FORMS = {
    "until": "until",
    "point": "until",
    "before": "before",
    "next": "next",
    "span": "span",
    "say": "span",
    "period": "period",
}
"""What the groups of the patterns say."""
_SET_FOR = re.compile(r"\bfor\b", re.I)
_LIMITED = re.compile(r"\b(?:just|only|at\s+least|rest|whole)\b", re.I)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that say how long, from `start` to `end` of a message. `form`: until a moment, before it, for a span of
    time, or a period that has begun; `words`: the moment, span or period."""

    start: int
    end: int
    form: str
    words: str

    @property
    def is_plain(self) -> bool:
        """Whether they say outright that something ends; "tonight" may as well be when the person has time."""
        return self.form != "period"


def time_words(text: str) -> Iterator[TimeWords]:
    """All of them, but for those that say something of items: "released this month", "for a week on the beach"."""
    for match in sorted([*_ENGLISH.finditer(text), *_CHINESE.finditer(text)], key=lambda m: m.start()):
        form = next(name for name in _FORMS if match.groupdict().get(name))
        if not _is_of_items(text, match, form):
            yield TimeWords(*match.span(), _FORMS[form], match[form])


def _is_of_items(text: str, match: re.Match[str], form: str) -> bool:
    """ "Something for tonight" says when it is to be seen; "until" never says how long an item lasts."""
    if form == "period" and _SET_FOR.search(match[0]) and not _LIMITED.search(match[0]):
        return True
    if form == "before" and _DONE_BY.search(text, 0, match.start()):
        return True
    if form in ("next", "span", "say") and _OF_ITEMS_BEHIND.match(text, match.end()):
        return True
    return form not in ("until", "point") and bool(_OF_ITEMS_BEFORE.search(text, 0, match.start()))
