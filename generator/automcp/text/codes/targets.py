"""AM4xx: what a target cannot do of what the spec asks for."""

from __future__ import annotations

from .explanation import Explanation

CODES = {
    "AM401": Explanation(
        "a target cannot do what the spec asks for",
        "The spec says what a service offers, whatever SDK carries it; but an SDK that speaks an older "
        "protocol lacks what came later. Leaving it out silently would make a server that is not what the "
        "spec says, so it is an error until somebody decides: compile for another SDK (`sdk` in "
        "`automcp.toml`), drop it from the spec, or accept to go without (`without` in the target's table), where "
        "anything is left without it.",
        'sdk = "mcp1"  # and the spec says `task: optional`\n[targets.server]',
        'sdk = "mcp1"\n[targets.server]\nwithout = ["tasks"]',
    ),
}
