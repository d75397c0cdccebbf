"""The pages of the back office as text, as people read them."""

import html
import re

from django.utils.html import strip_tags


def words_of(response):
    """The text of a page's content, without the menus around it, in one line."""
    content = (
        response.content.decode().partition('<div id="content"')[2].partition("<footer id=")[0]
    )
    return " ".join(html.unescape(strip_tags(content.replace("<", " <"))).split())


def links_of(response):
    """[(words, address)] of the links in a page's content."""
    content = response.content.decode().partition('<div id="content"')[2]
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', content, re.DOTALL)
    return [(" ".join(strip_tags(words).split()), html.unescape(href)) for href, words in found]
