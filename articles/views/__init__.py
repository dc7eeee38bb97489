"""The reading site: each view answers as a page and, at the same address with .json, as data."""
