"""Every page that a reader can reach in a language, and what in it is in which language."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SAID = {"alt", "aria-label", "placeholder", "title"}  # attributes that people are read


@dataclass
class Seen:
    """One page: its own words, in the order of the page, and what it says about languages."""

    address: str
    status: int = 200
    queries: int = 0
    lang: str = ""
    dir: str = ""
    canonical: str = ""
    alternates: dict = field(default_factory=dict)  # {hreflang: address}
    links: list = field(default_factory=list)
    words: list = field(default_factory=list)  # [(language, text)]


class Reader(HTMLParser):
    def __init__(self, seen):
        super().__init__()
        self.seen, self.open = seen, []

    def handle_starttag(self, tag, attributes):
        attrs = dict(attributes)
        language = attrs.get("lang") or (self.open[-1][1] if self.open else "")
        if tag == "html":
            self.seen.lang, self.seen.dir = attrs.get("lang", ""), attrs.get("dir", "")
        elif tag == "link" and attrs.get("rel") == "canonical":
            self.seen.canonical = attrs["href"]
        elif tag == "link" and "hreflang" in attrs:
            self.seen.alternates[attrs["hreflang"]] = attrs["href"]
        elif tag == "a":
            self.seen.links.append(attrs.get("href", ""))
        elif tag == "meta" and attrs.get("name") == "description":
            self.seen.words.append((language, attrs["content"]))
        self.seen.words += [(language, attrs[name]) for name in SAID & set(attrs) if attrs[name]]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        tag, language = self.open[-1] if self.open else ("", "")
        if data.strip() and tag not in ("script", "style"):
            self.seen.words.append((language, data))


def read(html, address="/"):
    seen = Seen(address)
    Reader(seen).feed(html)
    seen.words = [(language, normal(text)) for language, text in seen.words]
    return seen


def normal(text):
    """One line with single spaces, without the signs that only guide line breaks and direction."""
    return " ".join(re.sub("[\u00ad\u2060\u2066\u2069]", "", text).split())


def prefix(language):
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def language_of(address):
    first = address.strip("/").partition("/")[0]
    codes = {code for code, _name in settings.LANGUAGES}
    return first if first in codes else settings.LANGUAGE_CODE


def in_sitemaps(client):
    """The paths that the sitemaps name."""
    index = client.get("/sitemap.xml").text
    for section in re.findall(r"<loc>(.*?)</loc>", index):
        text = client.get(section.removeprefix(settings.BASE_URL)).text
        yield from (urlsplit(place).path for place in re.findall(r"<loc>(.*?)</loc>", text))


def crawl(client, also=()):
    """{address: Seen} of every page in the sitemaps and every page that those link to, and ``also``
    of pages that nothing links to."""
    waiting, seen = [*in_sitemaps(client), *also], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        seen[address] = Seen(address, response.status_code)
        if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
            seen[address] = read(response.text, address)
            seen[address].queries = len(captured)
            waiting += [to for link in seen[address].links if (to := followed(link))]
    return seen


def followed(link):
    """``link`` without its anchor if it leads to a page of the site, else ""."""
    link = link.partition("#")[0]
    is_page = link.startswith("/") and not link.startswith(("/static/", "/media/", "/nyheter/rss"))
    return link if is_page and "?sida=/" not in link else ""
