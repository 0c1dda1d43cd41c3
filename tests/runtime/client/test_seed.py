"""The tests that the client design came with, as they stand; only a server had to be given."""

from __future__ import annotations

import pytest
from automcp.runtime.client import AutoMCPClient, ClientConfig, ClientGroup, OperationError
from mcp.server import Server
from scripted import Script, served, text, tool


def _server() -> Server[object]:
    return served(Script([text("done")]), [tool("test_op"), tool("op")])


async def test_client_group() -> None:
    client = AutoMCPClient("test", ClientConfig(), server=_server())
    group = ClientGroup(client, "test-group")

    async with client:
        # Test operation execution
        response = await group.execute("test_op", {"arg": "value"})
        assert response.status == "success"

        # Test error handling
        with pytest.raises(OperationError):
            await group.execute("invalid_op")


async def test_client_integration() -> None:
    client = AutoMCPClient("test", {"timeout": 30, "retry_count": 3}, server=_server())

    async with client:
        # Test group operations
        result = await client.groups["test"].execute("op")
        assert result.success

        # Test resource cleanup
        pool = vars(client)["_pool"]
        assert pool._available == pool._size
