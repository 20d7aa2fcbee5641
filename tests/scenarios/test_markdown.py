"""Markdown of authors is safe and fits into a page."""

from scenarios.markdown import render_body


def test_headings_go_below_those_of_the_page() -> None:
    html = render_body("# One\n\n## Two\n\n#### Four")
    assert html == "<h3>One</h3>\n<h4>Two</h4>\n<h6>Four</h6>\n"
    assert "<h2>" in render_body("### Only", top=2)


def test_hostile_markdown_is_harmless() -> None:
    html = render_body('<script>x</script>\n\n[a](javascript:x) <h1 onclick="x">\n\n![i](http://x/y.png)')
    assert "<script" not in html
    assert "<img" not in html
    assert "<h1" not in html
    assert 'href="javascript' not in html
