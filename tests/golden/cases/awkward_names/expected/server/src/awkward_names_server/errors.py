"""The failures that awkward-names declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
