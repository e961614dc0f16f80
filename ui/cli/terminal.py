"""What a person can type in the terminal chat besides a message: /undo, /like 2, /export FILE and so on.

Text in, text out. Knows nothing of options or of how a line is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import typer

from penchant.assistant import (
    Assistant,
    Edit,
    Mode,
    Reason,
    Reply,
    Session,
    Verdict,
    edit,
    export_taste,
    feedback,
    redo,
    set_mode,
    start_topic,
    undo,
)
from penchant.assistant.explanation.words import Speech, end_text, language_of, retold, speech
from penchant.assistant.past import joint_picks, shelves
from penchant.retriever import Interest, PenchantError, Pick

from .console.files import read_taste
from .console.text import plain
from .tastes import shelves_text


@dataclass
class TerminalChat:
    """One conversation in the terminal."""

    assistant: Assistant
    session: Session
    picks: tuple[Pick, ...] = ()

    def command(self, line: str) -> str:
        """What a line that begins with a slash has to say; it may change the session. Raises PenchantError."""
        name, *words = line[1:].split() or [""]
        known: Mapping[str, Callable[[list[str]], str]] = {
            "help": lambda _: self._say("help"),
            "interests": lambda _: self.interests(),
            "undo": lambda _: self._moved(undo(self.session), self._say("nothing to undo")),
            "redo": lambda _: self._moved(redo(self.session), self._say("nothing to redo")),
            "mode": self._mode,
            "for-you": lambda _: shelves_text(shelves(self.assistant, self.session)),
            "topic": lambda _: self._moved(start_topic(self.session), self._say("nothing to park")),
            "forget": lambda _: self._forget(),
            "like": lambda w: self._thumb("like", w),
            "dislike": lambda w: self._thumb("dislike", w),
            "seen": lambda w: self._thumb("seen", w),
            "later": lambda w: self._thumb("later", w),
            "edit": self._edit,
            "export": self._export,
            "import": self._import,
            "together": self._together,
        }
        if name not in known:
            raise PenchantError(f"/{name} is not a command; /help lists them")
        return known[name](words)

    @property
    def _speech(self) -> Speech:
        """The language of what the person said last."""
        return speech(language_of("", self.session).language, "terminal")

    def _say(self, phrase: str, **parts: str) -> str:
        """Something in that language."""
        return self._speech.say(phrase, **parts)

    def heard(self, reply: Reply) -> None:
        """Takes over what a turn came to."""
        self.session, self.picks = reply.session, reply.picks

    def interests(self) -> str:
        lines = [f"{i.level:6}{i.label}{self._state(i)}" for i in self.session.effective_interests]
        return "\n".join(lines) or self._say("nothing yet")

    def _state(self, interest: Interest) -> str:
        """What is to be said of it beside its level."""
        parked, pinned = self._say("parked") * interest.parked, self._say("pinned") * interest.pinned
        return "".join(f" ({state})" for state in (parked, pinned, end_text(interest, self._speech)) if state)

    def _moved(self, session: Session, nothing: str = "") -> str:
        if session is self.session:
            return nothing
        reply = self.assistant.answer(session)
        self.heard(reply)
        return f"{self.interests()}\n\n{plain(self.assistant.in_full(reply))}"

    def _forget(self) -> str:
        self.assistant.forget([self.session.id])
        return self._moved(Session())

    def _thumb(self, verdict: Verdict, words: list[str]) -> str:
        place = int(words[0]) if words and words[0].isdecimal() else 0
        if not 1 <= place <= len(self.picks):
            raise PenchantError(f"say which pick, as in /{verdict} 2; there are {len(self.picks)} on screen")
        reason = Reason(words[1], " ".join(words[2:])) if len(words) > 2 else None
        pick, composition_config = self.picks[place - 1], self.assistant.search_config.composition_config
        catalogue = self.assistant.index.catalogue
        after = feedback(self.session, verdict, pick.item.id, catalogue, pick, reason, composition_config)
        return self._moved(self.assistant.dated(self.session, after))

    def _mode(self, words: list[str]) -> str:
        modes = get_args(Mode)
        if len(words) != 1 or words[0] not in modes:
            raise PenchantError(f"say which picks, as in /mode list; there are {', '.join(modes)}")
        return self._moved(set_mode(self.session, words[0]), self._say("no change"))  # type: ignore[arg-type]

    def _edit(self, words: list[str]) -> str:
        if len(words) < 3:
            raise PenchantError("say what to change, as in /edit genres comedy never")
        facet, value, change = words[0], " ".join(words[1:-1]), words[-1]
        return self._moved(
            edit(self.session, [_change(facet if facet != "-" else "", value, change)], self.assistant.index.catalogue),
            self._say("no change"),
        )

    def _export(self, words: list[str]) -> str:
        path = _path(words, "export")
        try:
            path.write_text(export_taste(self.session) + "\n", encoding="utf-8")
        except OSError as error:
            raise PenchantError(f"{path}: cannot be written: {error.strerror}") from error
        return self._say("written", path=str(path))

    def _import(self, words: list[str]) -> str:
        return self._moved(read_taste(_path(words, "import")))

    def _together(self, words: list[str]) -> str:
        other = read_taste(_path(words, "together"))
        return joint_picks(self.assistant, {"you": self.session, "them": other}).text


def print_turn(assistant: Assistant, message: str, session: Session | None) -> Reply:
    """Prints the reply as it grows, in Markdown."""
    replies = assistant.stream(message, session)
    reply, printed = next(replies), ""
    for reply in replies:
        # A reply that a model began and did not finish starts anew from the shares.
        text = assistant.in_full(reply)
        grown = text.startswith(printed.rstrip())
        typer.echo(text[len(printed) :] if grown else f"\n\n{text}", nl=False)
        printed = text
    typer.echo("")
    for note in reply.notes:
        typer.secho(retold(note, language_of(message, reply.session).language), fg="yellow", err=True)
    return reply


def _change(facet: str, value: str, change: str) -> Edit:
    """An edit from its last word: a level, a strength, or what to do."""
    edits = {
        "want": Edit(facet, value, level="want"),
        "less": Edit(facet, value, level="less"),
        "never": Edit(facet, value, level="never"),
        "park": Edit(facet, value, parked=True),
        "unpark": Edit(facet, value, parked=False),
        "pin": Edit(facet, value, pinned=True),
        "unpin": Edit(facet, value, pinned=False),
        "remove": Edit(facet, value, remove=True),
    }
    if change in edits:
        return edits[change]
    try:
        return Edit(facet, value, strength=float(change))
    except ValueError as error:
        raise PenchantError(f"{change!r} is none of {', '.join(edits)}, and no strength such as 0.5") from error


def _path(words: list[str], command: str) -> Path:
    if len(words) != 1:
        raise PenchantError(f"name one file, as in /{command} taste.json")
    return Path(words[0]).expanduser()
