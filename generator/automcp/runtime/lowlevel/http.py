"""Serves an application over HTTP."""

from __future__ import annotations

from starlette.applications import Starlette

from ..server.options import Options

_GRACE = 2
"""Seconds that calls have to end when the server is told to stop."""


def serve_http(app: Starlette, options: Options) -> None:
    """Serve until the process is told to stop. Ends the program with 3 if the port is taken.

    Raises:
        KeyboardInterrupt: It was told so by Ctrl-C; `uvicorn.run` would keep that to itself.
    """
    # Imported here: a server on stdio does without.
    import uvicorn

    config = uvicorn.Config(
        app,
        host=options.host,
        port=options.port,
        access_log=options.access_log,
        timeout_graceful_shutdown=_GRACE,
    )
    uvicorn.Server(config).run()
