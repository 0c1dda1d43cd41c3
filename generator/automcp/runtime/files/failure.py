"""Why a file operation fails, apart from what is wrong with the system."""

from __future__ import annotations

import errno
import logging
import os

from ..shared.failure import BackendError

logger = logging.getLogger(__name__)


class Missing(BackendError):
    """There is no such file or folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no {path!r}")


class Existing(BackendError):
    """There is one already."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is {path!r} already")


def failure(error: OSError, path: str) -> BackendError:
    """What to say of an error of the system; the real path stays in the log."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Missing(path)
    if error.errno == errno.EEXIST:
        return Existing(path)
    if error.errno == errno.ELOOP:
        return BackendError(f"{path!r} is a link, and links are not followed")
    logger.warning("%r failed: %s", path, error)
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return BackendError(f"{path!r}: {reason}", retryable=error.errno in _PASSING)


_PASSING = (errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EMFILE, errno.ENFILE, errno.ESTALE)
