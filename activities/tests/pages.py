"""Pages as a reader asks for them, and what stands on them."""

from bs4 import BeautifulSoup

CANARY = "zzcanaryzz"  # what no reader may see


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


def titles(page):
    return [text_of(entry) for entry in page.select(".entry-title")]


def outcome(page):
    return text_of(page.select_one(".entry-outcome"))


def option_counts(page, name):
    """Return what the page says beside each value of a filter."""
    ticks = page.select(f"input[name={name}]")
    return {tick["value"]: int(tick.find_parent("label").select_one(".option-count").text) for tick in ticks}


def rows(page, caption):
    """Return what a table says, row by row, by its caption."""
    table = next(each for each in page.select("table") if text_of(each.caption) == caption)
    return [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
