"""The simulated customer and the scoring: pure Python, no Django, no clock, no global randomness."""
