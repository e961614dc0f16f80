"""Workers of a Ray cluster of two nodes on this machine: the same index as without them, also where one ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import Index, MemoryEngine, PenchantError, RayWorkers, build_index, item_text
from penchant.retriever.encoding import HashEncoder

from .test_encoding_workers import ITEMS, DyingEncoder, RefusingEncoder, check_vector_for_vector

pytestmark = [pytest.mark.slow, pytest.mark.extra("ray")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    made: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    made.wait_for_nodes()
    try:
        yield made
    finally:
        made.shutdown()


@pytest.fixture(scope="module")
def alone() -> Index:
    return build_index(ITEMS, MemoryEngine(), HashEncoder())


def test_the_index_is_the_same_vector_for_vector_and_this_process_encodes_no_item(cluster: Any, alone: Index) -> None:
    encoder = HashEncoder()
    index = build_index(ITEMS, MemoryEngine(), encoder, workers=RayWorkers(HashEncoder, cluster.address))
    check_vector_for_vector(index, alone)
    assert not {item_text(item, index.schema) for item in ITEMS} & set(encoder.texts)


def test_a_killed_worker_is_replaced_and_nothing_is_lost(cluster: Any, alone: Index, tmp_path: Path) -> None:
    (tmp_path / "0").touch()
    make = partial(DyingEncoder, tmp_path)
    check_vector_for_vector(
        build_index(ITEMS, MemoryEngine(), HashEncoder(), workers=RayWorkers(make, cluster.address)), alone
    )
    assert not list(tmp_path.iterdir())


def test_workers_that_end_again_and_again_stop_the_work_which_goes_on_later(
    cluster: Any, alone: Index, tmp_path: Path
) -> None:
    for n in range(100):
        (tmp_path / f"{n}").touch()
    engine, make = MemoryEngine(), partial(DyingEncoder, tmp_path)
    with pytest.raises(PenchantError, match=r"end again and again.*what is done is kept"):
        build_index(ITEMS, engine, HashEncoder(), workers=RayWorkers(make, cluster.address))
    index = build_index(ITEMS, engine, HashEncoder(), workers=RayWorkers(HashEncoder, cluster.address))
    check_vector_for_vector(index, alone)


def test_what_an_encoder_raises_is_raised(cluster: Any) -> None:
    with pytest.raises(PenchantError, match=r"^no model here$"):
        build_index(ITEMS, MemoryEngine(), HashEncoder(), workers=RayWorkers(RefusingEncoder, cluster.address))


def test_a_node_that_is_lost_is_done_without(cluster: Any, alone: Index) -> None:
    lost = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    workers = RayWorkers(HashEncoder, cluster.address)
    batches = [[f"text {n}"] for n in range(40)]
    made = workers.encode_each(batches)
    first = [next(made) for _ in range(3)]
    cluster.remove_node(lost)
    vectors = [*first, *made]
    encoder = HashEncoder()
    assert all((one == encoder.encode(batch)).all() for one, batch in zip(vectors, batches, strict=True))


def test_without_a_cluster_it_says_so() -> None:
    with pytest.raises(PenchantError, match=r"no Ray cluster answers at '127\.0\.0\.1:9'"):
        list(RayWorkers(HashEncoder, "127.0.0.1:9").encode_each([["a"]]))
