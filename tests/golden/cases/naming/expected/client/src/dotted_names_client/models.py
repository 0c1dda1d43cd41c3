"""What the operations of dotted-names take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
