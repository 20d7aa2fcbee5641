"""The API of practice, one module for each part of a call."""
