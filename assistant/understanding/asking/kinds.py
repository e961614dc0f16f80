"""Whether a message is a wish, a question, or a remark upon what is on screen: by the model's reading, else by wording.

Knows nothing of catalogues, nor of what a question is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from penchant.retriever import is_range

from ...session import Understanding
from ..cues import asks_to_leave_out, states
from ..spans import Act, Reading

MessageKind = Literal["wish", "question", "both", "accept", "seen", "remark"]
"""both: a question, and a wish beside it."""

_WISHES: tuple[Act, ...] = ("recommend", "refine", "else", "undo")
_QUESTIONS: tuple[Act, ...] = ("ask", "compare", "assistant")
_VERDICTS: tuple[Act, ...] = ("liked", "rejected", "later")
_LIKELY, _SURE, _WISHED = 0.5, 0.7, 0.8

_POINTED = (
    r"""(?:it|this|that|these|those|they|them|he|she|the\s+\w+(?:\s+one)?|number\s+\w+|\#\s*\d+|n[or]\.?\s*\d+)"""
)
_PLACED = r"(?:it|this|that|number\s+\w+|\#\s*\d+|the\s+(?:\w+(?:st|nd|rd|th)|last)(?:\s+one)?)\b"
_LEAD = r"^\W*(?:(?:and|but|so|ok(?:ay)?|well|wait|hm+|sorry|hey|oh|um|by\s+the\s+way|quick\s+one)\b[\s,:]*)*"
_PLAIN_QUESTION = re.compile(
    rf"""{_LEAD}
    (?:why\b(?!\s+(?:not|don['’]?t\s+(?:you|we))\b(?!\s+(?:the|is|isn)\b)) | how\s+come\b
      | (?:which|what)(?:\s+(?:one|of\s+\w+(?:\s+\w+)?))?(?:['’]?s|\s+is|\s+are|\s+has|\s+was)\s+(?:the\s+)?
        (?:\w+est|most\s+\w+|least\s+\w+|\w+er)\b(?!\s+you\b)
      | (?:tell|say)\s+(?:me\s+|us\s+)?(?:a\s+(?:bit|little)\s+)?(?:more\s+)?about\s+(?!a\b|some\b){_POINTED}
      | (?:give|show|read)\s+(?:me|us)\s+(?:the|a|your)\s+(?!(?:more|rest|best|next)\b)\w+\s+(?:\w+\s+)?
        (?:of|on|about)\s+{_PLACED}
      | who\s+(?:made|directed|wrote|is|are|was|were|stars?|plays?|sings?|makes?|publish\w+|design\w+|built|did)\b
      | (?:what|which)\s+(?:[\w-]+\s+){{1,3}}?(?:is|are|was|were|does|do|did|has|have)
        \s+(?:it|this|that|these|those|they)\b
      | when\s+(?:was|did|is|were)\s+{_POINTED} | where\s+(?:is|was|are|does|do|did)\s+{_POINTED}
      | how\s+(?:long|old|much|many|big|heavy|far|scary|good|new|large|tall|high|fast|expensive|strong)\s+
        (?:\w+\s+)?(?:is|are|was|does|do|did|has|have)\s+{_POINTED}
      | compare\b | what(?:['’]?s|\s+is)\s+the\s+difference\b | are\s+you\b
      | (?:is|are|was|does|has)\s+(?:it|this|that|they|these|the\s+(?:\w+(?:st|nd|rd|th)|last|other)
        |number\s+\w+|\#\s*\d+)\b
      | (?:(?:is|are)\s+(?:there\s+)?)?any\w*\s+(?:in|of|on|among)\s+(?:there|here|these|those|them|the\s+list)\b
      | what\s+(?:did\s+you\b(?!\s+have\b)|have\s+you\s+(?!got\b))
      | what\s+(?:do|are)\s+you\s+(?:leav|left|know|rememb|filter|hid|exclud|throw|kept|keep|held|h[oa]ld)\w*\b
      | (?:so\s+)?what\b[^.!?]*\byou\s+think\s+i\b)""",
    re.I | re.X,
)
_WISH_AFTER = re.compile(
    r"""[,;.?!]\s*(?:\w+\s+){0,3}?(?:(?:is|are|isn['’]?t|aren['’]?t)\s+there|(?:do|don['’]?t)\s+you\s+have|have\s+you\s+got
    |(?:show|give|find)\s+me|can\s+(?:i|you)|could\s+you|something|anything|any\s+other|i\s+(?:want|need|['’]d))\b""",
    re.I | re.X,
)
_ASKED_TO = re.compile(rf"{_LEAD}(?:please\s+)?(?:can|could|will|would)\s+you\b", re.I)
_WISH_CHINESE = re.compile(
    r"有没有(?!字幕)|推荐|来[点些几个部本]|想[看听读要买找]|给我|帮我|换[个一成]|还有(?:别的|其他|吗)|再来|找[个一部本]"
    r"|不要|别[给要]|能不能|能否|可不可以|[便短长新轻]\S?一?[点些](?!吗)"
)
_QUESTION_CHINESE = re.compile(
    r"""为什么|为何|为啥|怎么会|哪[个部本款家张年里儿些]|多[长久少大重贵远高]|几[页年岁分点个]|谁|什么时候|什么(?=[？?]?$)|讲什么|讲的|关于什么
    |吗[？?。！]*$|呢[？?]*$|是不是|有没有字幕|比较一?下?|区别|差别|不同|对比|介绍|说说|讲讲|详细|了解我|知道我|你(?:能|会|可以)做?什么|你是谁
    |怎么用|排除|过滤|漏掉|哪国|什么语言|(?P<x>[\u4e00-\u9fff])不(?P=x)|[？?]\s*$""",
    re.X,
)
_ACCEPT_CHINESE = re.compile(r"就(?:要|看|听|读|买|选|订|它|这|第)|选第|决定.{0,4}[看了要]|(?:我们?|就)要第|那就第")
_SEEN_CHINESE = re.compile(r"(?<![没为成])(?<!没有)[看听读买用去住喝吃玩]过了?(?!吗)")
_IT_IS = re.compile(
    r"""^\W*(?!(?:how|what|where|who|when|which|why|whatever|whoever|as|such|because|if|that)\b)(?:[\w'’-]++\W++){1,6}it\s+is
    (?:\W+(?:then|so|please|thanks?|thank\s+you|cheers))*\W*$""",
    re.I | re.X,
)
_ASKS = re.compile(rf"{_LEAD}(?:what|which|who|whose|whats)\b|[?？]\s*$", re.I)
_THANKS = re.compile(
    r"^\W*+(?:\w++\W++){0,2}?(?:thanks?|thank\s+you|thx|cheers)\b(?!.*\b(?:but|no|not|any|more)\b)", re.I
)
_THANKS_CHINESE = re.compile(r"^\W*(?:好的?\W*)?(?:非常|太|多)?[谢謝]|辛苦了")


