"""What the operations of minimal take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
