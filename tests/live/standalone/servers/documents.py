# ruff: noqa
# Written as servers for all these releases are: old spellings are what is tried here.
try:
    import httpx
except ImportError:
    import httpx2 as httpx
from fastmcp import FastMCP

TEA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "example": "Assam"},
        "kind": {"type": "string", "enum": ["green", "black"], "nullable": True},
        "price": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
    },
}
ONE = {
    "200": {"description": "A tea", "content": {"application/json": {"schema": {"type": "object"}}}}
}
KEY = {
    "name": "key",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "nullable": True},
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "How many",
    "example": 5,
    "schema": {"type": "integer"},
}
SPEC = {
    "openapi": "3.0.3",
    "info": {"title": "Teas", "version": "1"},
    "paths": {
        "/teas": {
            "get": {
                "operationId": "list_teas",
                "summary": "All teas",
                "parameters": [LIMIT],
                "responses": ONE,
            },
            "post": {
                "operationId": "add_tea",
                "description": "Add a tea",
                "requestBody": {"required": True, "content": {"application/json": {"schema": TEA}}},
                "responses": {"201": {"description": "made"}},
            },
        },
        "/teas/{key}": {"get": {"operationId": "one_tea", "parameters": [KEY], "responses": ONE}},
    },
}
mcp = FastMCP.from_openapi(SPEC, httpx.AsyncClient(base_url="http://127.0.0.1:9"), name="teas")

if __name__ == "__main__":
    mcp.run()
