"""What one tab is doing with a file: takes its pieces, reads it, has its index made; and cleans up after itself.

At most one file at a time, in a folder of its own that goes with it. Knows nothing of states or views.
"""

from __future__ import annotations

import base64
import binascii
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Condition, Thread

from penchant.retriever import CatalogueFile, PenchantError, read_catalogue

from .corrections import corrected
from .draft import Draft
from .limits import PIECE, check_size, check_table, file_name, suggested_name
from .shelf import BroughtCatalogues, NewCatalogue, WorkingFolder

_OFTEN = 0.5
"""Seconds between two reports of how far an index is."""


class Stopped(Exception):
    """Whoever wanted the index does not any more."""


class Bench:
    """Of one tab. A file that was begun ends with `clear`, with the next one, or with the tab. offer: told of each
    catalogue that is made."""

    def __init__(self, shelf: BroughtCatalogues, offer: Callable[[NewCatalogue], None]) -> None:
        self._shelf = shelf
        self._offer = offer
        self._folder: WorkingFolder | None = None
        self._work: _Work | None = None

    def begin(self, number: int, name: str, size: int) -> Draft:
        """A file that is to come; the one before is forgotten. Raises PenchantError if it is too large."""
        self.clear()
        name = file_name(name)
        check_size(name, size)
        self._folder = self._shelf.working_folder()
        return Draft(number, name, size, name=suggested_name(name))

    def take(self, draft: Draft, at: int, data: str) -> Draft:
        """The next piece of a file. Raises PenchantError for one that is not."""
        try:
            piece = base64.b64decode(data, validate=True)
        except binascii.Error as error:
            raise PenchantError("a piece of the file did not come whole; choose the file again") from error
        come = draft.come + len(piece)
        if self._folder is None or at != draft.come or not 0 < len(piece) <= PIECE or come > draft.size:
            raise PenchantError("the pieces of the file did not come in order; choose the file again")
        with (self._folder.path / draft.file).open("ab") as file:
            file.write(piece)
        return replace(draft, come=come, stage="reading" if come == draft.size else "coming")

    def read(self, draft: Draft, identity: str = "", title: str = "") -> Draft:
        """What the file has, with the columns of ids and titles that were chosen. Raises PenchantError in words that
        tell the file and the line, and not where they lie on this machine."""
        if self._folder is None or draft.come != draft.size:
            raise PenchantError("the file is not there any more; choose it again")
        inside = f"{self._folder.path}/"
        try:
            read = read_catalogue([self._folder.path / draft.file], identity, title)
        except PenchantError as error:
            raise PenchantError(str(error).replace(inside, "")) from error
        check_table(draft.file, read)
        left_out = [replace(row, file=row.file.replace(inside, "")) for row in read.left_out]
        read = replace(read, left_out=left_out)
        known = {column.name for column in read.columns}
        kept = {name: said for name, said in draft.corrections.items() if name in known}
        return replace(
            draft, stage="read", read=read, identity=identity, title=title, corrections=kept, problem="", total=0
        )

    def index(self, draft: Draft) -> Iterator[Draft | NewCatalogue]:
        """How far the index is, and at last the catalogue. It goes on to its end also where nobody asks any more.

        Raises PenchantError, and Stopped where `clear` came in between.
        """
        if draft.read is None or self._folder is None:
            raise PenchantError("the file is not there any more; choose it again")
        if self._work and self._work.alive:
            raise PenchantError("its catalogue is being made already")
        read, name = corrected(draft.read, draft.corrections), self._shelf.check(draft.name)
        work = self._work = _Work(self._shelf, self._offer, read, name, self._folder)
        for done, total in work.steps():
            yield replace(draft, stage="indexing", done=done, total=total, problem="")
        yield work.result()
        self.clear()

    def clear(self) -> None:
        """Nothing is left of the file; an index that is being made stops at the next items."""
        work, folder = self._work, self._folder
        self._work = self._folder = None
        if work and work.alive:
            work.stop()
        elif folder:
            folder.remove()


class _Work:
    """An index that is being made in a thread of its own. What failed leaves the file, to be tried again."""

    def __init__(
        self,
        shelf: BroughtCatalogues,
        offer: Callable[[NewCatalogue], None],
        read: CatalogueFile,
        name: str,
        folder: WorkingFolder,
    ) -> None:
        self._changed = Condition()
        self._at = (0, 0)
        self._stopped = False
        self._made: NewCatalogue | None = None
        self._error: Exception | None = None
        work = (lambda: shelf.make(read, name, folder.path, self._report), offer, folder)
        self._thread = Thread(target=self._run, args=work, daemon=True, name="penchant-index")
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def steps(self) -> Iterator[tuple[int, int]]:
        """How far it is, now and then, until it has ended."""
        last = None
        while True:
            with self._changed:
                ended = self._changed.wait_for(lambda: self._stopped or self._made or self._error, _OFTEN)
            if ended:
                return
            if self._at != last:
                last = self._at
                yield last

    def result(self) -> NewCatalogue:
        if self._made:
            return self._made
        raise Stopped if self._stopped or not self._error else self._error

    def _run(
        self, make: Callable[[], NewCatalogue], offer: Callable[[NewCatalogue], None], folder: WorkingFolder
    ) -> None:
        made, error = None, None
        try:
            made = make()
            offer(made)
        except Exception as raised:  # raised again where it is read
            error = raised
            shutil.rmtree(folder.path / "index", ignore_errors=True)
        if made or self._stopped:
            folder.remove()
        with self._changed:
            self._made, self._error = made, error
            self._changed.notify_all()

    def _report(self, done: int, total: int) -> None:
        if self._stopped:
            raise Stopped
        self._at = (done, total)
