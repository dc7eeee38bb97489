"""Figures compared: which subjects are one name, what a printed amount may mean, which figures disagree. Pure."""
