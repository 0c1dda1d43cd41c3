"""Who may connect, and who may use what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..ir.offers import Auth, Policy
from ..spec.document import At, Declarations, Document
from ..spec.offers import AuthDecl, PolicyDecl
from ..text.report import Diagnostic, Label, Report, quoted
from ..text.suggest import did_you_mean
from .cards import text

_PAGE = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
)


@dataclass(frozen=True, slots=True)
class Policies:
    """The named policies of a spec; `allowed` is whether it can have any."""

    named: Mapping[str, Policy]
    allowed: bool
    report: Report

    @classmethod
    def of(cls, document: Document, declared: Declarations, report: Report) -> Policies:
        named = {one.name.value: _policy(one) for one in declared.policies}
        return cls(named, document.auth is not None, report)

    def of_each(self, *restrictions: PolicyDecl | At[str] | None) -> tuple[Policy, ...]:
        """The policies that all have to let a caller through: a group's, and its own."""
        return tuple(policy for one in restrictions for policy in self._found(one))

    def _found(self, restriction: PolicyDecl | At[str] | None) -> Iterator[Policy]:
        if restriction is None:
            return
        if not self.allowed:
            span = (restriction if isinstance(restriction, At) else restriction.name).span
            message = "a policy needs to know who calls, and the spec has no `auth`"
            self.report.add(Diagnostic("AM227", message, Label(span), help="add `auth`"))
        if isinstance(restriction, PolicyDecl):
            yield _policy(restriction)
        elif restriction.value in self.named:
            yield self.named[restriction.value]
        else:
            message = f"there is no policy {quoted(restriction.value)}"
            hint = did_you_mean(restriction.value, self.named)
            self.report.add(Diagnostic("AM224", message, Label(restriction.span), help=hint))


def _policy(declared: PolicyDecl) -> Policy:
    def values(texts: tuple[At[str], ...]) -> tuple[str, ...]:
        return tuple(one.value for one in texts)

    return Policy(
        scopes=values(declared.scopes),
        allow_clients=values(declared.allow_clients),
        deny_clients=values(declared.deny_clients),
        allow_subjects=values(declared.allow_subjects),
        deny_subjects=values(declared.deny_subjects),
    )


def resolve_auth(declared: AuthDecl, settings: tuple[str, ...], report: Report) -> Auth:
    """Who may connect; `settings` are the names that `{settings.NAME}` may mention."""
    if declared.issuer is not None and declared.resource is None:
        message = "with an `issuer`, clients have to be told the server's own URL"
        span = declared.issuer.span
        report.add(Diagnostic("AM227", message, Label(span), help="add `resource`"))
    if declared.documentation is not None and not is_page(declared.documentation.value):
        message = f"{quoted(declared.documentation.value)} is no address of a page"
        report.add(Diagnostic("AM227", message, Label(declared.documentation.span)))
    for at in (declared.issuer, declared.resource):
        for problem in _url_problems(at, settings):
            report.add(problem)
    return Auth(
        issuer=text(declared.issuer),
        resource=text(declared.resource),
        scopes=tuple(scope.value for scope in declared.scopes),
        documentation=text(declared.documentation),
    )


def is_page(url: str) -> bool:
    """Whether it is an http(s) URL (RFC 3986) that every client can read."""
    if not _PAGE.fullmatch(url):
        return False
    try:
        return urlsplit(url).hostname is not None and urlsplit(url).port != 0
    except ValueError:
        return False


def setting_of(url: str) -> str | None:
    """The name in `{settings.NAME}`; `None` for a literal URL."""
    if url.startswith("{settings.") and url.endswith("}"):
        return url.removeprefix("{settings.").removesuffix("}")
    return None


def _url_problems(at: At[str] | None, settings: tuple[str, ...]) -> Iterator[Diagnostic]:
    if at is None:
        return
    name = setting_of(at.value)
    if name is None and not is_page(at.value):
        message = f"{quoted(at.value)} is no URL"
        hint = "write `https://...`, or `{settings.NAME}`"
        yield Diagnostic("AM227", message, Label(at.span), help=hint)
    elif name is not None and name not in settings:
        message = f"there is no setting {quoted(name)}"
        yield Diagnostic("AM224", message, Label(at.span), help=did_you_mean(name, settings))
