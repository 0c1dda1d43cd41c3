"""What bound operations use that call an HTTP API. Copied into compiled servers, and imports none of their SDKs."""
