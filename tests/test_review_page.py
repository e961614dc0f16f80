"""The review page of a service: for who has a key, safe from other pages and from hostile titles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from penchant.assistant import Assistant, Settings, make_assistant
from penchant.assistant.loading import Loading
from penchant.assistant.oversight import Oversight, ReviewFile
from penchant.assistant.wiring import source_of
from penchant.retriever import MemoryEngine, build_index, open_index
from penchant.tools import Recommender
from penchant.tools.http import Keys, Limits, build_app
from penchant.ui.page.review_page import mount_review

from .conftest import PATIENCE, HashEncoder
from .loopback import serving
from .test_review import EVERY, RULES, planted

KEY = "a-key-of-the-owner-of-it"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
PERSON = httpx2.BasicAuth("anybody", KEY)
OWN = {"sec-fetch-site": "same-origin"}


@contextmanager
def desk(path: Path | None, keys: Keys) -> Iterator[httpx2.Client]:
    build_index([*EVERY, planted(6, minutes=3)], engine := MemoryEngine(), HashEncoder())
    oversight = Oversight(Settings(review=path))

    def load() -> Assistant:
        return make_assistant(oversight.view(open_index(engine, HashEncoder())))

    recommender = Recommender(loading := Loading(source_of(load, engine, oversight)))
    app = build_app(recommender, limits=Limits(per_minute=0), keys=keys)
    mount_review(app, oversight, keys)
    loading.wait()
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE, auth=PERSON) as client:
        yield client


@pytest.fixture
def file(tmp_path: Path) -> ReviewFile:
    (tmp_path / "review.toml").write_text(RULES, encoding="utf-8")
    return ReviewFile(tmp_path / "review.toml")


@pytest.fixture
def client(file: ReviewFile) -> Iterator[httpx2.Client]:
    with desk(file.path, Keys([KEY])) as client:
        yield client


def shown(client: httpx2.Client) -> str:
    return client.post("/api/recommend", json={"message": "something funny about space", "k": 20}).text


def test_the_queue_decisions_and_history(client: httpx2.Client, file: ReviewFile) -> None:
    page = client.get("/review")
    assert page.status_code == 200 and "Waiting for approval: 4" in page.text and "themes is suicide" in page.text
    assert "Zorblax 1" not in shown(client)
    done = client.post("/review", data={"item": "wux-1", "act": "approve", "note": "fine"}, headers=OWN)
    assert done.status_code == 303 and done.headers["location"] == "/review"
    assert "Zorblax 1" in shown(client)
    after = client.get("/review").text
    assert "Waiting for approval: 3" in after and "fine" in after
    (made,) = file.read().decisions
    assert made.decision == "approve" and made.by.startswith("key ") and KEY not in file.path.read_text()


def test_nobody_without_a_key(client: httpx2.Client, file: ReviewFile) -> None:
    for auth in (None, httpx2.BasicAuth("anybody", "another-key-than-that")):
        assert client.get("/review", auth=auth).status_code == 401
        refused = client.post("/review", data={"item": "wux-1", "act": "approve"}, headers=OWN, auth=auth)
        assert refused.status_code == 401
    assert not file.read().decisions


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    ],
)
def test_another_page_decides_nothing(client: httpx2.Client, file: ReviewFile, headers: dict[str, str]) -> None:
    """A browser that knows the password sends it along."""
    done = client.post("/review", data={"item": "wux-1", "act": "approve"}, headers=headers)
    assert done.status_code == 403 and not file.read().decisions


def test_a_program_with_the_key_and_an_older_browser_may(client: httpx2.Client, file: ReviewFile) -> None:
    form = {"item": "wux-1", "act": "reject"}
    origin = str(client.base_url).rstrip("/")
    assert client.post("/review", data=form, headers={"origin": origin}).status_code == 303
    bearer = {"authorization": f"Bearer {KEY}"}
    assert client.post("/review", data=form, headers=bearer, auth=None).status_code == 303
    assert len(file.read().decisions) == 2


@pytest.mark.parametrize("form", [{}, {"item": "nobody", "act": "approve"}, {"item": "wux-1", "act": "publish"}])
def test_what_is_no_decision_is_refused(client: httpx2.Client, file: ReviewFile, form: dict[str, str]) -> None:
    assert client.post("/review", data=form, headers=OWN).status_code == 422 and not file.read().decisions


def test_titles_and_notes_are_inert(file: ReviewFile, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = [planted(7, minutes=3, description=HOSTILE, makers=(HOSTILE,))]
    hostile[0] = type(hostile[0])("wux-7", HOSTILE, fields=hostile[0].fields)
    monkeypatch.setattr("tests.test_review_page.EVERY", [*EVERY, *hostile])
    file.decide("wux-7", "note", HOSTILE, HOSTILE)
    with desk(file.path, Keys([KEY])) as client:
        page = client.get("/review")
    assert "&lt;script&gt;" in page.text and "<script" not in page.text and "<img" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


def test_where_it_is_not_it_says_why(file: ReviewFile) -> None:
    with desk(file.path, Keys()) as client:
        assert "needs keys (--key-file)" in client.get("/review").text
        assert client.post("/review", data={"item": "wux-1", "act": "approve"}, headers=OWN).status_code == 404
    with desk(None, Keys([KEY])) as client:
        client_said = client.get("/review")
        assert client_said.status_code == 404 and "needs a review file (--review)" in client_said.text
