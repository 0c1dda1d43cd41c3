"""What the operations of dotted-names take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ._runtime.shared.model import Model


class UserAccountsDeleteOneParams(Model):
    """What user_accounts.delete_one takes."""

    account_id: Annotated[str, Field(alias="accountId")]
    """Which one."""
