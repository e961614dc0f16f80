"""What a question or remark is about, by its wording: why, which is the most, what a field holds, the person, thanks.

English and Chinese. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...session import Topic
from ..cues import courtesies

_FORMS: Sequence[tuple[Topic, str]] = (
    (
        "left out",
        r"""\b(?:le(?:ave|ft|aving)|rul(?:e|ed|ing)|throw\w*|threw|kept|keep(?:ing)?)\s+(?:\w+\s+){0,3}?out\b|\bfilter(?:ed|ing)?\b
        |\bexclud\w+|\b(?:hide|hiding|hidden|hid)\b|\bwhat(?:['’]s|\s+is)\s+missing\b|\bskipp?(?:ed|ing)?\b
        |\b(?:kept?|held)\s+(?:\w+\s+)?(?:from|away|back)\b
        |排除|过滤|漏掉|去掉了|没(?:有)?(?:给我)?(?:列|显示|推荐)""",
    ),
    (
        "person",
        r"""\b(?:about|of|from)\s+me\b|\bmy\s+(?:tastes?|preferences|interests|profile|likes|wishes|history|data)\b
        |\b(?:what|anything|everything|all)\s+(?:that\s+)?(?:(?:have|did|had)\s+i|i(?:['’](?:ve|d))?(?:\s+(?:have|had))?)\s+(?:\w+\s+)?(?:say|said|tell|told|ask|asked|want|wanted|like|liked)
        |\byou\s+(?:think|know|remember)\s+(?:\w+\s+)?i\b
        |\bmy\s+(?:last\s+|first\s+)?(?:answer|message|wish|words?)\b.*\bchang|\bwhat\s+(?:has\s+|have\s+)?chang\w*|\bwhat\s+do\s+i\s+(?:like|want|prefer)\b
        |\b(?:you\s+)?remember(?:ed)?\s+(?:of\s+|about\s+)?(?:me|what\s+i)\b|\byou\s+(?:know|think|learn(?:ed|t)?|got|have)\s+(?:\w+\s+){0,2}(?:about|on)\s+me\b
        |[知了](?:道|解)我|我(?:的)?(?:喜好|口味|偏好|兴趣)|我(?:都)?说过什么|关于我|记得我|记住了""",
    ),
    (
        "why",
        r"\bwhy\b|\bhow\s+come\b|\bwhat\s+makes\b|\bfor\s+what\s+reason\b|\bwhat(?:['’]s|\s+is)\s+the\s+reason\b|\bhave\s+against\b|为什么|为何|为啥|怎么会|凭什么",
    ),
    (
        "compare",
        r"""\bcompar\w+|\bdifferen(?:ce|t)s?\b|\bdiffers?\b|\bversus\b|\bvs\b|\bin\s+common\b|\b(?:how|are)\s+.*\b(?:alike|similar)\b
        |比较|区别|差别|不同|对比|相同|共同|比起来|哪里不一样""",
    ),
    (
        "which",
        r"""\bwhich\b|\bhow\s+many\s+(?:have|has|are|can|offer|support|take|come|do)\b(?!\s+(?:there|you|they|it)\b)
        |\bwho\s+(?:has|offers|gives)\s+the\s+(?:most|least|best|\w+est)\b|\b(?:any|one|some|how\s+many)\s+of\s+(?:these|those|them)\b|\bamong(?:st)?\s+(?:these|those|them)\b|\bany\w*\s+(?:in|on|among)\s+(?:there|here)\b|\bwhat(?:['’]s|\s+is)\s+the\s+(?:\w+est|most|least|best|worst|\w+est)\b
        |\b(?:the\s+)?(?:most|least)\s+\w+\s+(?:one|of)\b|哪[一]?[个部本款家张些]|最""",
    ),
    (
        "about",
        r"""\b(?:tell|say|know|hear|read|learn)\s+(?:me\s+|us\s+)?(?:\w+\s+){0,3}(?:more|about|on)\b|\bmore\s+(?:about|on|details?|info\w*)\b
        |\bwhat(?:['’]s|\s+(?:is|are|was|were))\s+(?:\S+\s+){1,6}?about\b|\bdescri(?:be|ption)|\bsummar|\bplot\b|\bstory(?:line)?\b|\bpremise\b|\bsynopsis\b|\bdetails\b
        |\b(?:give|show|read)\s+(?:me|us)\s+(?:the|a|your)\s+(?:\w+\s+){1,2}?(?:of|on|about)\b|\bwhat\s+happens\b|\bwhat\s+(?:kind|sort|type)\b|讲什么|讲的|说的是|关于什么|介绍|说说|讲讲|详细|剧情|内容|是什么[样]?""",
    ),
    (
        "value",
        r"""\bhow\s+(?:long|much|many|old|big|heavy|far|large|tall|high|fast|strong|new|expensive|popular|wide|deep|late|early|good|well|hot|spicy
        |scary|funny|sad|hard|difficult|dark|violent)\b|\bwho(?:['’]s|se)?\b|\bwhen\b|\bwhere\b|\bwhat(?:['’]s|\s+\w+)?\b|\bcosts?\b|\bprice\b|\bin\s+which\b
        |多[长久少大重贵远高]|几[页年岁分点个]|谁|什么时候|哪[年里儿国]|什么|价格|片长|时长""",
    ),
)
_TALK: Sequence[tuple[Topic, str]] = (
    (
        "assistant",
        r"""\b(?:what|which)\s+(?:\w+\s+)?(?:can|do|does|could)\s+(?:you|this|it)\b|\bwho\s+(?:are|made)\s+you\b|(?<!\bhow\s)\bare\s+you\s+(?!doing|today|there\b)\w|\bdo\s+you\b|\bcan\s+you\b
        |\bhow\s+(?:does|do)\s+(?:this|it|you)\s+(?:\w+\s+)?work|\bwhat\s+is\s+this\b|\byour\s+name\b|^\W*help\b|\b(?:you|need|want)\s+help\b|\bhelp\s+(?:me|us)\b
        |你(?:能|会|可以|是|叫)|怎么用|怎么工作""",
    ),
    (
        "goodbye",
        r"\b(?:good\s*)?bye\b|\bgood\s*night\b|\bsee\s+you\b|\bthat(?:['’]s|\s+is)\s+(?:all|it)\b|再见|拜拜|晚安|回头见",
    ),
    ("thanks", r"\bthan(?:k|x)|\bthx\b|\bcheers\b|\bappreciate\b|\bmerci\b|\bgracias\b|\bdanke\b|[谢謝]|辛苦|多谢"),
    (
        "greeting",
        r"^\W*(?:hi|hello|hey|hiya|howdy|good\s+(?:morning|afternoon|evening|day))\b|你好|您好|嗨|哈喽|早上好|晚上好|下午好",
    ),
)


def _compiled(forms: Sequence[tuple[Topic, str]]) -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple((topic, re.compile(form, re.I | re.X)) for topic, form in forms)


_QUESTIONS, _REMARKS = _compiled(_FORMS), _compiled(_TALK)


def question_topic(text: str) -> Topic:
    """What a question is about; "whether" if no word of it says."""
    return _first(_QUESTIONS, text) or "whether"


def talk_topic(text: str) -> Topic:
    """What small talk is: a question about Penchant, a greeting, thanks, a goodbye, or only a remark."""
    return _first(_REMARKS, text) or "remark"


def is_courtesy(text: str) -> bool:
    """Thanks or a greeting and nothing else, or a goodbye; but not "that's it", by which something may be taken."""
    goodbye = talk_topic(text) == "goodbye" and not re.search(r"\b(?:it|that|all)\b", text, re.I)
    rest = "".join(c for n, c in enumerate(text) if not any(start <= n < end for start, end in courtesies(text)))
    return goodbye or not re.search(r"\w", rest)


def _first(forms: Iterable[tuple[Topic, re.Pattern[str]]], text: str) -> Topic:
    for topic, form in forms:
        if form.search(text):
            return topic
    return ""
