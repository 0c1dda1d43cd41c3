"""What resources and prompts are bound to: those of another MCP server."""

from __future__ import annotations

from ...ir.backends import McpBackend
from ...ir.bindings import ProxyPrompt, ProxyRead
from ...runtime.shared.uri_template import UriTemplate
from ...spec.bindings import OfferProxyDecl
from ...spec.document import At
from ...text.report import Label, quoted
from ...text.suggest import did_you_mean
from ..backends import Backends


def proxy_read(
    declared: OfferProxyDecl | None, uri: At[str], template: UriTemplate | None, backends: Backends
) -> ProxyRead | None:
    """What reads a resource; `None` if a handler does, or its binding is wrong.

    Args:
        uri: The resource's own address.
        template: The same, taken apart; `None` if it cannot be.
    """
    if declared is None:
        return None
    backend = backends.find(McpBackend, declared.backend, declared.span)
    if declared.named is not None and template is not None:
        _check(declared.named, uri, template, backends)
    if backend is None:
        return None
    return ProxyRead(backend.key, declared.named.value if declared.named else uri.value)


def proxy_prompt(
    declared: OfferProxyDecl | None, name: str, backends: Backends
) -> ProxyPrompt | None:
    """What fills a prompt in; `None` if a handler does, or its binding is wrong.

    Args:
        name: The prompt's own name on the wire.
    """
    if declared is None:
        return None
    backend = backends.find(McpBackend, declared.backend, declared.span)
    if backend is None:
        return None
    return ProxyPrompt(backend.key, declared.named.value if declared.named else name)


def _check(there: At[str], here: At[str], template: UriTemplate, backends: Backends) -> None:
    """Report an address of the other server that cannot be made of what is known here."""
    shared = backends.shared
    try:
        other = UriTemplate.parse(there.value)
    except ValueError as error:
        message = f"{quoted(there.value)} is no URI template: {error}"
        shared.add("AM222", message, there.span)
        return
    known = [one.name for one in template.variables]
    for name in dict.fromkeys(one.name for one in other.variables):
        if name not in known:
            message = f"nothing says what {quoted(name)} is: the resource has no such variable"
            also = (Label(here.span, "its own address"),)
            shared.add("AM222", message, there.span, did_you_mean(name, known), also)
