"""What a sentence says of the person, and what it denies: stretches that are not about what a pick is or has.

Knows English wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_END = r"(?=[,;:.!?)–—](?:[\s\"”’*_]|$)|\bthen\b|$)"
_VERB = (
    r"(?:like|love|enjoy|want|ask|mention|prefer|need|crave|hate|dislike|fancy|request|wish|admire|adore|name|say|said|told|tell|were"
    r"|was|had|have|has|are|specif|describ|appreciat|care|know|knew)"
)
_DOES = r"(?:watch|read|saw|see|seen|look|search|listen|drink|eat|cook|play|stay)"
"""What the person does: told of them where it is a reason ("since you cook"), else it is what they will do."""
_OFTEN = (
    r"(?:['’](?:re|ve|d)\b)?"
    r"(?:\s+(?:also|really|just|already|once|both|all|so|particularly|especially|often|usually|clearly|are|were|have|had))*"
)
_RECOMMENDED = r"(?!\s*(?:['’]ll|['’]d\s+(?:love|enjoy|like)\b|\s(?:may|might|will|should|can|could|would|get|find)\b))"
_TOLD = re.compile(
    rf"\b(?:since|because|as|given|although|while|when|that|what|which)\s+you{_RECOMMENDED}{_OFTEN}\s+{_DOES}\w*\b.*?{_END}|\b(?:(?:since|because|as|given|and|though|although|while|when|that|what|where|which)\s+)*you{_RECOMMENDED}{_OFTEN}\s+{_VERB}\w*\b.*?{_END}",
    re.I | re.S,
)
_BECAUSE = re.compile(
    rf"^\W*as\s+(?:someone|somebody|a\s+person|an?\s+\w+)\s+who\b.*?{_END}"
    rf"|(?:\b(?:since|because|given\s+that|seeing\s+that)|^\W*as)\s+you(?!\s+(?:can|could|may|might|will|would|should|get|find|are)\b)"
    rf"(?:['’](?:ve|d))?\s+\w+.*?{_END}",
    re.I | re.S,
)
_YOURS = re.compile(
    rf"\byour\s+(?:\w+\s+)?(?:love|taste|wish|request|fondness|liking|interest|mood|search|limit|budget|favou?rites?|preference|mention"
    rf"|passion|enthusiasm|message|words|ask)\w*\b.*?{_END}",
    re.I | re.S,
)
_SUPPOSED = re.compile(
    rf"\b(?:if|whether|when(?:ever)?|unless)\s+you\b.*?{_END}"
    rf"|\b(?:fans?|lovers?|admirers?|enthusiasts?|devotees)\s+of\b.*?{_END}"
    rf"|(?<!\bas\s)\b(?:anyone|those|people|someone|everyone|viewers|readers|guests)\s+who\b.*?{_END}"
    rf"|(?:^|(?<=[\s,(]))(?:much\s+|just\s+)?(?:like|similar\s+to|reminiscent\s+of|recalls?|echo(?:es|ing)|in\s+the\s+(?:vein|spirit|style|tradition)\s+of"
    rf"|close\s+to|akin\s+to|along\s+the\s+lines\s+of)\s+(?=(?-i:[^a-z])|the\s|your\s).*?{_END}",
    re.I | re.S,
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|without|lacks?|lacking|neither|nor|nothing|none|instead\s+of|rather\s+than|hardly|cannot|can(?=['’]t\b)|isn|aren|doesn|don|hasn|won|wasn|weren|didn)\b(?:['’]t\b)?)"
    r"(?!\s+(?:only|just|too|merely|to\s+mention|doubt|wonder|need\s+to|matter|less|more|longer|later|shorter|better|question|far)\b)"
    r".*?(?=[,;:.!?()–—](?:\s|$)|\bbut\b|\bso\b|\byet\b|$)",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Of a sentence: what the person is told to have said, what they are supposed to like, what is denied."""

    told: Sequence[Span]
    supposed: Sequence[Span]
    denied: Sequence[Span]

    def is_told(self, position: int) -> bool:
        return within(position, self.told) and not within(position, self.supposed)

    def is_supposed(self, position: int) -> bool:
        return within(position, self.supposed)

    def is_denied(self, position: int) -> bool:
        return within(position, self.denied)

    def denial(self, position: int) -> int:
        """Where the denial begins in which a position stands."""
        return next((start for start, end in self.denied if start <= position < end), position)

    def is_of_the_person(self, position: int) -> bool:
        return within(position, self.told) or within(position, self.supposed)


_AS_MUCH_AS = re.compile(r"\bas\s+\w+\s+as\s*$", re.I)


def clauses(text: str) -> Clauses:
    """Finds them by their wording."""
    found = (match for pattern in (_TOLD, _BECAUSE, _YOURS) for match in pattern.finditer(text))
    told = [match.span() for match in found if not _AS_MUCH_AS.search(text, 0, match.start() + 3)]
    return Clauses(told, _spans(_SUPPOSED, text), _spans(_DENIED, text))


def within(position: int, spans: Iterable[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text)]
