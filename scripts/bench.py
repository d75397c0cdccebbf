"""Queries and milliseconds of each kind of page, and of editing, with few and many news items.

    scripts/bench.py 10 1000 100000

Run by `make bench` on SQLite and on PostgreSQL, each in an empty database of its own. It compares
and judges nothing by the clock: the tests pin the number of queries.
"""

import os
import statistics
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from contacts.models import ContactUnit  # noqa: E402
from focus_areas.models import FocusArea  # noqa: E402
from initiatives.models import Initiative  # noqa: E402
from news.models import NewsArchive, NewsItem  # noqa: E402
from publishing.models import State, Version  # noqa: E402
from tests.admin_forms import admin_url, filled_in  # noqa: E402
from tests.histories import address as history_url  # noqa: E402

RUNS = 15
YEARS = 10
BATCH = 5_000
VERSIONS = 200  # behind the item that is edited


def fill(number):
    """Have ``number`` news items, spread evenly over the last YEARS years, each in one area."""
    now, step = timezone.now(), timedelta(days=365 * YEARS) / number
    unit, areas = ContactUnit.objects.first(), list(FocusArea.objects.all())
    through = NewsItem.focus_areas.through
    for start in range(NewsItem.objects.count(), number, BATCH):
        items = NewsItem.objects.bulk_create(
            NewsItem(
                title_sv=f"Nyhet nummer {i}",
                slug=f"nyhet-{i}",
                lead_sv="En ingress i en hel mening om något som har hänt.",
                body_sv="<p>Ett stycke text.</p>" * 10,
                unit=unit,
                state=State.PUBLISHED,
                publish_at=now - step * i,
                updated_at=now,
            )
            for i in range(start, min(start + BATCH, number))
        )
        through.objects.bulk_create(
            through(newsitem=item, focusarea=areas[i % len(areas)]) for i, item in enumerate(items)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    NewsArchive.recount()


def pages():
    """[(name, address)] of the pages whose cost must not grow with the archive."""
    year, count = (
        NewsArchive.years()[-1] if len(NewsArchive.years()) > 1 else NewsArchive.years()[0]
    )
    area = FocusArea.objects.first()
    middle = NewsItem.objects.order_by("pk")[NewsItem.objects.count() // 2]
    return [
        ("start page", "/"),
        ("focus areas", "/fokusomraden/"),
        ("a focus area", area.get_absolute_url()),
        ("initiatives", "/insatser/"),
        ("an initiative", Initiative.objects.first().get_absolute_url()),
        ("newest news", "/nyheter/"),
        ("news of an area", f"/nyheter/?omrade={area.slug}"),
        ("a year, first page", f"/nyheter/?ar={year}"),
        ("a year, last page", f"/nyheter/?ar={year}&sida={max(1, -(-count // 20))}"),
        ("a news item", middle.get_absolute_url()),
        ("RSS", "/nyheter/rss.xml"),
    ]


def desk():
    """[(name, function to visit a page or send a form)] of editing an item with many versions."""
    editor, _is_new = get_user_model().objects.get_or_create(
        username="bench", is_staff=True, is_superuser=True
    )
    client = Client()
    client.force_login(editor)
    item = NewsItem.objects.order_by("pk")[0]
    for number in range(Version.objects.of(item).count(), VERSIONS):
        item.save_draft(by=editor, values={"lead_sv": f"Ingress nummer {number}."})
    form, numbers = admin_url(item, "change"), count()

    def send(button):
        sent = filled_in(client.get(form), title_sv=f"Rubrik {next(numbers)}", **{button: "1"})
        return lambda: client.post(form, sent)

    def look(address):
        return lambda: lambda: client.get(address)

    return [
        ("back office", look("/admin/")),
        ("list", look(admin_url(NewsItem, "changelist"))),
        ("form", look(form)),
        ("saving", lambda: send("_save")),
        ("publishing", lambda: send("_publish")),
        ("history", look(history_url(item))),
        ("comparing", look(f"{history_url(item, 'compare')}?fran=1&till={VERSIONS}")),
    ]


def measure(prepare):
    """(queries, median milliseconds) of the request that ``prepare()`` gives, but of the first."""
    times = []
    for _run in range(RUNS + 1):
        send = prepare()
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            response = send()
            times.append(1000 * (time.perf_counter() - started))
        if response.status_code not in (200, 302):
            sys.exit(f"{response.request['PATH_INFO']} answered {response.status_code}")
    return len(queries), statistics.median(times[1:])


def visit(address):
    client = Client()
    return lambda: lambda: client.get(address)


def main(sizes):
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    NewsItem.objects.all().delete()
    results = {}
    for size in sizes:
        fill(size)
        visits = [(name, visit(address)) for name, address in pages()]
        for name, prepare in [*visits, *desk()]:
            results.setdefault(name, []).append(measure(prepare))
    header = "".join(f"{size:>18,}".replace(",", " ") for size in sizes)
    print(f"\n{connection.vendor}, news items:\n{'':20}{header}")  # noqa: T201
    for name, cells in results.items():
        row = "".join(f"{queries:>8} q {ms:>5.0f} ms" for queries, ms in cells)
        print(f"{name:20}{row}")  # noqa: T201


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 1_000, 100_000])
