"""What handlers of Bookshelf may ask, with `context.ask`.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.server.questions import Form, Url
from .models import Reader, Which
from .surface import SURFACE

READER = Form.of("reader", SURFACE, Reader)
"""Who are you?"""

WHICH = Form.of("which", SURFACE, Which)
"""Which book do you mean?"""

CONSENT = Url.of("consent", SURFACE)
"""Sign in first."""
