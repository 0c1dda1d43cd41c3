"""Addresses of another server's resources."""

from __future__ import annotations

from collections.abc import Mapping

from ..shared.uri_template import UriTemplate, Value


def spelled(address: str, variables: Mapping[str, Value | None], said: str | None) -> str:
    """The address that a template makes of its variables.

    Args:
        variables: Those that are `None` are left out.
        said: How the caller spells it; kept where it says the same.
    """
    template = UriTemplate.parse(address)
    uri = template.expand({key: one for key, one in variables.items() if one is not None})
    meant = template.match(uri)
    # `x://a,b` and `x://a%2Cb` say the same here; not every server takes them for the same.
    return said if said is not None and meant is not None and template.match(said) == meant else uri
