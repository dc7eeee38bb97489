"""Page texts become page records. Pure: no Django, no clock, no settings beyond `config.Config`."""
