"""What a message says of what was offered just before, without naming it: "loved it", "sounds good", "not for me".

English; for Chinese see verdicts. Knows nothing of catalogues, and not whether anything was offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..text import before

Reacted = Literal["liked", "disliked", "accepted", "seen", "unseen"]
"""accepted: wanted, and not known yet. unseen: not known yet, and nothing said against it."""

_VERY = r"""(?:(?:really|actually|also|just|so|very|quite|pretty|rather|totally|absolutely|definitely|certainly|probably
    |still|always|even|kind\s+of|kinda|sort\s+of|a\s+(?:bit|little|lot)|super|both|all|way|too|only|like|both\s+of)\s+)*"""
_THING = r"""(?:movies?|films?|flicks?|ones?|books?|novels?|albums?|songs?|records?|series|titles?)"""
_OFFER = r"(?:suggestion|option|choice|pick|recommendation|idea|recommend|selection)s?"
_MANY = r"(?:both|them|those|these|all|either|any|the\s+others|the\s+rest)"
_NEXT = r"""(?=\s*(?:$|[^\w\s]|(?:too|also|as|and|but|so|a|because|very|thanks?|do|did|any|what|who|is|was|can|could
    |have|i|the|when|when|in|on|or|though|either|at|much|that|for|lately|years|with|it|will|tonight|sometime|out|yet|before|one)\b
    |i['’]))"""
_IT = rf"""(?:it|(?:all\s+)?(?:\w+\s+)?of\s+(?:them|those|these)|them|both|all(?=\s+of|\s+(?:\d|three|four|five)\b|\W)
    |(?:that|this|those|these|all\s+those|all\s+these|both\s+those)
     (?:\s+(?:(?:\w+\s+)?{_THING}|kinds?|types?|sorts?)\b|{_NEXT}))"""
_SUBJECT = rf"(?:it|that|this|they|those|these|both|all|(?:that|this|those|these|both)\s+(?:\w+\s+)?{_THING})"
_IS = r"(?:['’]?s|\s+(?:is|was|are|were))"
_SEEMS = r"\s+(?:looks?|sounds?|seems?|seemed|looked|sounded|would\s+be|will\s+be|might\s+be)"
_GOOD = r"""(?:great|good|amazing|awesome|excellent|fantastic|wonderful|brilliant|funny|hilarious|perfect|the\s+best
    |cool|decent|not\s+bad|classics?|beautiful|incredible|fun|nice|lovely|interesting|intriguing|cute|fine|ok(?:ay)?|alright
    |favou?rites?|promising|exciting|entertaining|enjoyable|solid|neat|sweet|right\s+up\s+my\s+alley|up\s+my\s+alley)"""
_BAD = r"""(?:boring|bad|terrible|awful|horrible|garbage|trash|rubbish|stupid|dumb|lame|overrated|disappointing|dull
    |silly|weak|the\s+worst|crap|annoying|predictable|meh|cheesy|gross|weird\s+for\s+me|too\s+(?!good|great|funny|cool|bad)\w+)"""
_A = r"(?:(?:an?|such\s+an?|one\s+of\s+(?:my|the|our)|my|our|an?\s+old|an?\s+all[\s-]time)\s+)?"
_NOT = r"(?:(?:do|does|did|didi|would|was|were|is|are|ca|could|have|has|wo)(?:\s+not|n['’]?t)|im\s+not|not|never)"
_LEAD = r"""(?:(?:oh|yes|yeah|yea|yep|yup|ya|no|nope|wow|ok|okay|ooh|ah|haha|lol|hm+|well|of\s+course|sure|cool|nice
    |great|awesome|true|right|honestly|sorry|ugh)\b[\s,.!…]*+){0,5}"""
_OPENS = rf"(?:^|[.!?;,…])\s*{_LEAD}"
_WILL = r"""(?:will|['’]ll|\bill|would|['’]d|going\s+to|gonna|gotta|have\s+to|need\s+to|should|might|may|can|could
    |want\s+to|wanna|like\s+to|love\s+to|let\s+me|ready\s+to|(?:^|[.!?,]\s*)(?:maybe\s+)?(?:to\s+)?)"""
_TAKE = r"""(?:check|look|watch|see|try|add|give|rent|get|put|consider|find|download|buy|stream|rewatch|read|listen|take
    |go|catch|play|pick)"""
_AWAY = r"(?:take|put|get)\s+(?:[\w'’]+\s+){1,4}(?:out|off|away)\b"

_KINDS = r"""(?:fans?\s+of|into|interested\s+in|big\s+on|care\s+for|like
    |an?\s+(?:\w+['’]?s?\s+){1,3}(?:fan|person|guy|girl|type))\b"""
_PLEASED = rf"""(?:(?:\w+\s+(?:but|and)\s+(?:an?\s+)?)?{_GOOD})\b"""

_DISLIKED = rf"""
    \b{_NOT}\s+(?:\w+\s+){{0,3}}?(?:liked?|loved?|enjoy(?:ed)?|cared?\s+(?:much\s+)?for|dig|want\s+to\s+(?:see|watch))\s+{_IT}
    | \b{_NOT}\s+(?:\w+\s+){{0,3}}?fans?(?:\s+of\s+(?:{_IT}|either|any)|(?=\s*(?:$|[.!?,;])))
    | \b{_NOT}\s+(?:\w+\s+){{0,2}}?(?:into|interested\s+in|big\s+on|keen\s+on)\s+(?:{_IT}|either|any)
    | \b{_NOT}\s+(?:\w+\s+){{0,2}}?(?:interested|impressed)(?=\s*(?:$|[.!?,;]))
    | \b{_NOT}\s+(?:\w+\s+){{0,2}}?(?:for\s+me|my\s+(?:thing|type|kind|style|cup|favou?rites?|genre))\b
    | \b{_NOT}\s+think\s+i(?:['’]?d|['’]?ll|\s+\w+)?\s+(?:\w+\s+)?(?:like|liek|enjoy|care\s+for|want|watch|see)\s+{_IT}
    | \b(?:no|zero|little)\s+interest\s+in\s+(?:it|that|this|them|those|these|either|any)\b
    | \b(?:hate[ds]?|dislike[ds]?|despise[ds]?)\s+{_IT}
    | (?:\b{_SUBJECT}(?:{_IS}|{_SEEMS})|{_OPENS}(?:was|is|looks?|sounds?|seems?)|found\s+(?:it|that|them))
      \s+{_VERY}{_A}{_BAD}\b
    | \b{_SUBJECT}\s+(?:is|was|are|were)(?:\s+not|n['’]?t)\s+(?:\w+\s+){{0,2}}?
      (?:good|great|funny|enjoyable|impressive)\b
    | {_OPENS}(?:(?:way|a\s+(?:bit|little))\s+)?too\s+\w+(?:\s+\w+)?\s+for\s+(?:me|us|my\s+\w+)\b
    | (?:^|[.!?]\s)\s*(?:no,?\s+thank(?:s|\s+you)|nah|(?:hard\s+|i['’]?ll\s+)?pass)(?=\s*(?:$|[.!?,;…]))
    | ^\s*{_LEAD}(?:please\s+)?(?:take|throw|kick|cross)\s+(?:it|that|this|{_MANY})(?:\s+ones?)?\s+(?:out|off|away)\b
    | \b(?:bad|terrible|awful|horrible|poor)\s+(?:reviews?|things)\b
    | (?:^\s*|^[^.!?]{{0,40}}\b(?:seen|haven['’]?t|have\s+not)(?:\s+(?:it|that|one))*[,.!]*\s+(?:and\s+)?){_LEAD}
      (?:i\s+am\s+|i['’]?m\s+|i\s+was\s+|i\s+(?=\w*n['’]?t)|i\s+do\s+(?=not))?{_NOT}\s+(?:\w+\s+){{0,3}}?{_KINDS}"""
_UNSEEN = rf"""
    \b(?:have|has|had)(?:\s+not|n\W?t\W?)\s+(?:(?:actually|yet|even|ever|still)\s+)*(?:seen|watched|read|heard|tried)\b
    | \b(?:never|not)\s+(?:\w+\s+){{0,2}}?(?:seen|saw|watched|heard|read)\b
    | \bdid(?:\s+not|n\W?t)\s+(?:see|watch|read|hear)\b
    | \b(?:have|has)\s+yet\s+to\s+(?:see|watch|read|hear)\b
    | {_OPENS}(?:i\s+|we\s+)?(?:have\s+not|haven['’]?t|did\s+not|didn['’]?t|not\s+yet|never)
      (?=\s*(?:$|[.!?,;…]|(?:yet|who|what|is|but|any)\b))"""
_ACCEPTED = rf"""
    (?:{_WILL})\s*(?!{_AWAY}){_VERY}(?:have\s+to\s+|need\s+to\s+|give\s+)?{_TAKE}\b
      (?:\s+(?!something|anything|someone|other\b)[\w'’]+){{0,4}}?\s+(?:it|that|this|one|{_MANY}|{_OFFER})\b
    | \b(?:look(?:ing)?\s+forward\s+to|can['’]?t\s+wait|worth\s+(?:checking|looking|a\s+watch|watching|a\s+try))\b
    | \b(?:add(?:ing|ed)?|put(?:ting)?|write|wrote|keep)\s+{_IT} | \b(?:on|to)\s+(?:my|the)\s+(?:watch[\s-]?)?list\b
    | (?:\b{_SUBJECT}{_SEEMS}|{_OPENS}(?:sounds?|looks?|seems?))\s+{_VERY}{_A}{_GOOD}\b
    | \b(?:good|great|nice|excellent|perfect|awesome|amazing|wonderful|fantastic|solid|cool|lovely|interesting)
      \s+(?:movie\s+|film\s+)?{_OFFER}\b
    | \b{_SUBJECT}(?:['’]?s|\s+(?:will|would|should|works?|do(?:es)?|is|are|was))
      \s+(?:do|work|be\s+(?:great|perfect|good|fine))\b
    | ^\s*(?:(?:ok(?:ay)?|oh|alright|yes|wow)\b[\s,.!]*)*(?:great|awesome|perfect|excellent|amazing|wonderful|fantastic)
      (?=[\s,.!]*(?:$|thanks?\b))
    | \bheard?\s+(?:\w+\s+){{0,3}}?(?:great|good|amazing|wonderful)\s+(?:things|reviews)\b
    | \bsupposed\s+to\s+be\s+(?:really\s+|very\s+)?(?:good|great|funny)\b
    | (?:{_OPENS}(?:i\s+)?will|\bi['’]?ll)\s+(?:definitely\s+|try\s+to\s+)?
      (?:try|look\s+into|check|do\s+(?:that|so)|see|watch)(?=\s*(?:$|[.!?,;]))
    | {_OPENS}(?:i|we)\s+will(?=\s*(?:$|[.!]|this\b|tonight))"""
_LIKED = rf"""
    \b(?:love[ds]?|like[ds]?|enjoyed?|adore[ds]?)\s+(?:watching\s+|seeing\s+)?{_IT}
    | (?:\b{_SUBJECT}{_IS}|{_OPENS}(?:(?:it|that|they)\s+)?(?:was|were))\s+{_VERY}{_A}(?:\w+\s+)?{_GOOD}\b
      (?!\s+(?:to\s+know|for\s+you))
    | {_OPENS}{_VERY}{_A}(?:{_GOOD}\s+)+{_THING}\b
    | ^\s*(?:oh\s+)?(?:yes|yeah|yea|yep|yup|ya|of\s+course)\b[\s,.!…]*{_LEAD}(?:i\s+have\b[\s,.!…]*)?
      {_VERY}{_A}(?:what\s+an?\s+)?{_PLEASED}
    | {_OPENS}(?:one|some|two|both)\s+of\s+(?:my|our)\s+(?:\S+\s+){{0,2}}?fav\w*
    | {_OPENS}(?:my|our)\s+(?:\S+\s+)?favou?rites?(?=\s*(?:$|[.!]))"""
_SEEN = rf"\b(?:seen|saw|watched)\s+(?:\w+\s+)?{_IT} | {_OPENS}(?:i|we)\s+(?:have|did)(?=\s*(?:$|[.!,;]))"

_FORMS: Sequence[tuple[Reacted, str]] = (
    ("disliked", _DISLIKED),
    ("liked", _LIKED),
    ("accepted", _ACCEPTED),
    ("seen", _SEEN),
    ("unseen", _UNSEEN),
)
_PATTERNS: Sequence[tuple[Reacted, re.Pattern[str]]] = tuple(
    (said, re.compile(pattern, re.I | re.X)) for said, pattern in _FORMS
)
"""What says most first."""

_SEVERAL = re.compile(rf"\b(?:{_MANY}|they|suggestions|options|choices|picks|recommendations|ideas)\b", re.I)
_OFFERED = re.compile(rf"\b(?:the\s+)?(?:others|rest|(?!ideas?\b){_OFFER})\b", re.I | re.X)
_NEGATED = re.compile(r"(?:n['’]?t|\bdont|\bdidnt|\bnot|\bnever|\byou|\bwho|\bif)\s+(?:\w+\s+){0,3}$", re.I)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is said, whether of several ("those"), of all that was offered, or all but what is named, and where."""

    said: Reacted
    several: bool
    offered: bool
    start: int
    end: int


def reactions(text: str) -> list[Reaction]:
    """The reactions of a text: of each kind the first, the kind that says most first."""
    return [reaction for said, pattern in _PATTERNS if (reaction := _first(said, pattern, text))]


def _first(said: Reacted, pattern: re.Pattern[str], text: str) -> Reaction | None:
    for match in pattern.finditer(text):
        if said in ("disliked", "unseen") or not _NEGATED.search(before(text, match.start())):
            several, offered = (bool(form.search(match[0])) for form in (_SEVERAL, _OFFERED))
            return Reaction(said, several, offered, match.start(), match.end())
    return None
