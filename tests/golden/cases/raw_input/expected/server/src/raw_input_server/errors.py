"""The failures that raw-input declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
