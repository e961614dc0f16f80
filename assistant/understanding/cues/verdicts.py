"""What a person says of something named before: "Alien was boring", "loved it", "I have seen that one".

English and Chinese. Knows nothing of catalogues; polarity governs what comes after a cue, this what came before it.
"""

from __future__ import annotations

import re
from typing import Literal

VerdictCue = Literal["liked", "disliked", "seen"]

_VERY = r"""so|both|all|also|even|really|very|pretty|kind\s+of|kinda|a\s+bit|a\s+little|just|too|quite|rather|such|pure
    |absolutely|hot"""
_SO = rf"(?:(?:{_VERY})\s+)*"
_IT = r"(?:\s+(?:it|that|this|them|those|either|any|one|at\s+all)\b|\s*[,.!?]|$)"
_BAD = r"""(?:boring|bad|terrible|awful|horrible|garbage|trash|rubbish|stupid|dumb|lame|overrated|disappointing|dull
    |too\s+(?!good|great|funny|cool)\w+|weak|the\s+worst|crap|annoying|predictable|a\s+(?:letdown|mess|disappointment)|meh)"""
_GOOD = r"""(?:great|good|amazing|awesome|excellent|fantastic|wonderful|brilliant|funny|hilarious|perfect|the\s+best
    |cool|decent|not\s+bad|ok(?:ay)?|alright|a\s+(?:great|good|classic|favou?rite)|one\s+of\s+my\s+favou?rites|beautiful|incredible|fun|nice)"""
_NOT = r"(?:do|does|did|didi|would|was|were|is|are|ca|could|have|has|wo)(?:\s+not|n['’]?t)"

_DISLIKED = re.compile(
    rf"""\b{_NOT}\s+(?:\w+\s+){{0,2}}(?:like|enjoy|love|care\s+for|recommend|stand){_IT}
    | \b(?:hate[ds]?|dislike[ds]?){_IT}
    | \b(?:was|were|is|are|it['’]?s|looks?|sounds?|seems?|seemed|found\s+it)\s+{_SO}{_BAD}\b
    | \b(?:was|were|is|are)(?:\s+not|n['’]?t)\s+(?:\w+\s+){{0,2}}(?:good|great|amazing|impressed|funny|enjoyable|fan)\b
    | \bnot\s+(?:really\s+)?(?:my\s+(?:thing|type|kind|style|cup\s+of\s+tea|favou?rite)|for\s+me|interested|a\s+fan)
    | \b{_NOT}\s+(?:\w+\s+){{0,3}}(?:like|love|dig)\s+the\s+(?:sound|look)s?\s+of\b
    | \b{_NOT}\s+(?:really\s+|quite\s+)?do\s+it\s+for\s+me | \b(?:no|zero|little)\s+interest\s+in{_IT}
    | \b{_NOT}\s+think\s+i(?:['’]?d|['’]?ll|\s+would|\s+will)?\s+(?:\w+\s+)?(?:like|watch|want|enjoy|care)
    | \bnot\s+(?:(?:really|so|too|that|all\s+that|much)\s+)?(?:into|a\s+(?:big\s+|huge\s+)?fan\s+of){_IT}
    | \bwas\s+a\s+bit\s+much\b
    | \b(?:could\s+never|can(?:['’]?t|not)|never)\s+(?:really\s+)?(?:get|got)\s+into{_IT}
    | \b(?:no\s+thanks|nah)\b | \b(?:bad|terrible|awful|horrible|poor)\s+(?:reviews?|things)\b
    | 不好[看听玩读] | 难[看听] | 无聊 | 没意思 | 不怎么样 | 很?烂 | 差劲 | 令人失望 | 不喜欢(?=$|[\s,.!，。！了])""",
    re.IGNORECASE | re.VERBOSE,
)
_LIKED = re.compile(
    rf"""\b(?:love[ds]?|like[ds]?|enjoyed|adore[ds]?){_IT} | \b(?:was|were|is|are|it['’]?s|that['’]?s)\s+{_SO}{_GOOD}\b
    | \b(?:check|try|watch|read|listen\s+to|look\s+(?:for|into))\s+(?:it|that|this|them|those)\b
    | \bsounds?\s+{_SO}{_GOOD}\b | \bgreat\s+(?:movie|film|book|album|one|choice|pick|suggestion)
    | (?:不错|好[看听]|[很太]棒|[很太]好|精彩|很赞|喜欢(?=$|[\s,.!，。！]))(?!吗)""",
    re.IGNORECASE | re.VERBOSE,
)
_SEEN = re.compile(
    r"""(?:^|[.!?,]\s)\s*(?:already\s+)?(?:seen|watched)\b
    | \b(?:i['’]?ve|i\s+have|we\s+have|we['’]?ve|already|have)\s+(?:already\s+)?(?:seen|watched|read|heard|know)\b
    | \b(?:i|we)(?:['’]ve|\s+have)\s+(?:(?:just|already|both)\s+)?(?:had|done|finished)\b
    | \b(?:i|we)\s+(?:already\s+)?know(?=\s*(?:$|[.,;!?]|already\b|well\b))
    | \b(?:i|we)\s+(?:saw|watched|read)\b | \bseen\s+(?:it|that|them|those|both|all)\b
    | [看听读]过 | 看完了""",
    re.IGNORECASE | re.VERBOSE,
)
_UNSEEN = re.compile(
    r"""\b(?:have|has|had)(?:\s+not|n['’]?t)\s+(?:\w+\s+){0,2}?(?:seen|watched|read|heard)\b
    | \b(?:never|not)\s+(?:yet\s+|actually\s+|even\s+)*
        (?:seen?|watch(?:ed)?|saw|read|heard?|tried|played|visited|tasted)\b
    | \bdid(?:\s+not|n['’]?t)\s+(?:see|watch|read|hear)\b | \bto\s+not\s+(?:see|watch|read|hear)\b | 没有?[看听读]过""",
    re.I | re.X,
)


def verdict(text: str) -> VerdictCue | None:
    """What a stretch of text says of the thing named just before it; None if it says nothing."""
    if _DISLIKED.search(text):
        return "disliked"
    if _LIKED.search(text):
        return "liked"
    return "seen" if _SEEN.search(text) and not _UNSEEN.search(text) else None


def is_unseen(text: str) -> bool:
    """Whether what is named next, or was named before, is said not to be known yet."""
    return bool(_UNSEEN.search(text))
