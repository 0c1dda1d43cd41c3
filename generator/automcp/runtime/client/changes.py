"""What of a server can change while a client is connected to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ToolsChanged:
    """There are other tools now, or they are described in another way."""


@dataclass(frozen=True, slots=True)
class PromptsChanged:
    """There are other prompts now."""


@dataclass(frozen=True, slots=True)
class ResourcesChanged:
    """There are other resources or resource templates now."""


@dataclass(frozen=True, slots=True)
class ResourceUpdated:
    """A resource holds something else now; `uri` may be of a part of the one that was listened to."""

    uri: str


Change: TypeAlias = ToolsChanged | PromptsChanged | ResourcesChanged | ResourceUpdated


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What a listener wants to hear of.

    Attributes:
        resources: Whether the list of resources changed.
        uris: The resources whose contents are of interest.
    """

    tools: bool = False
    prompts: bool = False
    resources: bool = False
    uris: tuple[str, ...] = ()

    def covers(self, change: Change) -> bool:
        """Whether a change is of interest; that of a part of a resource is, too, which begins like the whole."""
        match change:
            case ToolsChanged():
                return self.tools
            case PromptsChanged():
                return self.prompts
            case ResourcesChanged():
                return self.resources
            case ResourceUpdated(uri):
                return uri.startswith(self.uris)
