"""The Branch server as the object that SDKs look for, as `mcp dev` and `fastmcp run` do. This file is yours.

What is written by hand, such as routes and further tools, can be added to it here.
"""

from branch_server import build_server

server = build_server()
