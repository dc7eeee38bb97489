"""The published archive as a data package after Frictionless: tables as CSV with their schemas, and full records.

`fields` says what a column may hold, `tables` which tables there are, `corpus` reads them, `folder` writes all to a
folder and puts it in its place.
"""
