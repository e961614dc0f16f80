"""Words that compare an amount: "at most", "or more", "cheaper than", "shorter, say under".

English and some German. Knows nothing of numbers and units: see amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .numerals import NUMBER

_MORE = (
    "more|longer|over|above|higher|greater|bigger|larger|heavier|newer|later|better|beyond|upwards?|onwards?|older|taller"
    "|darker|dearer|pricier|costlier|stronger|faster|quicker|farther|further|warmer|hotter|louder|wider|broader|deeper|thicker|exceeding"
)
_LESS = (
    "less|fewer|worse|poorer|shorter|under|below|lower|smaller|lighter|earlier|cheaper|younger|beneath|slower|weaker"
    "|nearer|closer|quieter|colder|cooler|narrower|shallower|thinner"
)
_NONE = r"no|not|nothing|nowt|nobody|no\s+one|never|none|neither|cannot"
_ENDS = r"(?=\s*(?:$|[.,;!?)]|please\b|thanks\b))"
_MANNER = r"\s+(?:on|in|at)\s+(?:one|an?)(?:\s+\w+){1,2}?"
"""What is said of how much can be done how: "400 km on one charge"."""
_OF_IT = rf"(?:{_MANNER}|\s+(?:of\s+)?\w+)?"
"""What may stand between an amount and what compares it: "800 watts of motor at least"."""
_OF_THAT = rf"(?:{_MANNER})?(?:\s+(?!(?:and|or|but|with|for|in|on|at|if)\b)[^\W\d]\S*){{0,3}}?"
"""The same where the comparison begins with "or": "a 50 MP front camera or better"."""
_ALONE = rf"(?!\s+(?:(?:than|then|about)\s+)?(?:than\s+)?[^\w\s.,;!?()]?{NUMBER}\b)"
"""What follows a comparison of the amount before it, and not of another: "two doors and fewer than 9000 miles"."""
_NOT = r"\b(?:do|does|did|is|are|was|were|wo|ca|could|would|should|has|have|had|must|need|ai)n['’]?t"
"""Auxiliaries that deny, with or without their apostrophe."""
_LEAST = (
    r"least|fewest|lowest|smallest|shortest|slowest|lightest|cheapest|weakest|youngest|earliest|nearest|closest"
    r"|coldest|coolest"
)
_I_DO = (
    r"(?:that\s+)?(?:i|we|he|she|they|you|one)\b(?:['’]?(?:d|ll|m|ve)\b)?"
    r"(?:\s+(?!(?:and|but|or|so|with|for|in|on|at)\b)[a-z]+){0,2}"
)
_TOP = r"limit|max(?:imum)?|ceiling|cap|upper\s+end"
_BOTTOM = r"minimum|floor|lower\s+end"
_END_OF_ALL = (
    rf"(?:the|my|our)\s+(?:\w+\s+)?(?:{_TOP})\b|the\s+(?:very\s+)?(?!(?:{_LEAST})\b)(?:most|\w{{2,}}est)\s+{_I_DO}"
)
"""What an amount is said to be that is the most: "the longest I can sit", "my limit"."""
_START_OF_ALL = rf"(?:the|my|our)\s+(?:\w+\s+)?(?:{_BOTTOM})\b|the\s+(?:very\s+)?(?:{_LEAST})\s+{_I_DO}"
_PASSED = r"(?:the|half|quarter|minutes|go|goes|going|gone|went|\w+ed|walk\w*|dr[io]v\w*|r[au]n\w*|come|came|in)\b"
"""What stands before "past" where nothing is compared: "half past eight", "the past 20 years", "went past 20"."""
_LEFT_WITH = r"(?:is|are|am|was|were|it|them|that|m|re|s|come|comes|came|narrow\w*|boil\w*|get|got)"
"""What stands before "down to" where that is what is left of many: "I'm down to two", "narrowed it down to three"."""
_FILL = (
    r"(?:\s+the\s+(?!course|span|space|period|rest|whole|time)\w+\s+of)?"
    r"(?:\s+(?:of|is|are|be|the|a|an|score|rating|than|my|our|your|about|around))*\s*$"
)
_SPENT = (
    r"\b(?:budget(?:\s+\w+){0,2}|can\s+(?:only\s+)?(?:spend|afford|pay)|(?:have|got)(?:\s+(?:only|just|about|exactly|precisely))?"
    r"|only\s+have|spend(?:ing)?|(?:stretch|go)(?:ing)?\s+(?:as\s+(?:high|far)\s+as|to))"
)
"""What an amount is the most of, unless more is said of it: "can go to 150 or more"."""
SIGNS_BEFORE = tuple(
    (sign, re.compile(pattern + _FILL, re.I))
    for sign, pattern in (
        (
            "<=",
            rf"(?:\b(?:{_NONE})|{_NOT})\s+(?:(?!but|and|or)\w+\s+){{0,4}}"
            rf"(?:{_MORE}|(?<!the\s)past|exceed)(?:\s+than|\s+that)?",
        ),
        (
            ">=",
            rf"(?:\b(?:{_NONE})|{_NOT})\s+(?:(?!but|and|or)\w+\s+){{0,4}}(?:{_LESS})(?:\s+than|\s+that)?",
        ),
        ("<=", rf"\b(?:{_END_OF_ALL}|all\s+{_I_DO})(?:\s+(?:for|on|with|in))?(?:\s+(?:is|would\s+be)|['’]s)"),
        (">=", rf"\b(?:{_START_OF_ALL})(?:\s+(?:for|on|with|in))?(?:\s+(?:is|would\s+be)|['’]s)"),
        (
            "<=",
            r"\b(?:at\s*(?:the\s+)?(?:very\s+)?most|up\s+to|max(?:imum|\.)?|within|not\s+exceed\w*|tops|no\s+later\s+than)",
        ),
        (">=", r"\b(?:at\s*(?:the\s+)?(?:very\s+)?least|min(?:imum|\.)?|no\s+earlier\s+than)"),
        (">=", r"\b(?:start|begin+)(?:s|ing)?\s+(?:at|from|with)"),
        (">=", r"\breach(?:es)?(?:\s+(?:up|out|as\s+far\s+as))?(?:\s+to)?"),
        ("<=", rf"\b(?!{_LEFT_WITH}\s)\w+\s+down\s+to"),
        (
            ">=",
            r"(?:^|[.,;:!?(]\s*|\b(?:(?:any|some|every)(?:thing|body|one|where)|ones?|those|prices?|priced|all)\s+)from",
        ),
        ("<=", r"\b(?:limit(?:ed)?|capp?ed|cap|ceiling)\s+(?:of|at|to|is)"),
        ("<=", _SPENT),
        (">", r"\b(?:north|upwards?|in\s+excess)\s+of"),
        ("<", r"\b(?:(?:south|shy)\s+of|sub-?)"),
        (">", rf"(?:^|[.,;:!?(]\s*|\b(?!{_PASSED})\w+\s+)past"),
        ("<", rf"\b(?:{_LESS})(?:\s+(?:than|then))?"),
        (">", rf"\b(?:{_MORE})(?:\s+(?:than|then))?"),
        ("~", r"\b(?:about|around|roughly|approximately|some|circa|ca\.?|approx\.?|nearly|almost)"),
        ("<=", r"\b(?:bis(?:\s+zu)?|unter|höchstens|maximal|weniger\s+als)"),
        (">=", r"\b(?:ab|über|mindestens|mehr\s+als)"),
        ("<", r"<"),
        (">", r">"),
    )
)
_REFUSED = r"(?:is|are|will|would|does|do|wo|ca|can)(?:\s+(?:not|never|out|too|off)\b|n['’]t\b|not\b)"
"""What is said of more than an amount, where that is the most: "longer than that isn't on"."""

_IS = (
    r"(?:\s+(?!than\b)\w+)?[\s,]*(?:(?:and\s+)?\b(?:that|this|it)\b)?"
    r"(?:['’]s|\s+(?:is|are|as|would\s+be))\s+(?:(?:about|really|just)\s+)?"
)
_STOPS = (
    r"where\s+(?:i|we)\b(?:['’]?d\b)?\s+(?:draw|stop|end|quit|cut|cap|max|top|give)\w*"
    r"(?:\s+(?:the|a|my)\s+line|\s+(?:up|out|off))?"
)
_AS_LITTLE = r"little|few|low|short|small|cheap|early|young|slow|light|weak"
_SIGNS_AFTER = tuple(
    (sign, re.compile(pattern, re.I))
    for sign, pattern in (
        ("~", r"(?:\s+\w+)?\s+or\s+(?:so|thereabouts)\b|\s?-?\s?ish\b"),
        (
            "<=",
            rf"[\s,]*(?:(?:so|and|but)\s+)?(?:please\s+)?(?:nothing|not|no)\s+(?:{_MORE})(?:\s+than\s+that\b|{_ENDS})"
            rf"|(?:[^.!?;,\d]{{0,40}}[.!?;,])?\s*(?:(?:and|but)\s+)?(?:any(?:thing)?\s+)?(?:{_MORE}|past)\s+(?:than\s+)?that"
            rf"(?=\s+{_REFUSED})"
            rf"|[\s,]*(?:(?:and|but)\s+)?(?:not|no)\s+(?:an?|one|another|single)\s+(?:\w+\s+){{1,2}}(?:{_MORE})\b"
            rf"|(?:{_OF_IT}[\s,]*and|{_OF_THAT}[\s,]*or)\s+(?:{_LESS}|earlier|down(?:wards)?)\b{_ALONE}|{_OF_IT}\s*(?:max(?:imum)?|tops|limit|cap|ceiling|downwards|at\s+(?:the\s+)?(?:very\s+)?(?:most|longest|outside))\b"
            rf"|{_IS}(?:{_END_OF_ALL}|(?:the|my|our)\s+(?:\w+\s+)?most\b|all\s+{_I_DO}|{_STOPS}"
            rf"|as\s+(?!(?:{_AS_LITTLE})\b)\w+\s+as\s+{_I_DO})",
        ),
        (
            ">=",
            rf"[\s,]*(?:(?:so|and|but)\s+)?(?:please\s+)?(?:nothing|not|no)\s+(?:{_LESS})(?:\s+than\s+that\b|{_ENDS})"
            rf"|[\s,]*(?:(?:and|but)\s+)?(?:not|no)\s+(?:an?|one|single)\s+(?:\w+\s+){{1,2}}(?:{_LESS})\b"
            rf"|(?:{_OF_IT}[\s,]*and|{_OF_THAT}[\s,]*or)\s+(?:{_MORE}|up|plus)\b{_ALONE}|{_OF_IT}\s+up{_ENDS}|\+|{_OF_IT}\s*(?:min(?:imum)?|at\s*(?:the\s+)?(?:very\s+)?least|upwards?|onwards?|plus)\b"
            rf"|{_IS}(?:{_START_OF_ALL}|as\s+(?:{_AS_LITTLE})\s+as\s+{_I_DO})",
        ),
        ("<", rf"{_IS}(?:\w+\s+)?(?:too\s+(?!(?:{_AS_LITTLE})\b)\w+|more\s+than\s+{_I_DO})"),
        (">", rf"{_IS}(?:\w+\s+)?(?:too\s+(?:{_AS_LITTLE})\b|less\s+than\s+{_I_DO})"),
    )
)
DIRECTIONS = frozenset(
    "max maximum tops min minimum or and plus limit cap ceiling up upwards onwards downwards at most least".split()
)
"""The first words of what compares an amount behind it: none of them is what is counted."""
OR_SO = re.compile(
    rf"{_OF_IT}\s+or\s+(?P<so>(?!(?:{_MORE}|{_LESS}|other|another|either|rather|whether|never|ever|after|her|together)\b)"
    r"[a-z]{2,}er)\b",
    re.I,
)
"""An adjective that compares, and that no direction is known of: "70 percent or darker"."""
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_IS_OUT = re.compile(rf"{_IS}(?:out\b|too\s+\w+|off\s+the\s+table\b|a\s+no\b|no\s+good\b)", re.I)
_REFUSES = re.compile(
    rf"\D*?(?:{_NOT}|\b(?:{_NONE}|without))\b|n['’]t\b|less(?!\s+than)\b|.*\b(?:than|over|above|past|beyond)\s+that$"
    rf"|.*\b(?:not|no)\s+(?:an?|one|another|single)\s+(?:\w+\s+){{1,2}}\w+$|.*\b(?:nothing|not|no)\s+\w+$|.*{_IS_OUT.pattern}$",
    re.I | re.S,
)
_PACES = ("quick", "fast", "slow")
_PLAIN = {"further": "far", "farther": "far", "cheaper": "cheap", "newer": "new", "later": "late"}
_PLAIN |= {"pricier": "pricey", "older": "old", "younger": "young", "wider": "wide"}
COMPARED = re.compile(rf"\b(?P<than>{_MORE}|{_LESS})\b\W+(?:(?:say|like|maybe|perhaps|ideally|so)\W+){{0,2}}$", re.I)
"""What a bare limit is of: "shorter, say under 100"."""
DONE_IN = re.compile(
    r"\b(?:finish\w*|done|ready|over|watch\w*|read\w*|ma[dk]e\w*|cook\w*)\s+(?:\w+\s+){0,2}in(?:side)?\s+$", re.I
)
_SIZED_BEFORE = re.compile(r"\b(?:wid|tall|high|deep|broad|narrow|thick)\w*\s+than\s+$", re.I)
_SIZED = re.compile(r"\s+(?:wide|tall|high|deep|thick|across|in\s+(?:height|width|depth|diameter))\b", re.I)
EARNED = re.compile(
    r"\b(?:ma[dk]e|makes|making|took|(?:take[ns]?|tak(?:en|ing)|took|rak(?:es?|ed|ing)|brought|bring(?:s|ing)?|pull(?:s|ed|ing)?)\s+in)"
    r"(?:\s+(?:well|back|a\s+total\s+of))*\s+$",
    re.I,
)
"""What leads up to an amount that was earned."""


RATE = re.compile(
    r"\s*(?:(?:an?|per|each|every)\s+|/\s*)(?:hour|day|night|week|month|year|term|head|person|piece|bottle|seat)\b"
    r"|\s*(?:pcm|p\.?\s?m\.|p\.?\s?w\.|pppn|apiece)(?!\w)",
    re.I,
)
"""For so much time, for each person or piece: "800 a month", "90 per night", "15 each"."""
FOR_EACH = re.compile(rf"{RATE.pattern}|\s+for\s+{NUMBER}(?:\s+(?:people|persons|of\s+us|nights?))?\b", re.I)
"""What stands between an amount of money and what compares it: "600 for two at most"."""


def sign_after(text: str, ends: Sequence[int]) -> tuple[str, re.Match[str]] | None:
    """What compares an amount that ends there, "<=" or so, and where it stands; "Air 2 Max" is a name."""
    found = ((name, p.match(text, end)) for name, p in _SIGNS_AFTER for end in dict.fromkeys(ends))
    return next(((name, cue) for name, cue in found if cue and not cue[0].strip().istitle()), None)


def _or_so(text: str, ends: Sequence[int]) -> tuple[str, re.Match[str]] | None:
    return next(((">=", cue) for end in dict.fromkeys(ends) if (cue := OR_SO.match(text, end))), None)


def says_refusal(quote: str) -> bool:
    """Whether a range says itself what is refused: "not over 50" is at most 50, as is "50, nothing over that"."""
    return bool(_REFUSES.match(quote))


def with_what_follows(text: str, ends: Sequence[int], sign: str, cue: str) -> tuple[str, int, str]:
    """The sign of an amount that ends at the first of `ends` and has a sign by the cue before it, where all that is
    said of it ends, and the adjective that compares it."""
    last, found = ends[0], sign_after(text, ends) or _or_so(text, ends)
    if found and (sign in ("", "~") or (found[0] == ">=" and re.match(_SPENT, cue, re.I))):
        return found[0], max(found[1].end(), last), adjective_of(found[1][0])
    refused = next((one for end in dict.fromkeys(ends) if (one := _IS_OUT.match(text, end))), None)
    if refused and sign in _DENIED:  # "under 4 is out"
        return _DENIED[sign], max(refused.end(), last), adjective_of(cue)
    again = sign_after(text, ends)
    goes_on = again is not None and again[0] == sign  # "up to twelve, not one more"
    return sign, max(last, again[1].end()) if again and goes_on else last, adjective_of(cue)


def of_pace(sign: str, adjective: str, timed: bool) -> str:
    """The sign by what is compared: quicker than 50 watts is more, and quicker than 50 minutes less."""
    turn = {"<": ">", "<=": ">=", ">": "<", ">=": "<="} if timed and adjective in _PACES else {}
    return turn.get(sign, sign)


def turned(value: str, quote: str) -> str:
    """ "Anything rated 18" that is refused is from 18 on: of a bare number the most was only understood."""
    low, digit, _ = re.split(r"(\d)", quote, maxsplit=1) if re.search(r"\d", quote) else (quote, "", "")
    ends = [m.end() for m in re.finditer(r"\d+", quote)]
    signed = any(p.search(low) for _, p in SIGNS_BEFORE) or sign_after(quote, ends)
    return value.replace("<=", ">=", 1) if digit and not signed else value


def says_size(text: str, start: int, end: int) -> bool:
    """Whether what stands around an amount says how wide, high or deep a thing is: "taller than 3 m", "1 m wide"."""
    return bool(_SIZED_BEFORE.search(text[:start]) or _SIZED.match(text, end))


def is_metres(match: re.Match[str]) -> bool:
    """Whether the "m" right behind an amount's number is no million: "wider than 1.2m"."""
    return match["scale1"] == "m" and says_size(match.string, *match.span())


def adjective_of(cue: str) -> str:
    """ "cheaper than" is said of prices: the word of a cue that tells."""
    for word in re.findall(r"[a-z]+", cue.casefold()):
        if word.endswith("er") and word not in ("over", "under", "never", "higher", "lower", "larger", "smaller"):
            plain = _PLAIN.get(word)
            return plain or re.sub(r"(?:ier)$", "y", word) if word.endswith("ier") else plain or word[:-2]
        if word in ("spend", "spending", "budget", "afford", "pay", "paying"):
            return "cheap"
        if word.endswith("est") and word not in ("lowest", "highest", "largest", "smallest", "biggest", "interest"):
            return re.sub(r"iest$", "y", word) if word.endswith("iest") else word[:-3]
    return ""
