"""What resources and prompts are bound to: those of another MCP server, or functions that were an SDK's."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.backends import McpBackend
from ...ir.bindings import ProxyPrompt, ProxyRead, PythonCall
from ...runtime.shared.uri_template import UriTemplate
from ...spec.bindings import OfferProxyDecl, PythonDecl
from ...spec.document import At
from ...spec.offers import CompletionDecl, PromptDecl, ResourceDecl
from ...text.report import Label, quoted
from ...text.suggest import did_you_mean
from ..backends import Backends
from .python import python_call


def reader(
    resource: ResourceDecl, template: UriTemplate | None, backends: Backends
) -> ProxyRead | PythonCall | None:
    """What reads a resource; `None` if a handler does, or its binding is wrong.

    Args:
        template: Its address, taken apart; `None` if it cannot be.
    """
    run = resource.run
    if not isinstance(run, PythonDecl):
        return None if run is None else _proxy_read(run, resource.uri, template, backends)
    completed = (one.complete for one in resource.variables)
    _check_completions(completed, backends)
    if resource.returns is not None:
        message = "what a resource of an SDK holds is what its function returns, whatever that is"
        backends.shared.add("AM238", message, resource.returns.span)
    return python_call(run, "resource", resource.errors, backends.shared)


def filler(prompt: PromptDecl, name: str, backends: Backends) -> ProxyPrompt | PythonCall | None:
    """What fills a prompt in; `None` if a handler does, or its binding is wrong.

    Args:
        name: The prompt's own name on the wire.
    """
    run = prompt.run
    if not isinstance(run, PythonDecl):
        return None if run is None else _proxy_prompt(run, name, backends)
    _check_completions((one.complete for one in prompt.arguments), backends)
    return python_call(run, "prompt", prompt.errors, backends.shared)


def _check_completions(completed: Iterable[CompletionDecl | None], backends: Backends) -> None:
    """Report values that nothing completes."""
    for one in completed:
        if one is not None and one.values is None:
            message = "a function of an SDK completes nothing"
            backends.shared.add("AM238", message, one.span, "list the values")


def _proxy_read(
    declared: OfferProxyDecl, uri: At[str], template: UriTemplate | None, backends: Backends
) -> ProxyRead | None:
    backend = backends.find(McpBackend, declared.backend, declared.span)
    if declared.named is not None and template is not None:
        _check(declared.named, uri, template, backends)
    if backend is None:
        return None
    return ProxyRead(backend.key, declared.named.value if declared.named else uri.value)


def _proxy_prompt(declared: OfferProxyDecl, name: str, backends: Backends) -> ProxyPrompt | None:
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
