"""The failures that shapes declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
