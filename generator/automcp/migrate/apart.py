"""Starts a server apart: without a network, with no process that outlives it, and no file without an end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass

_MOST_WRITTEN = 1 << 30
"""Bytes that a server may write into one file, its stderr included."""

_ENDS_WITH_US = """
import os, sys
try:
    import ctypes
    ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG: killed when the process that started it ends, however it ends.
except (ImportError, OSError, AttributeError):
    pass
os.execvp(sys.argv[1], sys.argv[1:])
"""
_INSIDE = f"""
import os, subprocess, sys
try:
    import resource
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    most = {_MOST_WRITTEN} if hard < 0 else min({_MOST_WRITTEN}, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
except (ImportError, OSError, ValueError):
    pass
if sys.argv[1] == "cut":
    import fcntl, socket, struct
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            fcntl.ioctl(one, 0x8914, struct.pack("16sH22x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running
    except OSError:
        pass
if os.getpid() == 1:
    # Signals do not end a first process that has no say on them: the server is its child.
    code = subprocess.Popen(sys.argv[2:]).wait()
    sys.exit(code if code >= 0 else 128 - code)
os.execvp(sys.argv[2], sys.argv[2:])
"""
_OWN = ["--net", "--pid", "--fork", "--kill-child"]
SPACES = (
    [*_OWN, "--mount-proc"],
    _OWN,
    ["--user", "--map-current-user", "--keep-caps", *_OWN, "--mount-proc"],
    ["--user", "--map-root-user", *_OWN, "--mount-proc"],
    ["--user", "--map-root-user", *_OWN],
    ["--net"],
)
"""The words of `unshare` that set a server apart, the most first: as the superuser, then as anybody."""


@dataclass(frozen=True, slots=True)
class Apart:
    """How a server is started apart.

    Attributes:
        prefix: What comes before its command.
        cut: Whether it has no network but its own machine's.
    """

    prefix: tuple[str, ...]
    cut: bool


def apart() -> Apart:
    """The most that this system allows."""
    inside = [sys.executable, "-I", "-S", "-c", _INSIDE]
    if sys.platform == "win32":
        return Apart((), False)
    outside = [sys.executable, "-I", "-S", "-c", _ENDS_WITH_US]
    unshare = shutil.which("unshare")
    for words in SPACES if unshare else ():
        start = [str(unshare), *words, "--", *inside, "cut"]
        if _works([*start, "true"]):
            return Apart((*outside, *start), True)
    return Apart((*outside, *inside, "as it is"), False)


def _works(words: list[str]) -> bool:
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
