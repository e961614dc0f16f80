"""A folder that can be read where nothing can be written: large files by a link, those that must be writable copied.

Chroma writes into its database whenever it opens one.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ...errors import PenchantError
from .database_files import DATABASE, graphs


def readable_copy(folder: Path) -> Path:
    """A new folder in the system's place for those, with a copy of the database and links to its graphs.

    Whoever asked removes it. Raises PenchantError where there is no room for it.
    """
    made = Path(tempfile.mkdtemp(prefix="penchant-"))
    try:
        shutil.copyfile(folder / DATABASE, made / DATABASE)
        for graph in graphs(folder):
            (made / graph.name).symlink_to(graph.resolve(), target_is_directory=True)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise PenchantError(
            f"{folder}: nothing can be written there, and a copy in {made.parent} failed ({error.strerror}); free some"
            " space, or set TMPDIR to a folder that has it"
        ) from error
    return made
