"""`python -m engine.understanding.train`: make the trained weights if they are missing, and say where they are."""

from engine.understanding.store import make_artefact

if __name__ == "__main__":
    print(f"understanding: {make_artefact()}")  # noqa: T201 (a command)
