"""What a generated server runs on: checked calls, the handlers' context, settings."""
