"""The spec: reading it, what it may say, printing it."""
