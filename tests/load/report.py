"""The table that `make bench` prints, in Markdown."""

from collections.abc import Iterable

from tests.load.measuring import Comparison

HEAD = "| measured | floor p50 | p50 | ratio | floor p99 | p99 | ratio | queries | aim |"
RULE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"


def print_comparisons(title: str, rows: Iterable[Comparison]) -> None:
    """Print one table; times are milliseconds."""
    print(f"\n### {title}\n\n{HEAD}\n{RULE}")
    for row in rows:
        print(line_of(row), flush=True)


def print_facts(title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print what is compared with nothing."""
    print(f"\n### {title}\n\n| measured | |\n| --- | --- |")
    for name, value in rows:
        print(f"| {name} | {value} |", flush=True)


def line_of(row: Comparison) -> str:
    """One row of the table."""
    if not row.floors:
        return f"| {row.name} | | | | | | | {row.queries} | {row.note} |"
    numbers = [
        cell
        for percentile in (50, 99)
        for cell in (
            f"{row.floor(percentile):.2f}",
            f"{row.subject(percentile):.2f}",
            f"**{row.ratio(percentile):.1f}**",
        )
    ]
    return f"| {row.name} | {' | '.join(numbers)} | {row.queries} | {_aim(row)} |"


def _aim(row: Comparison) -> str:
    if row.aim is None:
        return row.note
    verdict = "holds" if row.holds else "missed"
    aim = f"p{row.percentile} ≤ {row.aim:g} ×: {verdict}"
    return f"{aim}; {row.note}" if row.note else aim
