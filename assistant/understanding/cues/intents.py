"""What kind of turn a message is, by its wording; and which of its words are mere courtesy.

English and Chinese, with the greetings of some other languages. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ...session import Intent, Session
from ..text import NUMBER, before

Restart = Literal["", "topic", "everything"]
"""topic: what follows takes the place of what was wanted. everything: of what was ruled out, too."""

_LEAD = r"""(?:and|so|but|ok(?:ay)?|right|please|just|completely|simply|actually|no|oh|hm+|well|yes|yeah|thanks|thx|wow
    |now|then|lets?|let['’]s|(?:can|could|shall|should)\s+(?:we|you|i)|time\s+(?:to|for)|wait|sorry|never\s*mind|you\s+know\s+what)"""
_LED = rf"(?:(?:^|[.!?;:,\n–—-])\s*|\b(?={_LEAD}\b))(?:{_LEAD}\b[\s,]*)*"
"""Where a clause begins that says what to do: "a novel about starting over" does not."""
_ENDS = r"""(?:\s+(?:now|please|then|altogether|entirely|completely|again))*
    (?=\s*(?:[.!?;:,\n]|[–—-]\s|$|\b(?:and|but|i|we|show|give|find|let)\b))"""
_SO_FAR = r"(?:\s+(?:so\s+far|before|earlier|previously|(?:up\s+)?(?:to|until|till)\s+(?:now|this\s+point)))?"
_SAID = r"""(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+|ever\s+)?
    (?:said|told(?:\s+you)?|asked(?:\s+for)?|wanted|wished(?:\s+for)?)"""
_ALL = rf"""(?:(?:all|everything|every\s+(?:bit|word)|what(?:ever)?)(?:\s+of\s+(?:it|that|this))?\s+{_SAID}{_SO_FAR}
    |everything{_SO_FAR}|(?:all\s+(?:of\s+)?)?the\s+(?:above|lot)|(?:the|that|this)\s+whole\s+(?:lot|thing|idea|business)
    |all(?:\s+of)?\s+(?:it|that|this|those|these)
    |(?:all\s+)?(?:of\s+)?(?:my|the|those)\s+(?:(?:earlier|previous|old|other|former|past)\s+)?(?:wishes|criteria|filters|requirements|requests?|conditions|preferences))"""
_EVERYTHING = re.compile(
    rf"""{_LED}(?:
      (?:scratch|forget|scrap|strike|drop|ditch|ignore|disregard|delete|cancel|wipe|clear|erase|toss|bin|discard|reset|undo|abandon
        |never\s*mind|throw\s+(?:out|away))\s+(?:about\s+)?{_ALL}{_ENDS} )""",
    re.I | re.X,
)
_OF_TALK = (
    r"(?:thing|question|topic|subject|request|search|query|idea|matter|story|plan|direction|tack|task|mission|wish)s?"
)
"""What a talk is about, or goes by: of nothing else does "a different one" leave what was wished for before."""
_TOPIC = re.compile(
    rf"""{_LED}(?:(?:an?|the|my|now|on\s+to|onto|for|to)\s+)*(?:
      (?:(?:quite|very|totally|entirely|wholly|whole|brand|completely|rather)\s+)*(?:different|new|unrelated|separate|fresh)\s+{_OF_TALK}{_ENDS}
      | (?:(?:quick|slight|complete|total|small|big|sudden)\s+)*change\s+of\s+
        (?:plans?|mind|heart|topic|subject|tack|direction|course|tune)\b
      | (?:switch|chang|shift)(?:e|ing)?\s+(?:the\s+)?(?:topic|subject|gear|tack|direction|plan)s?{_ENDS}
      | all\s+change{_ENDS}
      | (?:(?:i|we)(?:['’]d|\s+would)?\s+(?:like|rather|prefer|want|need)(?:\s+to)?\s+)?(?:start(?:ing)?|begin(?:ning)?)
        \s+(?:all\s+)?(?:over|again|afresh|anew|fresh|from\s+scratch)\b(?:\s+from\s+\w+)?(?!\s+(?:the|my|his|her|their|in|at)\b)
      | (?:clean|blank)\s+slate{_ENDS} | wipe\s+the\s+slate(?:\s+clean)?{_ENDS} | fresh\s+start{_ENDS}
      | (?:(?:go\s+)?back\s+to\s+)?square\s+one{_ENDS}
    )
    | \bon\s+(?:an(?:other)?|a\s+(?:completely\s+|very\s+)?different)\s+note\b
    | \bsomething\s+(?:completely|totally|entirely|altogether)\s+different\b
    | 换个?话题|换一?[类种]|换个(?:类型|口味|风格)|重新开始|从头再?来""",
    re.I | re.X,
)
_LINKS = re.compile(r"^(?:[\s.,:;!?–—-]|(?:and|but|so|then|now)\b)+", re.I)
_MORE = re.compile(
    r"\b((?:any|some|show me|give me)?\s*(?:more|others?)\s*"
    r"(?:please|options|suggestions|recommendations|like (?:that|this|these|those))?[?.!]*$|"
    r"(?:something|anything) else|any other|(?:something|anything) more(?=\W*$)|what else|"
    r"another (?:one|batch|few|list)|(?:none|neither) of (?:these|those|them)|"
    r"^\W*(?:no\W+)?(?:neither|none)(?: one)?\W*$|"
    r"(?:show|give) me (?:others|different ones)|next (?:page|ones|batch))|"
    r"还有(?:吗|别的|其他)|其[他它]的|有没有别的|换一?[批个些组轮]|换几[个部本首]|再来[几一][个部本些首]|再推荐几?[个部本些首]|下一[批页组]|都不[要行想]看?",
    re.I,
)
_OF_AN_AMOUNT = re.compile(
    rf"""(?:\b(?:not|n['’]t|nor|never|without)\s+(?:(?:even|a|an|one|any|single|half)\s+)+(?!ones?\b)[^\W\d_]+
    |(?:[$€£¥]\s*[\d.,]+k?|[\d.,]\s*[$€£¥%])
    |(?<![\w-])(?:[\d.,]+\s*|(?:{NUMBER}|an?|couple\s+of|few)[\s-]+)(?!(?:few|couple|ones?|or|and|of|bit|little|lot|whole|batch|round)\b)[^\W\d_]+
    |\b(?:no|not|never)|n['’]t)\s*$""",
    re.I | re.X,
)
"""What makes "more" behind it one of an amount, and of no picks: "not a penny", "two seats", "150 and no"."""
_FINE = re.compile(
    r"\b(?:is|are|would be|sounds)\s+(?:totally |perfectly |actually |also )?(?:fine|ok|okay|alright|good|great)\b"
    r"|\bdo(?:n['’]?t| not) mind\b|\b(?:ok|okay|fine|cool|good) with\b|\b(?:is|are) (?:allowed|welcome)\b"
    r"|\b(?:bring|put|add) back\b|\b(?:include|show|add|allow|have) (?:[\w-]+ ){1,4}again\b"
    r"|\byou (?:can|may|could) (?:\w+ )?(?:include|show|add|have|suggest|recommend|give|bring|list|use|keep) [^.!?;,]+"
    r"|可以|也行|也好|没关系|没问题|无妨|不介意",
    re.I,
)
_FEEDBACK = re.compile(
    r"\b(?:thanks?|thank you|perfect|great pick|love (?:it|that|this)|good one|merci|gracias|danke)\b"
    r"|[谢謝]|спасибо|شكرا|धन्यवाद|ありがとう|감사",
    re.I,
)
_CHAT = re.compile(
    r"""(?:^|(?<=[.!?,;:\n，。！？]))\s*+(?:
        (?:hi|hello|hey|hiya|howdy|yo)(?:\s+(?:there|again|everyone))?(?=\s*(?:[,.!?:;)]|$))
      | good\s+(?:morning|afternoon|evening|day|night)(?=\s*(?:[,.!?]|$))
      | how\s+are\s+you(?:\s+(?:doing|today))*(?=\s*(?:[,.!?]|$))
      | (?:how\s+(?:does|do|can)\s+(?:this|it|that|you)\s+work|who\s+are\s+you|what\s+(?:is\s+this|can\s+you\s+do))
        (?=\s*(?:[,.!?]|$))
      | nice\s+to\s+meet\s+you | (?:good)?bye(?:\s+now)?(?=\W*$)
      | (?:ok(?:ay)?|great|perfect|cool|awesome)?[\s,]*+(?:many\s+)?(?:thanks|thank\s+you|thx|cheers)
        (?:\s+(?:a\s+lot|so\s+much|very\s+much|again|for\s+(?:that|the\s+\w+|your\s+\w+)))*(?=\s*(?:[,.!?;:)]|$))
      | (?:you(?:['’]re|\s+are)\s+(?:very\s+)?welcome|you\s+too|see\s+you(?:\s+later)?)(?=\s*(?:[,.!?]|$))
      | have\s+a\s+(?:good|nice|great|lovely)\s+(?:day|one|night|evening|time|weekend)
      | (?:ha){2,}h? | lol
      | (?:bonjour|salut|hola|hallo|ciao|merci|gracias|danke|привет|здравствуйте|спасибо|مرحبا|شكرا
          |नमस्ते|धन्यवाद|こんにちは|ありがとう|안녕하세요|감사합니다)(?=\s*(?:[,.!?،।]|$))
      | (?:你们?好|您好|嗨|哈[喽啰]|早上好|晚上好|下午好|早安|晚安|再见|拜拜
          |(?:好的?[，,]?)?(?:非常|多|太)?[谢謝]+(?:[你您]们?|啦|了)?|好的?|好吧|嗯+|哦+|哈哈+|辛苦[你您]?了|不客气|在吗|最近好吗|你是谁|你(?:会|能)(?:做|干)什么|怎么用)(?=[啊呀呢吗！!。.，,？?~\s]|$)
    )""",
    re.I | re.X,
)


def intent_of(text: str, says_anything: bool, session: Session) -> Intent:
    """The intent of a message, of which it is known whether it says anything about taste."""
    if session.shown and any(_asks_for_more(text)):
        return "more"
    if not says_anything:
        return "feedback" if _FEEDBACK.search(text) else "small_talk"
    return "refine" if session.interests else "recommend"


def restarts(text: str) -> tuple[Restart, str]:
    """Whether a clause of a text says that the rest takes the place of what was said before, and of how much of it; and
    that rest: what stands behind it, or, where nothing does, in front."""
    everything, topic = ([*form.finditer(text)] for form in (_EVERYTHING, _TOPIC))
    found = sorted([*everything, *topic], key=lambda match: match.start())
    if not found:
        return "", text
    after = _LINKS.sub("", text[found[-1].end() :])
    return "everything" if everything else "topic", after or text[: found[0].start()].strip()


def _asks_for_more(text: str) -> Iterator[re.Match[str]]:
    """Where other or more picks are asked for."""
    for match in _MORE.finditer(text):
        more = match[0].lstrip().casefold().startswith(("more", "any more"))
        if not (more and _OF_AN_AMOUNT.search(before(text, match.start()))):
            yield match


def is_fine(text: str) -> bool:
    """ "Actually romance is fine": whether what was rejected before may be wanted again."""
    return bool(_FINE.search(text))


def courtesies(text: str) -> list[tuple[int, int]]:
    """Where greetings, thanks, "something else" and the like stand: they say nothing of taste."""
    return [match.span() for match in (*_CHAT.finditer(text), *_asks_for_more(text))]
