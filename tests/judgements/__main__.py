"""python -m tests.judgements: the demo into the database of the environment, and what it finds.

Prints {language: {query: [key of a page]}} as JSON, for comparing two databases.
"""

import json

import django
from django.conf import settings
from django.core.management import call_command

from tests import judgements


def orders():
    from search.finding import Search

    queries = {
        language: [*judgements.judgements(language, "tuning")]
        + [*judgements.judgements(language, "held_out")]
        for language in ("sv", "fi", "en", "ar")
    }
    queries["sv"] += [*judgements.questions()]
    return {
        language: {
            query: [judgements.key_of(hit) for hit in Search(query, language).results().hits]
            for query in queries[language]
        }
        for language in queries
    }


if __name__ == "__main__":
    django.setup()
    fixtures = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
    call_command("migrate", verbosity=0)
    call_command("loaddata", *fixtures, verbosity=0)
    print(json.dumps(orders()))  # noqa: T201