_SHOW = re.compile(
    r"""^\W*(?:(?:ok(?:ay)?|please|and|so|now|hey|hi|then)\b\W*)*(?:show|find|get|give|bring)\s+(?:me|us)\s+
    (?!(?:why|how|what|where|who|when|which|the|that|this|these|those|them|it|more|again|an?\s+(?:hint|hand|minute|sec))\b)\w""",
    re.I | re.X,
)
"""A wish, be there nothing in it that the model knows: "show me your teapots"."""


def kind_of(text: str, reading: Reading | None, chinese: bool) -> MessageKind:
    """What kind of message it is."""
    if reading is not None:
        return _by_reading(text, reading)
    if chinese:
        return _by_chinese(text)
    return "question" if _PLAIN_QUESTION.match(text) else "wish"


def asks(text: str) -> bool:
    """Whether a text is a question by its first word or its last sign."""
    return bool(_ASKS.search(text))


def compares(said: Understanding) -> bool:
    """Whether a limit was heard that is relative to something: "better rated than the second please"."""
    return any(is_range(i.value) and " than" in i.quote for i in said.interests)


def settles(text: str) -> bool:
    """ "The blue one it is": whether a message is nothing but that, of whatever is on screen."""
    return bool(_IT_IS.match(text))


def _by_reading(text: str, reading: Reading) -> MessageKind:
    scores, wishes = reading.act_scores, _most(_WISHES, reading)
    others = max(wishes, _most(_VERDICTS, reading))
    surely = scores["accept"] >= _SURE or scores["accept"] >= max(_LIKELY, *(scores[act] for act in scores))
    surely = surely and scores["accept"] >= scores["compare"]
    surely = surely and not ("?" in text and scores["compare"] >= _SURE)
    if (surely and others < _LIKELY) or settles(text):
        return "accept"
    if scores["seen"] >= _SURE and others < _LIKELY:
        return "seen"
    if asks_to_leave_out(text) or (_ASKED_TO.match(text) and any(s.side in ("less", "never") for s in reading.spans)):
        return "wish"  # "can you leave out the horror?"
    if _PLAIN_QUESTION.match(text):
        return "both" if _WISH_AFTER.search(text) or (wishes >= _LIKELY and "," in text) else "question"
    if _most(_QUESTIONS, reading) >= _LIKELY:
        return "question" if wishes < _LIKELY else "both"
    return "remark" if _says_nothing(text, reading, wishes) else "wish"


def _says_nothing(text: str, reading: Reading, wishes: float) -> bool:
    """Whether the model finds nothing that is wanted or not: in no blind message but one of 547 with a wish."""
    if (
        _SHOW.match(text)
        or states(text)
        or reading.act_scores["more"] >= _LIKELY
        or reading.act_scores["list"] >= _LIKELY
    ):
        return False
    if not reading.spans and _THANKS.match(text):
        return True
    return (not reading.spans and wishes < _WISHED) or (reading.act_scores["chat"] >= _LIKELY > wishes)


def _by_chinese(text: str) -> MessageKind:
    if _WISH_CHINESE.search(text):
        return "wish"
    if _QUESTION_CHINESE.search(text):
        return "question"
    if _ACCEPT_CHINESE.search(text):
        return "accept"
    if _SEEN_CHINESE.search(text):
        return "seen"
    return "remark" if _THANKS_CHINESE.search(text) else "wish"


def _most(acts: Iterable[Act], reading: Reading) -> float:
    return max(reading.act_scores[act] for act in acts)
