"""What a generated server and a generated client share: values, schemas, the surface, failures."""
