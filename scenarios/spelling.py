"""A mistyped word → the word that was meant, out of those that can be found."""

from collections.abc import Mapping

SHORTEST = 3
"""Words below this length are left alone: nearly everything is one slip away from them."""


def correct(word: str, vocabulary: Mapping[str, int]) -> str | None:
    """Return the word that `word` most probably means, or None.

    `vocabulary` holds the known words, each with the number of texts that it stands in. A word that was only
    begun is completed; otherwise one slip is allowed in up to five letters, two in more.
    """
    word = word.lower()
    if len(word) < SHORTEST:
        return None
    if begun := [known for known in vocabulary if known.startswith(word)]:
        return min(begun, key=lambda known: (len(known), -vocabulary[known], known))
    limit = 1 if len(word) <= 5 else 2
    near = [
        (slips, known[0] != word[0], -texts, known)
        for known, texts in vocabulary.items()
        if len(known) >= SHORTEST and (slips := distance(word, known, limit=limit)) <= limit
    ]
    return min(near)[3] if near else None


def distance(first: str, second: str, *, limit: int) -> int:
    """Count the slips between two words: a letter more, less, other, two swapped. `limit` + 1 when more."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
