"""What operations that the spec binds (`run:`) have in common, whatever they are bound to."""
