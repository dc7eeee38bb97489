"""Opaque permanent public ids."""

import secrets

# Without what is misread for one another (0 o, 1 i l, u v) and without vowels, which make words.
ALPHABET = "23456789bcdfghjkmnpqrstwxyz"
LENGTH = 10


def new_public_id() -> str:
    """Ten random characters, about 47 bits; says nothing of order, place or number of records."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
