"""A cluster of Dask workers, by the address of its scheduler; it comes with the extra `cluster`.

The task goes to every worker once, as a plugin, also to those that come later; a worker that is
lost has its jobs done by another. Results are small: rows stay where workers write them.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from interviewer.errors import SetupError
from interviewer.evaluation.engines.engine import Task

if TYPE_CHECKING:
    from distributed import Client

J = TypeVar("J")
R = TypeVar("R")
# Seconds until a scheduler has answered; jobs that wait at the scheduler for each thread.
_PATIENCE, _AHEAD = 15, 3
_SECURE = ("tls:", "wss:")


def is_installed() -> None:
    """Make sure that the extra is there.

    Raises:
        SetupError: It is not.
    """
    if find_spec("distributed") is None:
        raise SetupError(
            "A cluster needs Dask, which an extra brings, here and on every worker: "
            "pip install 'three-rounds[cluster]'."
        )


@dataclass(frozen=True)
class Cluster:
    """Workers that see the same files as this machine.

    Attributes:
        address: Of the scheduler, `tcp://HOST:PORT`.
    """

    address: str

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield what each job gives, as it is done.

        Raises:
            SetupError: The scheduler does not answer, has no workers or needs certificates; a job
                ended one worker after the other.
        """
        from distributed import Client, Security
        from distributed.scheduler import KilledWorker

        from interviewer.evaluation.engines.worker import Doing

        if not jobs:
            return
        certain = Security().get_connection_args("client").get("ssl_context")
        if certain is None and self.address.startswith(_SECURE):
            raise SetupError(
                f"{self.address} needs certificates, and Dask's configuration names none. Set "
                "distributed.comm.tls there, as its documentation on TLS says."
            )
        try:
            client: Client = Client(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise SetupError(
                f"No scheduler answers at {self.address} ({type(error).__name__}). Start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS`."
            ) from None
        name = f"interviewer-{uuid.uuid4().hex}"
        try:
            client.register_plugin(Doing(task), name=name)
            yield from self._results(client, name, jobs)
        except KilledWorker:
            raise SetupError(
                f"A job ended several workers of {self.address}, for want of memory perhaps. Give "
                "workers more of it; what is finished is kept."
            ) from None
        finally:
            with contextlib.suppress(Exception):  # the cluster may be gone, and the cause is told
                client.unregister_worker_plugin(name)
            client.close(timeout=_PATIENCE)

    def _results(self, client: Client, name: str, jobs: Sequence[J]) -> Iterator[Any]:
        from distributed import as_completed

        from interviewer.evaluation.engines.worker import do

        threads = sum(client.nthreads().values())
        if not threads:
            raise SetupError(
                f"The scheduler at {self.address} has no workers. Start some with "
                f"`dask worker {self.address}`."
            )
        waiting = iter(jobs)

        def sent(number: int) -> list[Any]:
            return [client.submit(do, name, j, pure=False) for j in islice(waiting, number)]

        going = as_completed(sent(_AHEAD * threads), loop=client.loop)
        for future in going:
            result = future.result()
            future.release()
            for more in sent(1):
                going.add(more)
            yield result
