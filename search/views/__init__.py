"""The pages of search: `results` as page, JSON and CSV, `suggesting` while one types, `passages` on demand, the
`guide` to what can be typed."""
