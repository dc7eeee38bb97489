"""Articles to take away: references, tables, briefings and feeds. Pure: records in, text or bytes out."""
