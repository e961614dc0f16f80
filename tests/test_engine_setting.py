"""PENCHANT_ENGINE: the commands keep an index on a server, under the name of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_command import Run, run  # noqa: F401 (a fixture)
from .test_engine_contract import pgvector  # noqa: F401 (a fixture)

ROWS = "id,title,year,genres\n1,Galaxy Jest,1999,comedy\n2,Deep Dark,1979,horror\n3,Moon Town,2009,drama\n"


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_the_commands_use_the_server_that_is_set(tmp_path: Path, run: Run, pgvector: str) -> None:  # noqa: F811
    (tmp_path / "films.csv").write_text(ROWS)
    (tmp_path / "new.csv").write_text("id,title,year,genres\n4,Zorblax Rising,2031,comedy\n")
    folder, engine = tmp_path / "commands", {"PENCHANT_ENGINE": pgvector}
    made = run("index", tmp_path / "films.csv", "--into", folder, **engine)
    assert made.returncode == 0, made.stderr
    assert "3 items in" in made.stdout and not (folder / "chroma.sqlite3").exists()
    added = run("items", "add", tmp_path / "new.csv", "--catalogue", folder, **engine)
    assert added.stdout.startswith("1 added"), added.stderr
    assert "Zorblax Rising" in run("ask", "a comedy", "--catalogue", folder, **engine).stdout
    assert "is not an index" in run("ask", "a comedy", "--catalogue", folder).stderr
