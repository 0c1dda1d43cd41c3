"""How old SDKs called the functions that were their tools: what the adapters and compiled servers have in common."""
