"""Which clauses of a message only tell: what was, what one has already, what somebody else says. None of it is wished
for, where the message asks for something beside it.

English, by the verb: its tense, who does it, and a closed class of verbs that wish. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_IRREGULAR = "|".join(
    """was were had did went saw drank ate wore broke lost bought took came ran rode kept slept spent drove
    grew flew sold stole fell threw hid paid wrote sang swam swore tore won wound woke found met sent felt
    left lent hurt stood taught told stuck forgot gave knew sat shook shrank smelt spilt chose burnt began
    caught dealt dug died led nicked built made stayed""".split()
)
"""Past forms that are no present ones."""

_TAKEN = "|".join(
    """been had seen done bought owned worn drunk eaten broken lost gone taken kept slept spent driven grown flown sold
    stolen fallen thrown paid written won found met left given chosen ridden run come""".split()
)
_TASTE = (
    r"(?:lov|lik|enjoy|ador|hat|prefer|want|need|hop|wish|fanci|dislik|detest|despis|loath|crav|decid)\w*"
    r"|(?:heard|ask|promis)\w*"
)
"""What one likes is a taste, be it said of yesterday, and what was asked for is asked for."""

_AUXILIARY = (
    r"(?:am|is|are|be|been|being|was|were|can|could|will|would|shall|should|may|might|must|do|does|did|has|have|had"
    r"|to|that|which|who|want|need|like)"
)
_TIME = r"last\s+(?:week|month|year|night|summer|winter|spring|autumn|time)"
_ADVERB = (
    r"(?:(?:just|only|already|always|never|once|finally|recently|actually|really|also|even|all|both|still|then|mostly"
    rf"|usually|normally|{_TIME})\s+)*"
)
_ED = rf"(?!(?:{_TASTE})\b)(?:{{forms}}|[a-z]{{{{2,}}}}[^e\W]ed)"
_PAST = _ED.format(forms=_IRREGULAR) + r"(?:n['’]?t)?\b(?!['’])"
_PARTICIPLE = _ED.format(forms=_TAKEN) + r"\b"
_OWNER = r"(?:my|our|his|her|their|the|(?!(?:what|that|it|who|there|s?he|here)['’])[a-z]+['’]s)"
_DEGREE = r"(?:top|best|worst|most|least|well|highly|newly|[a-z]{2,}est)"
"""Before a participle: "the best rated" is no clause."""

_NOUNS = rf"(?:(?!(?:{_AUXILIARY}|{_DEGREE})\b)[\w-]+(?:['’]s)?\s+){{1,4}}?"
_RELATIVE = (
    r"(?:wife|husband|hubby|missus|mum|mom|dad|gran|grandma|grandad|granny|girlfriend|boyfriend|gf|bf|partner|flatmate)"
)
_WHO = rf"(?:(?:i|we|he|she|they|it)\s+|{_OWNER}\s+{_NOUNS}|{_RELATIVE}\s+)"
_OTHER = rf"(?:(?:he|she|they)\s+|(?:my|our|his|her|the|a)\s+{_NOUNS}|{_RELATIVE}\s+|(?:every|some)(?:one|body)\s+)"
_HOPING = (
    r"(?:looking|thinking|hoping|wondering|after|going|gonna|planning|searching|craving|considering|wanting|hunting"
    r"|trying)\b"
)
_DETERMINER = r"(?:my|our|the|an?|every|some|loads|lots|one|it|them|that|all)\b"
_WHEN = r"(?:(?:in|after|on|for|at|since|until|till|before|first)\s+(?:[\w'’]+\s+){1,3}?)?"
"""What may stand before the subject: "after 10 years my boots ..."."""

_TELLS = re.compile(
    rf"""{_WHEN}(?:
      {_WHO}{_ADVERB}used\s+to\b(?!\s+(?:it|this|that)\b)
    | {_WHO}{_ADVERB}(?!(?:was|were)(?:n['’]?t)?\s+{_ADVERB}{_HOPING}){_PAST}
    | (?:(?:i|we|he|she|they|it)['’]?(?:ve|d)\s+|{_WHO}(?:have|has|had)\s+)
      (?!(?:always|never)\b){_ADVERB}(?!been\s+{_HOPING}){_PARTICIPLE}
    | (?:i|we|he|she|they)(?:\s+have|\s+has|['’]ve\s+got|\s+got|\s+own)\s+already\b
    | (?:i|we|he|she|they)(?:['’]?ve)?\s+already\s+(?:have|has|own|got)\b
    | (?:{_WHO})?(?:have|has|got|had)\b(?!\s+to\b)[^.,;!?]{{1,30}}\balready\b
    | (?:my|our|his|her)\s+(?:old|previous|last|current|existing|former|ex)\b
    | {_OWNER}\s+{_NOUNS}(?:is|are)\s+(?:being\s+{_PARTICIPLE}|(?:broken|dying|dead|gone|knackered|finished)\b)
    )""",
    re.I | re.X,
)
_OPENS = re.compile(rf"(?:used\s+to|(?:killed|tried|{_PAST})(?=\s+{_DETERMINER}))\b(?!\s+(?:you|be\s+able)\b)", re.I)
"""A clause without a subject: "lost our old labrador in spring", "drank loads of it"."""

_INSTEAD_OF = re.compile(
    r"\b(?:(?:coming|upgrading|switching|moving|downgrading)\s+(?:over\s+)?from|replac(?:e|es|ing)\s+(?:my|our|an?|the))\b",
    re.I,
)
"""What is to make way, within whatever clause."""

_FILLER = re.compile(
    r"\s*(?:(?:so|ok|okay|hi+|hey|hello|well|and|but|or|because|cos|cuz|bc|as|since|though|although|while|when|after"
    rf"|then|yeah|anyway|also|{_TIME}|yesterday|years\s+ago|btw|lol|tbh|honestly)\b[\s,]*)*",
    re.I,
)
_SAYS = re.compile(
    rf"{_OTHER}{_ADVERB}(?:(?:say|think|reckon|suggest|recommend|insist|want|prefer|like|love|get|use|drive|wear|drink"
    r"|eat|buy|tell)s?|said|thought|suggested|recommended|keeps?\s+(?:saying|telling)|wanted|ha[sd]|have|got)\b",
    re.I,
)
_SOMEBODY = re.compile(rf"{_OTHER}{_ADVERB}(?!(?:want|need|like|prefer|is|are)s?\b)[a-z]+\b", re.I)
_WISH = re.compile(
    r"""\b(?:i|we|he|she|they)(?:['’]?(?:m|re|s|d))?\s+
      (?:(?:am|are|is|would|was|were|really|just|now|only|actually|definitely|honestly|do|ll|rather|much)\s+)*
      (?:wants?|wanna|needs?|like|prefer|love|fancy|(?:look|search)(?:ing)?(?:\s+for)?|after|seek|thinking|hoping
        |wondering|in\s+the\s+mood)\b
    | \b(?:need|want|looking\s+for|searching\s+for|after\s+(?:an?|some(?:thing)?)|gimme|(?:give|show|find)\s+me
        |recommend|suggest|please|pls|plz|any(?:one|body)?\s+(?:got|know|have)|do\s+(?:you|u)|(?:you|u)\s+got|have\s+you
        |(?:is|are)\s+there|anything|something|somewhere|smth|sth|must|should|ha(?:s|ve)\s+to|ideally|preferably
        |this\s+time|these\s+days|nowadays|now|so)\b""",
    re.I | re.X,
)
"""Where a clause that tells ends, as a wish begins: people leave out the comma."""

_BUT_I = re.compile(
    r"""[\s,.]*\b(?:but|though|whereas|however|yet)\b[\s,]*
      (?:(?:honestly|tbh|really|i\s+think|actually|idk|personally|no|well|for\s+me)[\s,]+)*
      (?:i|we|me|i['’]d|i['’]m|im|id|we['’]re|we['’]d)\s+
      (?:(?:really|just|am|only|honestly|actually|would|do|personally|rather|think|much|mostly)\s+)*
      (?:want|wanna|need|prefer|like|fancy|look(?:ing)?|search(?:ing)?|after|thinking|go(?:ing)?\s+for|rather)\b
      (?!\s+(?:it|that|this|them)\b)""",
    re.I | re.X,
)
_BUT_TOO = re.compile(
    r"[\s,.]*\bbut\s+(?:that|it|they|those|these)(?:['’]?(?:s|re)|\s+(?:is|are))\s+(?:\w+\s+)?(?:too|not|way|far)\b",
    re.I,
)
_STOP = re.compile(
    r"[.!?;\n,()]+(?!\d)|\s[-–—]+\s|\b(?:but|so|because|cos|cuz|bc|though|although|while|whereas|and|until|till)\b",
    re.I,
)
_BACK = re.compile(
    r"""\b(?:like|such|than)\s+(?:this|that|it|those|these|them)\b | \bsimilar\b | \bsame\b | \bagain\b | \bmore\s+of\b
    | \bcomes?\s+close\b | \bonce\s+more\b | \b(?:that|this)\s+(?:sort|kind|type)\b
    | \bthose\s+(?:years|days|times)\b | \bthat\s+(?:time|era|age|period|decade|sound)\b | \bof\s+(?:his|hers|theirs)\b
    | \b(?:want|like|love|keep)\s+(?:to\s+)?(?:keep\s+)?[a-z]+\s+(?:them|some)\b""",
    re.I | re.X,
)
"""What comes back to what was told, and so wishes for it: "something like that"."""


def told(text: str) -> list[Span]:
    """The stretches of a message that only tell, in order; none where something in it comes back to them."""
    if _BACK.search(text):
        return []
    return sorted({*_of_the_past(text), *_of_others(text)})


def _clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """Each from where it begins, where its subject may stand behind words that say nothing, and to where it ends."""
    begin = 0
    for stop in (*_STOP.finditer(text), None):
        end = stop.start() if stop else len(text)
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        if end > begin:
            led = _FILLER.match(text, begin, end)
            yield begin, led.end() if led else begin, end
        begin = stop.end() if stop else end


def _of_the_past(text: str) -> Iterator[Span]:
    """What was or is had already: from where its verb says so to the end of its clause, or to where a wish begins."""
    for begin, start, end in _clauses(text):
        listed = text[:start].rstrip().endswith(",")
        cue = _TELLS.match(text, start, end) or (None if listed else _OPENS.match(text, start, end))
        if first := cue or _INSTEAD_OF.search(text, start, end):
            wish = _WISH.search(text, first.end(), end)
            yield begin if cue else first.start(), wish.start() if wish else end


def _of_others(text: str) -> Iterator[Span]:
    """What somebody else says, wants or has, where the person goes on to wish for something else: "but I want"."""
    for begin, start, end in _clauses(text):
        instead = _SAYS.match(text, start, end) and _BUT_I.match(text, end)
        if instead or (_SOMEBODY.match(text, start, end) and _BUT_TOO.match(text, end)):
            yield begin, end
