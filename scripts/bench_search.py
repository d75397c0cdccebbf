"""CPU of a search, and seconds of the index, with few and many news items.

    scripts/bench_search.py 1000 10000 100000

Run by `make bench` on SQLite and on PostgreSQL, each in an empty database of its own. The queries
are those of the judgements; the CPU is that of this process and of the database's. It judges
nothing by the clock.
"""

import os
import random
import re
import sys
import time
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from contacts.models import ContactUnit  # noqa: E402
from focus_areas.models import FocusArea  # noqa: E402
from news.models import NewsItem  # noqa: E402
from publishing.models import State  # noqa: E402
from search.finding import Search  # noqa: E402
from search.indexing import index, rebuild  # noqa: E402
from search.models import Document  # noqa: E402
from tests.judgements import judgements, questions  # noqa: E402

BATCH = 2_000
WORDS = 300  # of an item
VOCABULARY = 60_000  # words, which are met as often as words of a language are (Zipf)
dice = random.Random(1488)  # noqa: S311 - the same texts each time
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


def vocabulary():
    """Words of the demo first, then compounds of them, so that parts and errors have much to do."""
    texts = " ".join(Document.objects.filter(language="sv").values_list("text", flat=True))
    own = list(dict.fromkeys(re.findall(r"[a-zåäö]{2,}", texts.lower())))
    dice.shuffle(own)
    long = [word for word in own if len(word) > 3]
    made = {dice.choice(long) + dice.choice(long) for _ in range(VOCABULARY)}
    return own + sorted(made)


def fill(number, words):
    unit, now = ContactUnit.objects.first(), timezone.now()
    areas = list(FocusArea.objects.all())
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    through = NewsItem.focus_areas.through
    for start in range(NewsItem.objects.count(), number, BATCH):
        items = []
        for i in range(start, min(start + BATCH, number)):
            text = dice.choices(words, cum_weights=weights, k=WORDS + 20)
            items.append(
                NewsItem(
                    title_sv=" ".join(text[:6])[:100].capitalize(),
                    slug=f"nyhet-{i}",
                    lead_sv=" ".join(text[6:20]).capitalize() + ".",
                    body_sv=f"<p>{' '.join(text[20:])}.</p>",
                    unit=unit,
                    state=State.PUBLISHED,
                    publish_at=now - timedelta(hours=i),
                    updated_at=now,
                )
            )
        items = NewsItem.objects.bulk_create(items)
        through.objects.bulk_create(
            through(newsitem=item, focusarea=areas[item.pk % len(areas)]) for item in items
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def cpu():
    """Seconds of CPU that this process and, on PostgreSQL, its part of the server have used."""
    used = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
    return used


def search_times():
    """Milliseconds of CPU of each query, the smallest first.

    A tick of the server's clock is longer than most queries: each is asked ten times.
    """
    queries = [*judgements("sv", "tuning"), *judgements("sv", "held_out"), *questions()]
    for query in queries:
        Search(query, "sv").results()
    times = []
    for query in queries:
        started = cpu()
        for _ in range(10):
            Search(query, "sv").results()
        times.append(100 * (cpu() - started))
    return sorted(times)


def update_time():
    """Milliseconds that one published item keeps its editor waiting."""
    items, times = list(NewsItem.objects.order_by("pk")[:20]), []
    for item in items:
        NewsItem.objects.filter(pk=item.pk).update(title_sv=f"{item.title_sv} nytt")
        started = time.perf_counter()
        index([item])
        times.append(1000 * (time.perf_counter() - started))
    return sorted(times)[len(times) // 2]


def main(sizes):
    call_command("migrate", verbosity=0)
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    words = vocabulary()
    print(f"\n{connection.vendor}: searching {len(words)} words")  # noqa: T201
    for size in sizes:
        fill(size, words)
        started = time.perf_counter()
        rebuild()
        seconds = time.perf_counter() - started
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        times = search_times()
        half, most = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(  # noqa: T201
            f"{size:>8} items: p50 {half:.1f} ms, p99 {most:.1f} ms of CPU a search; "
            f"update {update_time():.0f} ms; rebuild {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
