"""Every page that a reader can reach in a language, and what in it is in which language."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin
from xml.etree import ElementTree

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What people are read besides what stands between the tags
SAID = {
    *["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label"],
    *["placeholder", "summary", "title"],
}
BUTTONS = {"button", "reset", "submit"}  # whose value is their text
METAS = {
    *["description", "application-name", "og:title", "og:description", "og:site_name"],
    "og:image:alt",
}
SAID_TO_MACHINES = {"alternateName", "caption", "description", "headline", "name", "text"}
JSON_LD = "application/ld+json"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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
            self.seen.links.append(urljoin(self.seen.address, attrs.get("href", "")))
        self.seen.words += [(language, text) for text in said_by(tag, attrs) if text]
        if tag not in VOID:
            self.open.append((JSON_LD if attrs.get("type") == JSON_LD else tag, language))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()  # nothing is left open: the Nu checker sees to that

    def handle_data(self, data):
        tag, language = self.open[-1] if self.open else ("", "")
        if tag == JSON_LD:
            self.seen.words += [(language, text) for text in said_to_machines(json.loads(data))]
        elif data.strip() and tag not in ("script", "style"):
            self.seen.words.append((language, data))


def said_by(tag, attrs):
    """The texts among the attributes of an element."""
    yield from (attrs[name] for name in sorted(SAID & set(attrs)))
    if tag == "meta" and METAS & {attrs.get("name"), attrs.get("property")}:
        yield attrs["content"]
    elif tag == "input" and attrs.get("type") in BUTTONS:
        yield attrs.get("value")


def said_to_machines(data, name=""):
    """The texts of schema.org data that are in a language, unlike addresses, days and kinds."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from said_to_machines(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from said_to_machines(value, name)
    elif name in SAID_TO_MACHINES:
        yield data


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
    """{address: {hreflang: address}} of all pages that the sitemaps name."""
    found = {}
    for section in re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text):
        text = client.get(section.removeprefix(settings.BASE_URL)).text
        for url in ElementTree.fromstring(text).iter(f"{SITEMAP}url"):  # noqa: S314
            links = url.iter("{http://www.w3.org/1999/xhtml}link")
            found[url.find(f"{SITEMAP}loc").text] = {
                link.get("hreflang"): link.get("href") for link in links
            }
    return found


def crawl(client, *others):
    """{address: Seen} of all pages in the sitemaps, of ``others`` and of what those link to."""
    named, seen = (address.removeprefix(settings.BASE_URL) for address in in_sitemaps(client)), {}
    waiting = [*named, *others]
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
    is_page = link.startswith("/") and not link.startswith(("/static/", "/media/"))
    return link if is_page and "?sida=/" not in link and not link.endswith(".xml") else ""
