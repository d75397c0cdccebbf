"""The same work for many pictures, on all cores, with a line of progress for each."""

import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

from django.core.exceptions import ValidationError

from images import renditions
from images.uploads import read_master

MAX_PROCESSES = 8  # each may hold a picture of some 200 MB


def master_and_renditions(source, focus):
    """The re-encoded master of ``source`` (bytes) and its renditions. Raises ValidationError."""
    master = read_master(BytesIO(source))
    return master, renditions.make(master.data, focus)


def work_through(images, job, finish, write):
    """Do ``job`` for each of ``images`` in other processes, then ``finish`` in this one.

    ``job(image)`` returns a function and its arguments, none of which may need Django's database;
    ``finish(image, result)`` keeps the result. A picture that fails is named and passed over.
    Returns how many failed.
    """
    failed = 0
    for number, (image, future) in enumerate(_in_parallel(images, job), start=1):
        line = f"Bild {number} av {len(images)}: {image}"
        try:
            finish(image, future.result())
        except FileNotFoundError:
            failed, line = failed + 1, f"{line} – filen saknas"
        except ValidationError as error:
            failed, line = failed + 1, f"{line} – {' '.join(error.messages)}"
        write(line)
    return failed


def _in_parallel(images, job):
    """(image, future) in the order given; few at a time, since each job carries its picture."""
    processes = max(1, min(os.cpu_count() or 1, MAX_PROCESSES, len(images)))
    waiting = deque()
    # Forking would copy the database connection, and is unsafe where there are threads
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for image in images:
            waiting.append((image, _submit(pool, job, image)))
            if len(waiting) > 2 * processes:
                yield waiting.popleft()
        yield from waiting


def _submit(pool, job, image):
    try:
        return pool.submit(*job(image))
    except FileNotFoundError as error:
        future = Future()
        future.set_exception(error)
        return future
