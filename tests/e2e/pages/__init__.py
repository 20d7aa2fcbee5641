"""One class for each page: what a person sees there, by its name, and what they can do."""
