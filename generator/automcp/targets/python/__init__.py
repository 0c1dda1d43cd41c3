"""How targets say things in Python: text, names, types, signatures."""
