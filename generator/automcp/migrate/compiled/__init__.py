"""Compiles the functions that were tools of a legacy server: a spec, and the package that answers for them."""
