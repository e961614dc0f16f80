"""What the page shows: plain data (chips of interests, cards of picks, what was left out) and the templates for it.

The templates are Handlebars, where {{value}} is escaped. Knows nothing of Gradio, events or where sessions are kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from penchant.assistant import Session
from penchant.retriever import MENTION, OPEN, Exclusion, Interest, Item, Pick, Schema, Share, is_gate

Data = dict[str, Any]

PRIOR = "prior"
TONES = 6
"""How many tints the style sheet has for interests; they tie a chip to its parts of the bars."""

_ICONS = {"want": "+", "less": "−", "never": "⊘"}
_SMALL_WORDS = {"a", "an", "the", "of", "and", "for", "in", "on", "to", "la", "le", "el", "der", "die", "das"}
_LONGEST_QUOTE = 240
_PATTERNS = 4
_DECIMALS = 3


EMPTY: Data = {"active": [], "parked": [], "left_out": [], "notes": [], "served": ""}
NO_PICKS: Data = {"cards": [], "asked": False}

_CHIP = """<li class="pn-chip pn-{{level}}"><details>
<summary title="You said: {{quote}}"><span class="pn-icon" aria-hidden="true">{{icon}}</span>
<span class="pn-hide">{{level}}, </span><span class="pn-facet">{{facet}}</span>
<span class="pn-value" dir="auto">{{value}}</span>
{{#if weighed}}<span class="pn-weight" role="img" aria-label="weight {{weight}}"><i class="pn-tone-{{tone}}"
style="width:{{percent}}%"></i></span>{{/if}}</summary>
<p>{{#if weighed}}Weight {{weight}}. {{/if}}You said: <q dir="auto">{{quote}}</q></p></details></li>"""

PANEL = f"""<section class="pn-panel" aria-labelledby="pn-wants"><h2 id="pn-wants">What I think you want</h2>
{{{{#if value.active}}}}<ul class="pn-chips" aria-label="Interests">{{{{#each value.active}}}}{_CHIP}{{{{/each}}}}</ul>
{{{{else}}}}<p class="pn-quiet">Nothing yet. What you say becomes interests here,
and each keeps the words it came from.</p>{{{{/if}}}}
{{{{#if value.parked}}}}<h3>Set aside</h3><ul class="pn-chips pn-parked" aria-label="Interests set aside">
{{{{#each value.parked}}}}{_CHIP}{{{{/each}}}}</ul>{{{{/if}}}}
{{{{#if value.left_out}}}}<h3>Left out</h3><ul class="pn-left">{{{{#each value.left_out}}}}<li><b>{{{{count}}}}</b>
<span dir="auto">{{{{label}}}}</span>
{{{{#if approximate}}}}<em>judged by likeness</em>{{{{/if}}}}</li>{{{{/each}}}}</ul>{{{{/if}}}}
<div role="status">{{{{#if value.served}}}}<p class="pn-served">{{{{value.served}}}}</p>{{{{/if}}}}
{{{{#each value.notes}}}}<p class="pn-note">{{{{this}}}}</p>{{{{/each}}}}</div></section>"""

PICKS = """<section class="pn-picks" aria-labelledby="pn-found"><h2 id="pn-found">Picks</h2>
{{#if value.cards}}<ol class="pn-grid">{{#each value.cards}}<li class="pn-card"><article>
<div class="pn-cover pn-pattern-{{cover.pattern}}" style="--hue:{{cover.hue}}"
aria-hidden="true"><span>{{cover.initials}}</span></div>
<header><h3 dir="auto">{{title}}</h3><p class="pn-head">{{#each head}}<span>{{this}}</span>{{/each}}</p>
{{#if makers}}<p class="pn-makers" dir="auto">{{makers}}</p>{{/if}}</header>
{{#each texts}}<p class="pn-text" dir="auto">{{this}}</p>{{/each}}
<dl>{{#each facts}}<div><dt>{{name}}</dt><dd dir="auto">{{value}}</dd></div>{{/each}}
{{#if short}}<div class="pn-short">{{#each short}}<span><dt>{{name}}</dt><dd>{{value}}</dd></span>{{/each}}
</div>{{/if}}</dl>
<div class="pn-why"><div class="pn-bar" role="img" aria-label="Score {{score}}: {{bar.text}}">
{{#each bar.segments}}<i class="pn-tone-{{tone}}" style="width:{{percent}}%"></i>{{/each}}
{{#if bar.taken}}<b style="inset-inline-start:{{bar.taken.from}}%;width:{{bar.taken.percent}}%"></b>{{/if}}</div>
<details><summary>Why: score <data value="{{exact}}">{{score}}</data></summary>
<table><thead><tr><th scope="col">interest</th><th scope="col">block</th><th scope="col">share</th></tr></thead>
<tbody>{{#each shares}}<tr><th scope="row" dir="auto"><i class="pn-tone-{{tone}}" aria-hidden="true"></i>
{{interest}}</th>
<td>{{block}}</td><td><data value="{{exact}}">{{value}}</data></td></tr>{{/each}}</tbody>
<tfoot><tr><th scope="row" colspan="2">sum = score</th><td><data value="{{exact}}">{{score}}</data></td></tr></tfoot>
</table></details></div></article></li>{{/each}}</ol>
{{else}}<p class="pn-quiet">{{#if value.asked}}Nothing in the catalogue fits all of that.{{else}}
They appear here, each with the reasons that add up to its score.{{/if}}</p>{{/if}}</section>"""


def escaped(data: Any) -> Any:
    """The data as a template may have it: Gradio evaluates the filled template as a JavaScript template literal, in
    which a title with ${...} would run and one with a backslash would break the page."""
    if isinstance(data, str):
        return data.replace("\\", "\\\\").replace("$", "\\$")
    if isinstance(data, dict):
        return {name: escaped(value) for name, value in data.items()}
    return [escaped(value) for value in data] if isinstance(data, list | tuple) else data


def chips(session: Session, weights: Sequence[float], schema: Schema) -> Data:
    """The interests in their order, those in force apart from those set aside."""
    tones = _tones(session.layered, schema)
    every = [
        _chip(interest, weight, tones.get(interest.label, ""), session, schema)
        for interest, weight in zip(session.layered, weights, strict=True)
    ]
    return {"active": [c for c in every if not c["parked"]], "parked": [c for c in every if c["parked"]]}


def _chip(interest: Interest, weight: float, tone: str, session: Session, schema: Schema) -> Data:
    gate = is_gate(interest, schema)
    only = gate and interest.level == "want"
    return {
        "facet": {MENTION: "like", OPEN: "in your words"}.get(interest.facet, interest.facet),
        "value": interest.value,
        "level": "only" if only else interest.level,
        "icon": "◆" if only else _ICONS[interest.level],
        "parked": interest.parked,
        "weighed": not gate and not interest.parked,
        "weight": f"{weight:.2f}".replace("-", "−"),
        "percent": round(100 * min(1.0, abs(weight))),
        "tone": tone,
        "quote": _quote(interest, session),
    }


def _quote(interest: Interest, session: Session) -> str:
    """The whole message that caused the interest; the words alone if that message has been taken back."""
    messages = [diff.quote for diff in session.diffs if diff.turn == interest.turn]
    return shortened(messages[-1] if messages else interest.quote)


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _tones(interests: Sequence[Interest], schema: Schema) -> dict[str, str]:
    moving = [i for i in interests if not i.parked and not is_gate(i, schema)]
    wants = [i.label for i in moving if i.level == "want"]
    lesses = {i.label: "less" for i in moving if i.level == "less"}
    return {label: str(n % TONES) for n, label in enumerate(wants)} | lesses | {PRIOR: PRIOR}


def left_out(excluded: Sequence[Exclusion]) -> list[Data]:
    """What each gate kept out."""
    return [{"label": e.label, "count": f"{e.count:,}", "approximate": e.approximate} for e in excluded]


def cards(picks: Sequence[Pick], interests: Sequence[Interest], schema: Schema) -> list[Data]:
    """A card for each pick. The bars of one answer have one scale, so that their lengths can be compared."""
    tones = _tones(interests, schema)
    longest = max((sum(s.value for s in pick.shares if s.value > 0) for pick in picks), default=0.0) or 1.0
    return [_card(pick, tones, longest, schema) for pick in picks]


def _card(pick: Pick, tones: Mapping[str, str], longest: float, schema: Schema) -> Data:
    item = pick.item
    texts = [*(value for name in schema.of("text") for value in item.values(name)), item.text]
    return {
        "title": item.title,
        "cover": cover(item, schema),
        "head": [part for part in (_first(item, schema.of("category")), _first(item, ("year",))) if part],
        "makers": ", ".join(value for name in schema.of("name")[:1] for value in item.values(name)),
        "texts": [text for text in texts if text],
        **_rest(item, schema),
        "score": f"{pick.score:.{_DECIMALS}f}",
        "exact": repr(pick.score),
        "bar": _bar(pick, tones, longest),
        "shares": _share_rows(pick, tones),
    }


def _rest(item: Item, schema: Schema) -> Data:
    """The fields that the head of the card does not have: a line for each list, one line for all single values."""
    head = {*schema.of("category")[:1], *schema.of("name")[:1], "year"}
    names = [name for name in schema.of("name") if name not in head]
    lists = [name for name in names if isinstance(item.fields.get(name), tuple)]
    single = [name for name in (*schema.of("category", "number"), *names) if name not in {*head, *lists}]
    return {"facts": _facts(item, [*schema.of("facet"), *lists]), "short": _facts(item, single)}


def _facts(item: Item, names: Sequence[str]) -> list[Data]:
    return [
        {"name": name.replace("_", " "), "value": ", ".join(item.values(name))} for name in names if item.values(name)
    ]


def _first(item: Item, names: Sequence[str]) -> str:
    return next((value for name in names for value in item.values(name)), "")


def cover(item: Item, schema: Schema) -> Data:
    """A drawn cover: the pattern tells the kind of thing, the hue its first facet value; the same for the same item."""
    kind = _first(item, schema.of("category"))
    theme = _first(item, schema.of("facet")) or item.title
    return {"initials": initials(item.title), "hue": _hash(theme) % 360, "pattern": _hash(kind) % _PATTERNS}


def initials(title: str) -> str:
    """Two letters at most, small words aside."""
    words = re.findall(r"\w[\w'’]*", title)
    large = [word for word in words if word.casefold() not in _SMALL_WORDS] or words
    return "".join(word[0] for word in large[:2]).upper() or "?"


def _hash(text: str) -> int:
    return zlib.crc32(text.casefold().encode())


def _bar(pick: Pick, tones: Mapping[str, str], longest: float) -> Data:
    """A segment for what each interest adds; what others take away covers the end, so that the rest is the score."""
    sums = _by_interest(pick.shares)
    segments = [
        {"tone": tones.get(label, PRIOR), "percent": round(100 * value / longest, 2)}
        for label, value in sums
        if value > 0
    ]
    gained, lost = sum(v for _, v in sums if v > 0), -sum(v for _, v in sums if v < 0)
    text = ", ".join(f"{label} {value:+.2f}" for label, value in sums)
    taken = {"percent": round(100 * lost / longest, 2), "from": round(100 * (gained - lost) / longest, 2)}
    return {"segments": segments, "taken": taken if lost > 0 else None, "text": text}


def _by_interest(shares: Sequence[Share]) -> list[tuple[str, float]]:
    ordered = sorted(shares, key=lambda share: share.interest)
    sums = [(label, sum(s.value for s in group)) for label, group in groupby(ordered, key=lambda s: s.interest)]
    return sorted(sums, key=lambda pair: (pair[0] == PRIOR, -pair[1]))


def _share_rows(pick: Pick, tones: Mapping[str, str]) -> list[Data]:
    shown = add_up([share.value for share in pick.shares], pick.score)
    return [
        {
            "interest": share.interest,
            "block": share.block,
            "value": value.replace("-", "−"),
            "exact": repr(share.value),
            "tone": tones.get(share.interest, PRIOR),
        }
        for share, value in zip(pick.shares, shown, strict=True)
    ]


def add_up(values: Sequence[float], total: float) -> list[str]:
    """The values rounded so that what is shown adds up to the rounded total: the largest remainders go up."""
    unit = 10**_DECIMALS
    whole = [int(value * unit // 1) for value in values]
    missing = round(total * unit) - sum(whole)
    order = sorted(range(len(values)), key=lambda n: whole[n] - values[n] * unit)
    for n in order[: max(0, missing)]:
        whole[n] += 1
    return [f"{value / unit:.{_DECIMALS}f}" for value in whole]


def served(understood_by: str, explained_by: str) -> str:
    """Which path served a turn, in words."""
    explained = "from the shares" if explained_by == "shares" else f"by {explained_by}"
    return f"Understood by {understood_by}; explained {explained}."
