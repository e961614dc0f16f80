"""Signatures of tastes: made and checked, and refused for whatever else they are held against."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from penchant.assistant import Mark, Session, export_taste
from penchant.assistant.signing import SignatureError, sign, verify
from penchant.ui.cli.command import app


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "new" / "key.pem"


def test_only_what_was_signed_holds(key: Path) -> None:
    @given(st.binary(max_size=200), st.binary(max_size=200))
    def holds(one: bytes, other: bytes) -> None:
        signature = sign(one, key)
        assert verify(one, signature) == json.loads(signature)["key"]
        if one != other:
            with pytest.raises(SignatureError, match="changed since"):
                verify(other, signature)

    holds()
    assert os.name == "nt" or key.stat().st_mode & 0o077 == 0


def test_the_key_may_be_asked_for(key: Path, tmp_path: Path) -> None:
    signature, other = sign(b"x", key), sign(b"x", tmp_path / "other.pem")
    mine = json.loads(signature)["key"]
    assert verify(b"x", signature, mine + "\n") == mine
    with pytest.raises(SignatureError, match="another key"):
        verify(b"x", other, mine)


@pytest.mark.parametrize("text", ["", "{}", '{"key": "eA==", "signature": "eA=="}', '{"key": "!", "signature": "!"}'])
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(SignatureError, match="no signature"):
        verify(b"x", text)


def test_what_is_no_key_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text("not a key")
    with pytest.raises(SignatureError, match="no key that can be read"):
        sign(b"x", path)
    assert path.read_text() == "not a key"


def test_a_taste_is_signed_and_checked_by_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("taste.json").write_text(export_taste(Session(marks=(Mark("x", "liked"),))), encoding="utf-8")
    run = CliRunner()
    assert run.invoke(app, ["taste", "sign", "taste.json"]).exit_code == 0
    public = json.loads(Path("taste.json.sig").read_text())["key"]
    checked = run.invoke(app, ["taste", "verify", "taste.json", "--key", public])
    assert checked.exit_code == 0 and public in checked.stdout
    assert "is there already" in str(run.invoke(app, ["taste", "sign", "taste.json"]).exception)
    Path("taste.json").write_text("{}", encoding="utf-8")
    changed = run.invoke(app, ["taste", "verify", "taste.json"]).exception
    assert isinstance(changed, SignatureError) and str(changed).startswith("taste.json: not what was signed")
    assert "broken.json: " in str(run.invoke(app, ["taste", "sign", "broken.json"]).exception)
