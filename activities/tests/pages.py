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
