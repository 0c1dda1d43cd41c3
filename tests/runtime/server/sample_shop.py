"""The types that tests of the sample server share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from automcp.runtime.mcp2.app import CompiledServer
from sample.settings import Settings
from sample.state import State

Era: TypeAlias = Literal["auto", "legacy"]
"""How a client connects: at the newest protocol that the server speaks, or with the old handshake."""
Shop: TypeAlias = CompiledServer[State, Settings]
OpenShop: TypeAlias = Callable[..., Shop]
