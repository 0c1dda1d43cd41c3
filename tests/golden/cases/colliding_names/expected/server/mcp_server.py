"""The operation server as the object that `mcp dev`, `mcp run` and `mcp install` look for. This file is yours.

Routes and tools written by hand can be added to it here.
"""

from operation_server import build_server

server = build_server()
