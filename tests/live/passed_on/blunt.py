"""A server of an older revision that asks whoever calls it, whatever they declared."""

from __future__ import annotations

import json
import sys
from typing import Any

ABLE: dict[str, Any] = {"tools": {}, "resources": {}, "prompts": {}}
TOOL = {"name": "ask", "inputSchema": {"type": "object"}}
METHODS = {
    "elicit": "elicitation/create",
    "sample": "sampling/createMessage",
    "roots": "roots/list",
}


def tell(**message: Any) -> None:
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


def hear() -> dict[str, Any]:
    return json.loads(sys.stdin.readline() or sys.exit())


def ask(how: str) -> dict[str, Any]:
    form: dict[str, Any] = {
        "message": "Sure?",
        "requestedSchema": {"type": "object", "properties": {}},
    }
    sample: dict[str, Any] = {"messages": [], "maxTokens": 1}
    tell(id="q", method=METHODS[how], params={"elicit": form, "sample": sample, "roots": {}}[how])
    while "method" in (heard := hear()):
        pass
    text = f"asked in vain: {heard.get('error', heard)}"
    return {"content": [{"type": "text", "text": text}], "isError": True}


def main() -> None:
    while True:
        asked = hear()
        if "id" not in asked:
            continue
        method, id = asked["method"], asked["id"]
        params: dict[str, Any] = asked.get("params") or {}
        if method == "initialize":
            about = {"name": "blunt", "version": "1"}
            result = {"protocolVersion": "2025-06-18", "capabilities": ABLE, "serverInfo": about}
            tell(id=id, result=result)
        elif method == "tools/list":
            tell(id=id, result={"tools": [{**TOOL, "name": how} for how in METHODS]})
        elif method == "tools/call":
            tell(id=id, result=ask(params["name"]))
        elif method == "resources/list":
            tell(id=id, result={"resources": []})
        elif method == "resources/templates/list":
            listed = {"uriTemplate": "x://{name}", "name": "any"}
            tell(id=id, result={"resourceTemplates": [listed]})
        elif method == "resources/read":
            if params["uri"] == "x://two":
                parts = [{"uri": f"x://two/{at}", "text": str(at)} for at in range(2)]
                tell(id=id, result={"contents": parts})
            elif params["uri"] == "x://none":
                tell(id=id, result={"contents": []})
            elif params["uri"] == "x://spoilt":
                tell(id=id, result={"contents": [{"uri": "x://spoilt", "blob": "%"}]})
            else:
                tell(id=id, error={"code": -32002, "message": "Resource not found\n\u001b[2J"})
        elif method == "prompts/list":
            tell(id=id, result={"prompts": [{"name": "odd"}]})
        elif method == "prompts/get":
            content = {"type": "image", "data": "%", "mimeType": "image/png"}
            tell(id=id, result={"messages": [{"role": "user", "content": content}]})
        else:
            tell(id=id, error={"code": -32601, "message": "no such method"})


main()
