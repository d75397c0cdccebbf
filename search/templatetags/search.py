from django import template

from search.hits import address_of, title_of
from search.queries import MOST_LETTERS

register = template.Library()

register.filter("address_of", address_of)
register.filter("title_of", title_of)


@register.simple_tag
def most_letters():
    """How long a query may be."""
    return str(MOST_LETTERS)
