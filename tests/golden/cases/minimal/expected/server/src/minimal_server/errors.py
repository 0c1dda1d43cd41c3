"""The failures that minimal declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
