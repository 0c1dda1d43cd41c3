"""The failures that answers declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""
