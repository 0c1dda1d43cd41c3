"""`make conformance`: scores the compiled conformance server and client by suites that others wrote."""

from __future__ import annotations

import sys

from scoring.command import main

if __name__ == "__main__":
    sys.exit(main())
