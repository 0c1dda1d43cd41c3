"""What the server listed on the SDK that it was made for, where the adapter derives something else."""

from typing import Any

CAPTURED: dict[str, dict[str, dict[str, Any]]] = {}
