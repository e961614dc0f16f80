"""Settings: what they are, that they are checked when they are made, and that no secret is ever shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Settings
from penchant.assistant.wiring import encoder_of
from penchant.retriever import DEFAULT_MODEL, PenchantError
from penchant.ui.cli.console.options import settings_with

from .small_bert import save_small_bert

VARIABLES = [
    f"PENCHANT_{name}" for name in "BASE_URL API_KEY MODEL TIMEOUT ENCODER HOME EXPORTS STORE ENGINE SERVE_KEYS".split()
]
KEY, SERVE_KEY = "sk-secret-of-the-house", "serve-key-of-the-house"


def refused(environment: dict[str, str]) -> str:
    with pytest.raises(PenchantError) as error:
        Settings.from_environment(environment)
    assert "\n" not in str(error.value) and "pydantic" not in str(error.value)
    return str(error.value)


@given(st.dictionaries(st.sampled_from(VARIABLES), st.text(st.characters(), max_size=40)))
def test_any_environment_makes_settings_or_is_refused_by_name(environment: dict[str, str]) -> None:
    """Whatever the variables hold, lone surrogates and null bytes too."""
    try:
        Settings.from_environment(environment)
    except PenchantError as error:
        assert str(error).split()[0] in environment


def test_nothing_set_means_rules_and_the_default_encoder() -> None:
    for empty in ({}, dict.fromkeys(("PENCHANT_MODEL", "PENCHANT_TIMEOUT", "PENCHANT_ENCODER", "PENCHANT_HOME"), "")):
        settings = Settings.from_environment(empty)
        assert (settings.model, settings.timeout, settings.encoder) == ("", 30.0, DEFAULT_MODEL)
        assert settings.home.name == "penchant" and settings.serve_keys == ()


def test_own_names_go_before_those_of_openai() -> None:
    fallback = {"OPENAI_API_KEY": "theirs", "OPENAI_BASE_URL": "http://theirs"}
    settings = Settings.from_environment(fallback)
    assert (settings.key, settings.base_url) == ("theirs", "http://theirs")
    own = {"PENCHANT_API_KEY": "ours", "PENCHANT_BASE_URL": "http://ours"}
    settings = Settings.from_environment(fallback | own)
    assert (settings.key, settings.base_url) == ("ours", "http://ours")
    assert Settings.from_environment(fallback | dict.fromkeys(own, "")).key == "theirs"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("", True),
        ("https://api.openai.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("http://api.openai.com/v1", False),
        ("https://api.openai.com.evil.test/v1", False),
        ("https://evilapi.openai.com.test", False),
        ("https://api.openai.com@evil.test/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://[broken", False),
    ],
)
def test_the_key_of_openai_goes_to_openai_or_to_the_address_of_its_name(
    address: str, sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = {"OPENAI_API_KEY": KEY}
    assert (Settings.from_environment({**key, "PENCHANT_BASE_URL": address}).key == KEY) is sent
    both = Settings.from_environment({**key, "OPENAI_BASE_URL": "http://proxy/v1", "PENCHANT_BASE_URL": address})
    assert (both.key == KEY) is sent
    own = Settings.from_environment({**key, "PENCHANT_BASE_URL": address, "PENCHANT_API_KEY": "own"})
    assert own.key == "own"
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("PENCHANT_BASE_URL", raising=False)
    assert (settings_with(base_url=address).key == KEY) is sent


def test_what_the_environment_says_of_other_things_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor's own model is made of settings too: the owner's key must not reach it."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("PENCHANT_API_KEY", KEY)
    assert Settings(base_url="http://visitor.test", model="m").key == ""
    assert Settings.from_environment({"model": "m", "key": "k", "home": "/"}) == Settings()


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf", "3601"])
def test_a_time_out_is_named_with_what_it_may_be(text: str) -> None:
    assert refused({"PENCHANT_TIMEOUT": text}) == (
        f"PENCHANT_TIMEOUT must be a number of seconds above 0 and at most 3600, not {text!r}"
    )


@pytest.mark.parametrize("name", ["PENCHANT_BASE_URL", "OPENAI_BASE_URL"])
def test_an_address_is_one_of_http(name: str) -> None:
    said = refused({name: "localhost:11434"})
    assert said.startswith(f"{name} must be an address that begins with http:// or https://")


def test_an_encoder_has_a_name_and_a_home_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refused({"PENCHANT_ENCODER": "  "}).startswith("PENCHANT_ENCODER must be ")
    assert refused({"PENCHANT_HOME": str(tmp_path / "file")}).startswith("PENCHANT_HOME must be a folder")
    assert Settings.from_environment({"PENCHANT_HOME": str(tmp_path / "new")}).home == tmp_path / "new"


def test_serve_keys_are_split_at_commas_and_long_enough() -> None:
    keys = Settings.from_environment({"PENCHANT_SERVE_KEYS": f" {SERVE_KEY} ,, {KEY},"}).serve_keys
    assert keys == (SERVE_KEY, KEY)
    said = refused({"PENCHANT_SERVE_KEYS": f"{SERVE_KEY},short"})
    assert said.startswith("PENCHANT_SERVE_KEYS must be keys of at least 16 characters")
    assert SERVE_KEY not in said and "short" not in said


def test_no_secret_is_shown() -> None:
    settings = Settings(key=KEY, serve_keys=(SERVE_KEY,))
    for shown in (
        repr(settings),
        str(settings),
        f"{settings}",
        refused({"PENCHANT_API_KEY": KEY, "PENCHANT_TIMEOUT": "x"}),
    ):
        assert KEY not in shown and SERVE_KEY not in shown


@pytest.mark.parametrize("values", [{"timeout": 0}, {"base_url": "x"}, {"encoder": ""}, {"serve_keys": ("short",)}])
def test_keywords_are_checked_alike_and_named_as_given(values: dict[str, Any]) -> None:
    with pytest.raises(PenchantError, match=f"^{next(iter(values))} must be "):
        Settings(**values)
    with pytest.raises(PenchantError, match="there is no setting modle"):
        Settings(modle="m")  # type: ignore[call-arg]


def test_options_go_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENCHANT_MODEL", "from-environment")
    monkeypatch.setenv("PENCHANT_API_KEY", KEY)
    settings = settings_with(base_url="http://option", timeout=7.0)
    assert (settings.model, settings.base_url, settings.timeout) == ("from-environment", "http://option", 7.0)
    assert settings_with(model="").model == "" and settings.key == KEY
    with pytest.raises(PenchantError, match="timeout must be"):
        settings_with(timeout=4000)


@pytest.mark.slow
def test_exported_encoders_are_kept_where_the_settings_say(tmp_path: Path) -> None:
    """Not where the environment says: these may be the settings of another server."""
    model = save_small_bert(tmp_path / "model", ["noir", "jazz"])
    settings = Settings(home=tmp_path, encoder=f"onnx:{model}")
    for named, folder in ((None, tmp_path / "encoders"), (tmp_path / "there", tmp_path / "there")):
        encoder_of(settings.model_copy(update={"exports": named})).encode(["noir"])
        assert [path.suffix for path in folder.iterdir() if path.is_dir()] == [""]
    assert Settings.from_environment({"PENCHANT_EXPORTS": str(tmp_path)}).exports == tmp_path
