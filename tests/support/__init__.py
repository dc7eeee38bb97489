"""Hand-made material that several tests share."""
