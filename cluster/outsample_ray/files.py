"""Files on their way to the nodes: put once by what they hold, laid out once on each node."""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ray

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEK = 7 * 86_400


@dataclass(frozen=True)
class Put:
    """A file in the object store."""

    name: str
    """Where it stands among the inputs, such as ``0/AAPL.csv``; slashes on every system."""
    sha256: str
    ref: ray.ObjectRef[bytes]


def put(words: list[str]) -> tuple[list[str], list[Put]]:
    """Put the files and folders that words of a command name after an ``@``.

    Gives the words as they are on a node, and the files; one that is there twice is put once.
    """
    refs: dict[str, ray.ObjectRef[bytes]] = {}
    there: list[str] = []
    files: list[Put] = []
    places = itertools.count(1)
    for word in words:
        if not word.startswith("@"):
            there.append(word)
            continue
        path = Path(word[1:])
        # A folder of its own, since names may repeat, and what a file is called may be its symbol.
        base = f"{next(places)}/{path.resolve().name}"
        there.append(base)
        for file in _files_at(path):
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if digest not in refs:
                refs[digest] = ray.put(content)
            below = file.relative_to(path).as_posix()
            files.append(Put(base if below == "." else f"{base}/{below}", digest, refs[digest]))
    return there, files


def _files_at(path: Path) -> Iterator[Path]:
    """Yield the file itself, or those in and below a folder, without the ones that begin with a dot."""
    if not path.is_dir():
        yield path
        return
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(".") or (entry.is_dir() and entry.is_symlink()):
            continue
        yield from _files_at(entry)


def laid_out(files: list[Put]) -> Path:
    """Give the node's folder in which these files stand by their names, made by whichever task comes first.

    The same files have the same folder, on every node that has the same folder for temporary files.
    """
    cache = _cache()
    listed = "\n".join(f"{file.sha256} {file.name}" for file in files)
    folder = cache / hashlib.sha256(listed.encode()).hexdigest()
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            os.utime(folder)
            return folder
        _forget(cache)
        with tempfile.TemporaryDirectory(dir=cache, prefix="new-") as aside:
            made = Path(aside) / "made"
            made.mkdir()
            for file in files:
                path = made / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.hardlink_to(_kept(cache, Path(aside), file))
            made.rename(folder)
    return folder


def _kept(cache: Path, aside: Path, file: Put) -> Path:
    """Give the file by its hash, fetched from the object store unless this node has it from another job."""
    kept = cache / "files" / file.sha256
    if kept.exists():
        os.utime(kept)
        return kept
    content = ray.get(file.ref)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        message = f"{file.name} arrived with other bytes than were sent"
        raise OSError(message)
    kept.parent.mkdir(exist_ok=True)
    whole = aside / file.sha256
    whole.write_bytes(content)
    return whole.replace(kept)


def _cache() -> Path:
    """Give a folder that nobody else may read or have made: OUTSAMPLE_CACHE, or one among temporary files."""
    named = os.environ.get("OUTSAMPLE_CACHE")
    cache = Path(named) if named else Path(tempfile.gettempdir()) / f"outsample-{os.getuid()}"
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = cache.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        message = f"{cache} is not this user's alone: remove it, or set OUTSAMPLE_CACHE"
        raise PermissionError(message)
    return cache


def _forget(cache: Path) -> None:
    """Remove what no task has asked for in a week."""
    before = time.time() - WEEK
    for old in (one for one in (*cache.iterdir(), *cache.glob("files/*")) if one.stat().st_mtime < before):
        if old.is_dir() and old.name != "files":
            shutil.rmtree(old, ignore_errors=True)
        elif old.parent.name == "files":
            old.unlink()
