"""What the results page is made of, computed from one search; views only put it together."""
