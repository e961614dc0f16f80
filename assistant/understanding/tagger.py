"""Understands a message without a language model: what the catalogue knows, numbers, negation, and own words.

A message becomes interests in catalogue values, names and mentioned items, ranges of numbers, open phrases, and one
open interest in the message itself (less what it rejects), since tags alone lose what they do not name. English and
Chinese; any other language gives the open interest. Knows nothing of vectors.
"""

from __future__ import annotations

from dataclasses import replace

from penchant.retriever import DEGREE, OPEN, Interest, Level, says_order
from penchant.retriever.catalogue.kinship import Kinship
from penchant.retriever.ranking import InterestKey

from ..model_calls import Usage
from ..session import Session, Understanding
from .acts import DialogueActParser, ImpliedKind, KinReader, KinSaid, Placed, is_alternative, narrows, with_alternatives
from .asking import QuestionReader
from .dates import MonthColumns
from .flag_phrases import FlagPhrases
from .following import as_wished, with_shifts
from .linking import EntityLinker, Entry, Gazetteer, Match
from .open_phrases import Opening, openings, rejected
from .parsing import ParsedMessage, parse
from .quantities import says_refusal, turned
from .recipients import RecipientReader, with_recipients
from .refused_titles import with_refused_titles
from .said_before import MESSAGE_STRENGTH, last_whole, latest, over_again, said_before
from .screen_said import screen_said, with_screen
from .spans import Reading, SpanModel, is_english
from .spared import still_sparing, with_spared
from .text import in_english, is_latin, tokens
from .wordings import WordedValues

PHRASE_STRENGTH = 0.1
_MOST_CHARACTERS = 2000
_MOST_SHOWN = 6
_MOST_OF_BROADER, _MOST_ALIKE, _MOST_MONTHS = 8, 4, 16
"""Values that a broader word ("Texas") stands for where it is wanted, the commonest; and one of a facet ("Xbox"); and
those of a column of months that a time meets."""


