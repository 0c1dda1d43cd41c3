"""What the spec itself says the doing of (`run:`), as methods; and the backends that they work with.

How a kind is added, say `http`: a module here with a function that yields the lines of a method's body (`Body`),
and, if it has backends, one that gives the expression that makes one (`Construct`); a row for each in `kinds.py`;
a folder `runtime/<kind>/` of ordinary tested modules, which is vendored where the kind is used. What a method may
mention comes from `Method`: values that callers send, settings, the backend, error classes, names to import.
Resources and prompts know two kinds (`proxy`, and `python` of functions that were an SDK's), and are in `offers.py`.
"""

from __future__ import annotations
