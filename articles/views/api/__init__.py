"""The answers for programs, described: /api/ for people and /api/openapi.json for programs.

`shapes` says what records look like, as `views.serial` writes them; `operations` says of each address what can be
asked and what it answers; `pages` shows both.
"""
