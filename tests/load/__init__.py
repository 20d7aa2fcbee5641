"""How fast Firstline is, as ratios to floors of the same run; `make bench` prints it."""
