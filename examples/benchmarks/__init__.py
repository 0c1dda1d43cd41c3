"""Measures compiled servers, clients and the generator beside hand-written peers, in one run."""
