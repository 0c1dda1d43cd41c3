"""What `khivemcp` offered to groups, for environments where it is not installed: `automcp serve` runs them."""

from .decorators import operation
from .types import GroupConfig, ServiceConfig, ServiceGroup

__all__ = ["GroupConfig", "ServiceConfig", "ServiceGroup", "operation"]
