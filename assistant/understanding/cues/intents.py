"""What kind of turn a message is, by its wording; and which of its words are mere courtesy.

English and Chinese, with the greetings of some other languages. Knows nothing of catalogues.
"""

from __future__ import annotations

import re

from ...session import Intent, Session

_NEW_TOPIC = re.compile(
    r"\b(something (?:completely|totally|entirely) different|change of (?:topic|subject)|new topic|"
    r"start (?:over|again|from scratch)|forget (?:all (?:of )?(?:that|it)|everything(?: (?:i|we) said)?)|"
    r"on another note)\b|换个?话题|换一?[类种]|换个(?:类型|口味|风格)|重新开始|从头再?来",
    re.I,
)
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
_FINE = re.compile(
    r"\b(?:is|are|would be|sounds)\s+(?:totally |perfectly |actually |also )?(?:fine|ok|okay|alright|good|great)\b"
    r"|\bdo(?:n['’]?t| not) mind\b|\b(?:ok|okay|fine|cool|good) with\b|\b(?:is|are) (?:allowed|welcome)\b"
    r"|\b(?:bring|put|add) back\b|\b(?:include|show|add|allow|have) (?:[\w-]+ ){1,4}again\b"
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
    if _NEW_TOPIC.search(text):
        return "new_topic"
    if session.shown and _MORE.search(text):
        return "more"
    if not says_anything:
        return "feedback" if _FEEDBACK.search(text) else "small_talk"
    return "refine" if session.interests else "recommend"


def is_fine(text: str) -> bool:
    """ "Actually romance is fine": whether what was rejected before may be wanted again."""
    return bool(_FINE.search(text))


def courtesies(text: str) -> list[tuple[int, int]]:
    """Where greetings, thanks, "something else" and the like stand: they say nothing of taste."""
    return [match.span() for form in (_CHAT, _MORE, _NEW_TOPIC) for match in form.finditer(text)]
