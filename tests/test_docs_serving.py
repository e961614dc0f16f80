"""The Containerfile and docs/serving.md, as far as a machine without containers can try them: what they say is read,
and the image's own commands are run by a user without rights, on a root that cannot be written."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from typer.main import get_command

from penchant.assistant.settings import Settings
from penchant.retriever import Index, SentenceEncoder, build_index
from penchant.ui.cli.command import app

from .conftest import EXPORTS, PATIENCE, clean_environment
from .test_mcp_server import FILMS
from .test_service import service

ROOT = Path(__file__).parents[1]
NOBODY = 65534
NAMESPACE = """
set -e
mount --make-rprivate /
if [ -n "$HIDDEN" ]; then  # the interpreter is in a folder that others may not enter
    mount --bind "$PYTHON" "$SPARE" && mount -t tmpfs -o mode=755 tmpfs "$HIDDEN"
    mkdir -p "$PYTHON" && mount --move "$SPARE" "$PYTHON"
fi
mount --bind "$PENCHANT_HOME" "$PENCHANT_HOME"
mount -o remount,bind,ro /
exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
"""


def instructions() -> list[tuple[str, str]]:
    """Of the last stage of the Containerfile: each instruction and what it says."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines()
    pairs = [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]
    last = max(n for n, pair in enumerate(pairs) if pair[0] == "FROM")
    return [(name, " ".join(said.split())) for name, said in pairs[last:]]


def said(name: str) -> str:
    (found,) = [value for other, value in instructions() if other == name]
    return found


def health() -> list[str]:
    return [sys.executable, *json.loads(said("HEALTHCHECK").partition("CMD ")[2])[1:]]


def test_the_image_runs_by_a_user_without_rights() -> None:
    names = [name for name, _ in instructions()]
    known = {"FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}
    assert set(names) <= known | {"ENTRYPOINT", "CMD"}
    user, group = said("USER").split(":")
    assert int(user) > 1000 and int(group) > 1000  # by number: an orchestrator can see that it is not root
    assert not {"RUN", "COPY"} & set(names[names.index("USER") :])
    assert "KEY" not in said("ENV")


def test_what_the_image_starts_is_a_command() -> None:
    program, *rest = [*json.loads(said("ENTRYPOINT")), *json.loads(said("CMD"))]
    command = get_command(app).commands[rest[0]]
    options = {opt for parameter in command.params for opt in parameter.opts}
    assert program == "penchant" and {word for word in rest if word.startswith("--")} <= options
    variables = {f"PENCHANT_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"PENCHANT_\w+", said("ENV"))) <= variables
    assert json.loads(said("VOLUME")) == ["/data"] and "PENCHANT_HOME=/data" in said("ENV")


def test_the_health_check_tells_whether_it_lives(index: Index) -> None:
    command = health()
    with service(index) as client:
        here = [word.replace("127.0.0.1:8300", client.base_url.netloc.decode()) for word in command]
        assert here != command and subprocess.run(here, timeout=PATIENCE).returncode == 0
    assert subprocess.run(here, timeout=PATIENCE, stderr=subprocess.DEVNULL).returncode != 0


def hidden(path: Path) -> Path | None:
    """The first folder on the way there that others may not enter."""
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001), None)


@pytest.fixture
def folders(sentence_encoder: SentenceEncoder) -> Iterator[tuple[Path, Path]]:
    """What the user without rights owns, and what is in the image: an index and the exported encoder."""
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as image:
        os.chmod(image, 0o755)
        build_index(FILMS, Path(image) / "films", sentence_encoder)
        shutil.copytree(os.environ[EXPORTS], Path(image) / "encoders")
        (Path(own) / "tmp").mkdir()
        for path in (Path(own), Path(own) / "tmp"):
            os.chown(path, NOBODY, NOBODY)
        yield Path(own), Path(image)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="needs to become somebody else")
def test_it_serves_by_nobody_on_a_root_that_cannot_be_written(folders: tuple[Path, Path], tmp_path: Path) -> None:
    if subprocess.run(["unshare", "--mount", "mount", "--make-rprivate", "/"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("this machine lets nobody have mounts of their own")
    own, image = folders
    python = Path(sys.base_prefix).resolve()
    environment = clean_environment() | {
        "HIDDEN": str(hidden(python) or ""),
        "PYTHON": str(python),
        "SPARE": str(tmp_path),
        "PENCHANT_HOME": str(own),
        "PENCHANT_EXPORTS": str(image / "encoders"),
        "PENCHANT_SERVE_KEYS": "the-key-of-this-house",
        "TMPDIR": str(own / "tmp"),
        "HOME": "/nonexistent",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    serve = [*json.loads(said("CMD")), "--port", "0", "--catalogue", str(image / "films")]
    command = ["unshare", "--mount", "sh", "-c", NAMESPACE, "sh", sys.executable, "-m", "penchant.ui", *serve]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd="/", text=True, stdout=pipe, stderr=pipe) as process:
        try:
            assert process.stdout and process.stderr
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, process.stderr.read()
            status = Path(f"/proc/{process.pid}/status").read_text()
            assert re.search(rf"^Uid:\s+{NOBODY}\s", status, re.M) and re.search(r"^CapEff:\s+0+$", status, re.M)
            url = found[0].replace("0.0.0.0", "127.0.0.1")
            headers = {"authorization": "Bearer the-key-of-this-house"}
            with httpx2.Client(base_url=url, headers=headers, timeout=PATIENCE) as client:
                turn = client.post("/api/recommend", json={"message": "a comedy"}).raise_for_status().json()
                assert turn["picks"] and "pn-" in client.get("/").text
                assert 'penchant_part_seconds_count{part="turn"} 1.0' in client.get("/metrics").text
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
    assert (own / "sessions.sqlite").exists()


# docs/serving.md


def block(language: str) -> str:
    text = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)
    return str(found)


def test_the_unit_of_systemd_is_one(tmp_path: Path) -> None:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(block("ini"))
    start = parser["Service"]["ExecStart"]
    program, command, *options = shlex.split(start)
    known = {opt for parameter in get_command(app).commands[command].params for opt in parameter.opts}
    assert {word for word in options if word.startswith("--")} <= known
    assert parser["Service"]["NoNewPrivileges"] == "yes" and parser["Service"]["ProtectSystem"] == "strict"
    if not shutil.which("systemd-analyze"):
        return
    unit = tmp_path / "penchant.service"
    unit.write_text(block("ini").replace(program, sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, timeout=PATIENCE)
    assert not [line for line in done.stderr.splitlines() if "penchant.service" in line], done.stderr


def test_proxies_hold_no_answer_back() -> None:
    assert "flush_interval -1" in block("caddyfile")
    nginx = block("nginx")
    assert "proxy_buffering off;" in nginx and "proxy_set_header Host $host;" in nginx
    assert nginx.count("{") == nginx.count("}") and "client_max_body_size 8m;" in nginx
