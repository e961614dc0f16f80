"""A crowd before a service: so many are served at once, the others in the order in which they came, and one too many is
told to come again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx2
import pytest

from penchant.assistant import Assistant
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.http.middleware import Limits
from penchant.tools.http.running import AGAIN
from penchant.tools.http.service import build_app
from penchant.ui.cli.door import Door

from .conftest import PATIENCE
from .loopback import serving
from .test_service import code


class Opening:
    """Gives an assistant once it is let go, and counts who waits for it."""

    def __init__(self, index: Index) -> None:
        self.assistant = Assistant(index, k=1)
        self.asked, self.go = threading.Semaphore(0), threading.Event()
        self.most = self.now = 0
        self._lock = threading.Lock()

    def __call__(self) -> Assistant:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.asked.release()
        assert self.go.wait(PATIENCE)
        with self._lock:
            self.now -= 1
        return self.assistant


@pytest.fixture
def opening(index: Index) -> Opening:
    return Opening(index)


@pytest.fixture
def client(opening: Opening) -> Iterator[httpx2.Client]:
    app = build_app(Recommender(opening), limits=Limits(0, at_once=2, line=3))
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        yield client


def compare(client: httpx2.Client) -> httpx2.Response:
    return client.post("/api/compare", json={"items": ["i1", "i2"]})


def test_one_too_many_is_told_to_come_again(opening: Opening, client: httpx2.Client) -> None:
    with ThreadPoolExecutor(12) as pool:
        asked: list[Future[httpx2.Response]] = [pool.submit(compare, client) for _ in range(2)]
        assert all(opening.asked.acquire(timeout=PATIENCE) for _ in range(2))  # both places are taken
        crowd = [pool.submit(compare, client) for _ in range(6)]
        refused = first_done(crowd, 3)
        for response in refused:
            assert code(response) == (503, "too_busy") and response.headers["retry-after"] == str(AGAIN)
            assert response.json()["error"]["message"] == "too many wait already; come again in a moment"
        assert opening.now == 2
        opening.go.set()
        answered = [one.result() for one in [*asked, *crowd]]
    assert sorted(response.status_code for response in answered) == [200] * 5 + [503] * 3 and opening.most == 2
    assert compare(client).status_code == 200


def first_done(crowd: list[Future[httpx2.Response]], count: int) -> list[httpx2.Response]:
    done = threading.Semaphore(0)
    for one in crowd:
        one.add_done_callback(lambda _: done.release())
    assert all(done.acquire(timeout=PATIENCE) for _ in range(count))
    return [one.result() for one in crowd if one.done()]


def test_what_is_no_work_never_stands_in_line(opening: Opening, client: httpx2.Client) -> None:
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(compare, client) for _ in range(5)]
        assert all(opening.asked.acquire(timeout=PATIENCE) for _ in range(2))
        assert client.get("/healthz").status_code == client.get("/v1/models").status_code == 200
        opening.go.set()
        assert {one.result().status_code for one in asked} == {200}


def test_a_service_takes_as_many_as_it_has_use_for() -> None:
    from penchant.tools.http import Keys

    door = Door("127.0.0.1", 0, None, False, 600, ())
    assert door.limits(Keys(), waits=False).at_once < door.limits(Keys(), waits=True).at_once == Limits().at_once
    assert Door("127.0.0.1", 0, None, False, 600, (), at_once=7).limits(Keys(), waits=True).at_once == 7
