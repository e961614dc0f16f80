"""What is built is whole: every module and data file is in the source archive and the wheel, and the wheel runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("retriever", "assistant", "tools", "ui")
PURELIB = "import sysconfig; print(sysconfig.get_path('purelib'))"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def sources() -> set[str]:
    """Everything that a user needs, by its path in the repository."""
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}


def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_source_archive_has_every_file(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert sources() | {"pyproject.toml", "README.md", "LICENSE"} <= names


def test_the_wheel_has_every_file_and_no_other(built: Path) -> None:
    with wheel(built) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(archive.read(metadata))
    assert names == {f"penchant/{name}" for name in sources()}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (said["Name"], said["Version"]) == (declared["name"], declared["version"])
    assert set(said.get_all("Provides-Extra") or ()) == set(declared["optional-dependencies"])


@pytest.mark.skipif("CI" not in os.environ, reason="any Python will do where somebody works")
def test_it_is_the_lowest_python() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert declared == f">={sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize("form", ["whl", "tar.gz"])
def test_both_run_in_an_empty_environment(built: Path, tmp_path: Path, form: str) -> None:
    """Installed by pip, with the command that a person types; what it needs, also to be built, is lent by the
    environment of the tests."""
    home, (file,) = tmp_path / "env", built.glob(f"*.{form}")
    venv.create(home)
    python = home / "bin" / "python"
    own = subprocess.run([python, "-c", PURELIB], capture_output=True, text=True, check=True).stdout.strip()
    # On PYTHONPATH nothing of .pth files counts: what an editable installation puts on the path is not there.
    libraries = dict.fromkeys((own, sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    env = os.environ | {"PYTHONPATH": os.pathsep.join(libraries)}
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*install, "--no-build-isolation", "--force-reinstall", str(file)], check=True, env=env)
    script = (
        "import penchant.tools, penchant.ui.page.page\n"
        "from penchant.retriever.index.indexing import open_or_build_demo\n"
        "from penchant.assistant.understanding.spans import span_model\n"
        "assert span_model() is not None\n"
        "print(penchant.tools.__file__)\n"
    )

    def said(*command: str | Path) -> str:
        done = subprocess.run([*command], capture_output=True, text=True, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert said(python, "-W", "ignore", "-c", script).startswith(str(home))
    assert "Usage" in said(home / "bin" / "penchant", "inspect", "--help")
