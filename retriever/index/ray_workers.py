"""Workers of a Ray cluster that encode texts beside each other: an encoder to each GPU, or to each core without any.

Ray replaces a worker or a machine that ends and gives its work out again. All machines have the same Penchant.
Knows nothing of items. https://docs.ray.io/en/latest/ray-core/fault-tolerance.html
"""

from __future__ import annotations

import os
import pickle
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..encoding import Encoder, Vectors
from ..errors import PenchantError
from .encoding_workers import encoded

HERE = "local"
_AHEAD = 3
"""Batches for each worker that are given out at once."""
_MOST_ENDS = 3
"""How often a batch is given out again."""
_PATIENCE = 5
"""Seconds."""


class RayWorkers:
    """`make` gives each worker its encoder, and must be picklable.

    address: of the cluster, as ray.init has it ("auto", "ray://host:10001"); "local": one here, for this time.
    """

    def __init__(self, make: Callable[[], Encoder], address: str = HERE) -> None:
        """Raises PenchantError where Ray is not installed."""
        self._make, self._address = make, address
        _ray()

    def encode_each(self, batches: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """The vectors of each batch of texts, in order, as Encoder.encode gives them.

        Raises PenchantError where the cluster cannot be reached or workers end again and again, and what an encoder
        raises.
        """
        ray = _ray()
        mine = not ray.is_initialized()
        if mine:
            _join(ray, self._address)
        try:
            yield from self._encoded(ray, batches)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except ray.exceptions.RayError as error:
            raise PenchantError(
                "the workers of the Ray cluster end again and again, perhaps for want of memory; what is done is kept"
            ) from error
        finally:
            if mine:
                ray.shutdown()

    def _encoded(self, ray: Any, batches: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """What is in hand is bounded by what the cluster has now: machines may come and go."""
        kind = "GPU" if ray.cluster_resources().get("GPU") else "CPU"
        # By default Ray ends a process after each task on a GPU, and its encoder with it.
        task = ray.remote(**{f"num_{kind.lower()}s": 1}, max_retries=_MOST_ENDS, max_calls=0)(encoded)
        make, waiting = pickle.dumps(self._make), deque[Any]()
        for batch in batches:
            waiting.append(task.remote(make, list(batch)))
            if len(waiting) >= _AHEAD * ray.cluster_resources().get(kind, 1):
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would tell its makers
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise PenchantError('to encode on several machines: pip install "penchant[ray]"') from error
    return ray


def _join(ray: Any, address: str) -> None:
    here = {"include_dashboard": False} if address == HERE else {}
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level="error", **here)
    except (OSError, ValueError, RuntimeError) as error:
        raise PenchantError(f"no Ray cluster answers at {address!r} (ray start --head makes one): {error}") from error


def _knock(address: str) -> None:
    """Ray itself waits for minutes for a machine that is not there. Raises OSError."""
    where = urlsplit(address if "//" in address else f"//{address}")
    if where.hostname and where.port:
        socket.create_connection((where.hostname, where.port), timeout=_PATIENCE).close()
