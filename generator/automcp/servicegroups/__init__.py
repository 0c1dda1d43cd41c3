"""Configurations of service groups, as `automcp serve` reads them: everything that is wrong is said, with its place."""
