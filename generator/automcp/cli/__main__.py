"""`python -m automcp.cli`, which existing clients of service groups start; the same as `automcp`."""

from __future__ import annotations

from . import main

if __name__ == "__main__":
    main()
