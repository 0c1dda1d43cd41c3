"""The failures that Weather station declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