class RuleTagger:
    """Rules over one catalogue's gazetteer. State in, understanding out.

    `english_only`: the encoder knows no other script; own words in one are kept and shown but stay out of the vector.
    """

    name = "rules"
    resting = False

    def __init__(
        self,
        gazetteer: Gazetteer,
        english_only: bool = True,
        spans: SpanModel | None = None,
        kinship: Kinship | None = None,
    ) -> None:
        """kinship: of the gazetteer's catalogue, where it is known already."""
        self._gazetteer = gazetteer
        self._spans = spans
        self._linker = EntityLinker(gazetteer)
        self._dialogue_acts = DialogueActParser(gazetteer, self._linker)
        self._questions = QuestionReader(gazetteer, self._linker)
        self._kinds = ImpliedKind(gazetteer)
        self._flags = FlagPhrases(gazetteer.catalogue)
        self._worded = WordedValues(gazetteer.catalogue)
        self._recipients = RecipientReader(gazetteer)
        self._months = MonthColumns(gazetteer.catalogue)
        self._kin = KinReader(gazetteer, self._linker, kinship or Kinship(gazetteer.catalogue))
        self._english_only = english_only

    def understand(self, message: str, session: Session, usage: Usage | None = None) -> Understanding:
        """What the message says, given what was said and shown before; asks no model, so `usage` stays as it is."""
        return over_again(message[:_MOST_CHARACTERS], session, self._understood)

    def _understood(self, text: str, session: Session) -> Understanding:
        acts = self._dialogue_acts.find(text, session)
        reading = as_wished(text, self.read(text, session)) if session.interests else self.read(text, session)
        screen, heard = screen_said(text, session, self._gazetteer.number_fields.lengths)
        kin = self._kin.read(text, session, [item for r in acts.references for item in r.items])
        whom = self._recipients.read(text, session)
        asides = sorted([*acts.asides, *heard, *kin.spans, *whom.spans])
        parsed = parse(text, self._linker, self._gazetteer, asides, acts.numbers, reading, self._told(text))
        parsed = self._worded.added(parsed)
        said = self._dialogue_acts.resolve(acts, parsed, self._tastes(parsed), self._own_words(parsed, session))
        schema = self._gazetteer.schema
        said = with_alternatives(text, _with_kin(said, kin), session, acts.numbers, reading, schema)
        wished = is_alternative(text) or narrows(parsed, session.shown)
        said = said if wished else self._questions.read(text, session, reading, said)
        said = with_shifts(text, with_screen(said, screen, session) if screen else said, session, self._gazetteer)
        return self._kinds.added(text, session, with_recipients(said, whom))

    def _told(self, text: str) -> list[Match]:
        """What is read by itself: of what sex items or their makers are, and of columns of months the time."""
        words = tokens(text)
        found = self._recipients.own(text, words)
        for said in self._months.find(text):
            within = [n for n, word in enumerate(words) if said.start <= word.start and word.end <= said.end]
            if within and said.values:
                entries = tuple(Entry("value", said.field, value) for value in said.values[:_MOST_MONTHS])
                found.append(Match(within[0], within[-1] + 1, entries, every=True))
        return sorted(found, key=lambda match: match.first)

    def read(self, text: str, session: Session) -> Reading | None:
        """The model's reading of a message after what another assistant said last, or what is on screen; none of one
        that it does not read. After this one's own sentences, which say the wish again, it reads worse."""
        if self._spans is None or not is_latin(text) or not is_english([w.text for w in tokens(text)]):
            return None
        shown = enumerate(session.shown[:_MOST_SHOWN], 1)
        known = (f"{n}. {self._gazetteer.title(item)}" for n, item in shown if item in self._gazetteer)
        return self._spans.read(in_english(text), session.screen.said if session.screen.overheard else " ".join(known))

    def _tastes(self, parsed: ParsedMessage) -> list[Placed]:
        """Values, names, ranges and unknown rejections, and where the text says them; of items, see acts."""
        found = [(parsed.begin(m), i) for m in parsed.matches for i in self._values(parsed, m)]
        said = dict[InterestKey, Placed]()
        for r in parsed.ranges:
            quote = parsed.text[r.start : r.end]
            plain = says_refusal(quote) or (r.sure and says_order(r.value))
            level: Level = "want" if plain else _gate_level(parsed.level_of_range(r))
            if level == "never" and says_order(r.value):
                continue  # "not the cheapest": nothing is ordered
            value = turned(r.value, quote) if level == "never" else r.value
            strength = DEGREE if r.degree and level == "want" else 1.0
            interest = Interest(r.facet, value, strength, level, quote=quote)
            said[interest.key] = (r.start, interest)  # of both sides of one the last
        found += said.values()
        opened = openings(parsed)
        found += [(o.start, self._open(parsed, o)) for o in opened]
        for scope, phrase in parsed.unknown_rejections():
            if not rejected(opened, scope):
                quote = parsed.text[scope.cue : scope.end].strip()
                found.append((scope.cue, Interest(OPEN, phrase, level=scope.level, quote=quote)))
        return with_spared(parsed, with_refused_titles(found, parsed, self._linker))

    def _open(self, parsed: ParsedMessage, opening: Opening) -> Interest:
        """A field of yes and no that a phrase speaks of; else the phrase, a weak want as the whole says it too."""
        strength = PHRASE_STRENGTH if opening.level == "want" else 1.0
        parked = self._english_only and opening.level != "never" and not is_latin(opening.phrase)
        quote = parsed.text[opening.start : opening.end]
        if flag := self._flags.find(opening.phrase):
            return Interest(*flag, level=_gate_level(opening.level), quote=quote)
        phrase = self._gazetteer.spelt(opening.phrase)
        return Interest(OPEN, phrase, strength, opening.level, parked=parked, quote=quote)

    def _values(self, parsed: ParsedMessage, match: Match) -> list[Interest]:
        """Of several facets that know it, a want goes to the commonest, a never to all."""
        level, quote = parsed.level_of(match), parsed.text[parsed.begin(match) : parsed.end(match)]
        if match.entries[0].kind == "title" or parsed.is_qualified(match):
            return []
        some = match.entries if level == "never" or match.every else match.entries[:1]
        entries = [e for e in some if e.kind != "title"] if level == "never" else some
        if entries and entries[0].kind == "value":
            same = [e for e in match.entries if e.kind == "value" and e.facet == entries[0].facet]
            entries = entries if level == "never" or match.every else tuple(same[:_MOST_ALIKE])
        form = tuple(w.form for w in parsed.words[match.first : match.last])
        if match.broader or (match.entries and form in self._gazetteer.broader):
            parts = tuple(e for e in match.entries if e.facet == match.entries[0].facet)
            entries = parts if level == "never" else parts[:_MOST_OF_BROADER]
        if level == "want" and self._is_modified(parsed, match):
            return []
        return [self._value(entry, level, quote) for entry in entries]

    def _is_modified(self, parsed: ParsedMessage, match: Match) -> bool:
        """ "Gaming notebook", where both are values of one single-valued field: the first says which is meant."""
        before = next((m for m in parsed.matches if m.last == match.first), None)
        if before is None or parsed.text[parsed.end(before) : parsed.begin(match)].strip():
            return False
        facet = match.entries[0].facet
        single = self._gazetteer.is_single(facet)
        return single and before.entries[0].kind == "value" and before.entries[0].facet == facet

    def _value(self, entry: Entry, level: Level, quote: str) -> Interest:
        gate = self._gazetteer.schema.kind(entry.facet) == "category"
        return Interest(entry.facet, entry.value, level=_gate_level(level) if gate else level, quote=quote)

    def _own_words(self, parsed: ParsedMessage, session: Session) -> list[Interest]:
        """The message as an interest of its own, if anything in it is about taste: said after what was said before."""
        phrase = self._gazetteer.spelt(parsed.own_words) if parsed.reading else parsed.own_words
        if not phrase:
            return []
        quote = parsed.text.strip()
        if self._english_only and not is_latin(phrase):
            return [Interest(OPEN, phrase, MESSAGE_STRENGTH, parked=True, quote=quote)]
        last = last_whole(session)
        context = said_before(last, session.screen)
        told = latest([*(last.told or last.quote).split(), *quote.split()]) if last else quote
        own = Interest(OPEN, phrase, MESSAGE_STRENGTH, quote=quote, context=context)
        return [own if told == own.words else replace(own, told=told)]


def _with_kin(said: Understanding, kin: KinSaid) -> Understanding:
    """With what is said of makers and series: that settles what is meant by their names."""
    if not kin.interests:
        return said
    told = {i.key for i in kin.interests}
    kept = (i for i in said.interests if i.key not in told)
    wished = any(i.level == "want" for i in kin.interests)  # then what was shown of them is not put off
    intent = said.intent if said.intent in ("recommend", "new_topic", "" if wished else "more") else "refine"
    return replace(said, interests=(*kept, *still_sparing(kin.interests, said.interests)), intent=intent)


def _gate_level(level: Level) -> Level:
    """Numbers and categories have no "less"."""
    return "want" if level == "want" else "never"
