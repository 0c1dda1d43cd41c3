"""`python -m automcp`, the same as `automcp`."""

from __future__ import annotations

from .cli import main

if __name__ == "__main__":
    main()
