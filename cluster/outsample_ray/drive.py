"""What the terminal's side does: give shards to Ray, write what comes back, cancel what is not wanted any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ray
from ray import cloudpickle

import outsample_ray

from .files import put
from .shard import Answer, Plan, name_of, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 0.2
"""How often cancelling is looked for."""


@dataclass(frozen=True)
class Options:
    """What is asked of the cluster."""

    words: list[str]
    out: Path
    shards: int | None
    shared: bool
    cpus: float
    memory: int | None
    """Bytes that a node must have free for each shard; of no interest if None."""
    retries: int


class ShardError(Exception):
    """A shard that another try cannot mend, or that failed as often as it may."""

    def __init__(self, number: int, of: int, code: int | None, said: list[str]) -> None:
        """Tell its number, the command's exit code, and the last lines of its standard error, or what Ray says."""
        super().__init__(f"Shard {number} of {of} failed.")
        self.facts = {"number": number, "of": of, "code": code, "said": said}


def drive(options: Options, tell: Callable[[dict[str, object]], None], stopped: Callable[[], bool]) -> bool:
    """Make all shards that do not stand in the folder yet; False where it was stopped before the last.

    Ray must have been initialised. Raises ShardError.
    """
    # Nodes need not have this package.
    cloudpickle.register_pickle_by_value(outsample_ray)
    slots = int(ray.cluster_resources().get("CPU", 1) // options.cpus)
    of = options.shards or max(1, slots)
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = [k for k in range(1, of + 1) if not (options.out / name_of(k, of)).exists()]
    tell({"begun": {"shards": of, "standing": of - len(wanted), "slots": slots, "nodes": _nodes()}})
    words, files = put(options.words)
    shared = str(options.out.resolve()) if options.shared else None
    plan = ray.put(Plan(words=words, files=files, of=of, shared=shared))
    task = ray.remote(run).options(
        num_cpus=options.cpus,
        memory=options.memory,
        max_retries=options.retries,
        retry_exceptions=[ChildProcessError, OSError],
    )
    numbers = {task.remote(plan, number): number for number in wanted}
    pending = list(numbers)
    try:
        while pending:
            if stopped():
                return False
            ready, pending = ray.wait(pending, num_returns=len(pending), timeout=SECONDS, fetch_local=False)
            for ref in ready:
                answer = _answered(ref, numbers[ref], of)
                _write(options, of, answer)
                tell({"shard": _facts(answer)})
    finally:
        _cancel(pending)
    return True


def _answered(ref: ray.ObjectRef[Answer], number: int, of: int) -> Answer:
    try:
        answer: Answer = ray.get(ref)
    except ray.exceptions.RayTaskError as error:
        code, said = error.cause.args if isinstance(error.cause, ChildProcessError) else (None, str(error.cause))
        raise ShardError(number, of, code, said.splitlines()) from None
    except ray.exceptions.RayError as error:
        raise ShardError(number, of, None, str(error).splitlines()) from None
    if answer["failed"] is not None:
        raise ShardError(number, of, answer["failed"], answer["said"])
    return answer


def _write(options: Options, of: int, answer: Answer) -> None:
    """Write a shard whole or not at all; one in the shared folder stands there already."""
    if answer["content"] is None:
        return
    path = options.out / name_of(answer["number"], of)
    aside = path.with_suffix(".part")
    aside.write_bytes(answer["content"])
    aside.replace(path)


def _facts(answer: Answer) -> dict[str, object]:
    return {
        "number": answer["number"],
        "node": answer["node"],
        "seconds": round(answer["seconds"], 3),
        "cpu": round(answer["cpu"], 3),
        "bytes": len(answer["content"] or b""),
    }


def _nodes() -> int:
    return len([node for node in ray.nodes() if node["Alive"]])


def _cancel(pending: list[ray.ObjectRef[Answer]]) -> None:
    """End what runs, and wait until it has ended; by force what does not."""
    for force in (False, True):
        for ref in pending:
            ray.cancel(ref, force=force)
        if pending:
            _, pending = ray.wait(pending, num_returns=len(pending), timeout=10, fetch_local=False)
