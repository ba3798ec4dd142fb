"""``python3 -m outsample_ray --out FOLDER -- outsample search @study.json --data @prices/``.

A word of the command that begins with ``@`` names a file or a folder of this machine; it goes to each node once.
Standard output has JSON lines: ``{"begun": …}``, ``{"shard": …}`` for each that is finished, ``{"error": …}``.
Exit codes: 0 all shards stand there; 1 a fault of Ray; 2 arguments, or a shard that failed for good; 130 stopped.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

FAULT, REFUSED, STOPPED = 1, 2, 130
PATIENCE = 30
"""Seconds for which a cluster may not answer."""


def main() -> int:
    """Run the command line; gives the exit code."""
    arguments = _arguments()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray  # noqa: PLC0415 -- Its absence is told in words.

        from .drive import Options, ShardError, drive  # noqa: PLC0415
    except ModuleNotFoundError as error:
        _tell({"error": {"problem": f"This Python has no {error.name}.", "missing": error.name}})
        return REFUSED
    stop = threading.Event()
    if arguments.tied:
        threading.Thread(target=_set_at_end, args=[stop], daemon=True).start()
    try:
        _reach(arguments.address)
        ray.init(address=arguments.address, log_to_driver=False, logging_level=logging.ERROR)
        threading.Thread(target=_watch, args=[ray.get_runtime_context().gcs_address], daemon=True).start()
        # After Ray, which sets its own.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: stop.set())
        options = Options(
            words=arguments.command,
            out=arguments.out,
            shards=arguments.shards,
            shared=arguments.shared,
            cpus=arguments.cpus,
            memory=arguments.memory,
            retries=arguments.retries,
        )
        return 0 if drive(options, _tell, stop.is_set) else STOPPED
    except KeyboardInterrupt:
        return STOPPED
    except ShardError as error:
        _tell({"error": {"problem": str(error), "shard": error.facts}})
        return REFUSED
    except OSError as error:
        _tell({"error": {"problem": str(error)}})
        return REFUSED
    except Exception as error:  # noqa: BLE001 -- Whatever Ray raises is told, not thrown at the reader.
        _tell({"error": {"problem": f"{type(error).__name__}: {error}"}})
        return FAULT
    finally:
        ray.shutdown()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="outsample_ray", description=__doc__)
    parser.add_argument(
        "--address",
        help="of a Ray cluster; local is this machine; without it RAY_ADDRESS, one that runs here, or local",
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="the folder for shards; what stands there is not made again"
    )
    parser.add_argument("--shards", type=int, help="how many; without it as many as can be made at once")
    parser.add_argument("--shared", action="store_true", help="nodes see the folder too, and write there themselves")
    parser.add_argument("--cpus", type=float, default=1, help="cores that Ray reserves for a shard")
    parser.add_argument("--memory", type=int, help="bytes of memory that Ray reserves for a shard")
    parser.add_argument("--retries", type=int, default=3, help="how often a shard may be tried again")
    parser.add_argument("--tied", action="store_true", help="stop when standard input ends")
    parser.add_argument("command", nargs="+", help="the command, as nodes are to call it")
    return parser.parse_args()


def _reach(address: str | None) -> None:
    """Raise ConnectionError at once where nothing answers, which Ray would try for minutes."""
    host, colon, port = (address or os.environ.get("RAY_ADDRESS") or "").removeprefix("ray://").rpartition(":")
    if not (colon and port.isdigit()):
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except OSError as error:
        message = f"nothing answers at {host}:{port} ({error.strerror or error})."
        raise ConnectionError(message) from error


def _watch(address: str) -> None:
    """End this process when the cluster is gone: Ray's own calls would wait for it without end."""
    answered = time.monotonic()
    while True:
        time.sleep(5)
        try:
            _reach(address)
            answered = time.monotonic()
        except ConnectionError as error:
            if time.monotonic() - answered > PATIENCE:
                _tell({"error": {"problem": f"The cluster is gone: {error}"}})
                os._exit(FAULT)


def _set_at_end(stop: threading.Event) -> None:
    # Unbuffered: Python cannot end while another thread has the buffer's lock.
    while os.read(0, 1024):
        pass
    stop.set()


def _tell(line: dict[str, object]) -> None:
    # Whoever read it may be gone, which ends the work by the end of standard input.
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main())
