"""What a node does: lay the files out, run the command for one shard, give its bytes."""

from __future__ import annotations

import json
import resource
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import ray

from .files import Put, laid_out

LAST_LINES = 20
LAST_BYTES = 16_384
USAGE = 2
"""The command's exit code for what another try cannot mend."""
NOT_FOUND = 127
"""A shell's exit code for a command that is not there."""


@dataclass(frozen=True)
class Plan:
    """What all shards have in common."""

    words: list[str]
    """The command, with the names that its files have on a node."""
    files: list[Put]
    of: int
    shared: str | None
    """A folder that every node sees, to which shards go in place of the object store."""


class Answer(TypedDict):
    """What became of a shard; of built-in types alone, so that it can be read without this package."""

    number: int
    content: bytes | None
    """The shard; None where it is in the shared folder, or there is none."""
    failed: int | None
    """The code that the command ended with, where it refused."""
    said: list[str]
    """The last lines of its standard error then."""
    node: str
    seconds: float
    cpu: float
    """CPU seconds of the command."""


def name_of(number: int, of: int) -> str:
    """Name a shard's file, as the command does."""
    return f"shard-{number}-of-{of}.arrow"


def run(plan: Plan, number: int) -> Answer:
    """Make one shard.

    Raises ChildProcessError where another try may succeed: the command was killed, or met a fault or a network.
    """
    started = time.monotonic()
    node = ray.get_runtime_context().get_node_id()
    if shutil.which(plan.words[0]) is None:
        return Answer(
            number=number,
            content=None,
            failed=NOT_FOUND,
            said=[f"There is no {plan.words[0]} on the node {socket.gethostname()}."],
            node=node,
            seconds=0,
            cpu=0,
        )
    folder = laid_out(plan.files)
    # Among the files, so that what a kill leaves is forgotten with them.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="shard-") as own:
        out = plan.shared or own
        errors = Path(own) / "stderr"
        words = [*_bound(), *plan.words, "--shard", f"{number}/{plan.of}", "--out", out]
        before = _cpu()
        code = _ended(words, folder, errors)
        said = _last_lines(errors)
        if code not in (0, USAGE) or (code == USAGE and _is_passing(said)):
            raise ChildProcessError(code, "\n".join(said))
        made = Path(out) / name_of(number, plan.of)
        return Answer(
            number=number,
            content=made.read_bytes() if code == 0 and plan.shared is None else None,
            failed=code or None,
            said=said if code else [],
            node=node,
            seconds=time.monotonic() - started,
            cpu=_cpu() - before,
        )


def _ended(words: list[str], folder: Path, errors: Path) -> int:
    """Run it to its end, or to that of this task."""
    with errors.open("wb") as said:
        child = subprocess.Popen(
            words,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            # Ray cancels by an exception between two steps of Python, which a wait would not let through.
            while child.poll() is None:
                time.sleep(0.05)
        finally:
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
    return child.returncode


def _bound() -> list[str]:
    """Begin a command that the system ends with this process, where it can: a worker that is killed ends nothing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _last_lines(errors: Path) -> list[str]:
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - LAST_BYTES))
        lines = file.read().decode(errors="replace").splitlines()
    return [line for line in lines if not line.startswith('{"progress"')][-LAST_LINES:]


def _is_passing(said: list[str]) -> bool:
    """Whether the command says that another machine did not answer."""
    try:
        return bool(json.loads(said[-1])["error"]["kind"] == "network")
    except (IndexError, KeyError, TypeError, ValueError):
        return False
