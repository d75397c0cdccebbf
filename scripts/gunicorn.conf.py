"""For gunicorn --config scripts/gunicorn.conf.py trollhattan_portal.wsgi"""

import os
import re
from urllib.parse import quote

from gunicorn.glogging import Logger

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 4  # a reader on a slow line holds a thread, not the whole worker
keepalive = 5
graceful_timeout = 10
limit_request_line = 0  # what is too long is told so by the site, and by the proxy before it
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
control_socket_disable = True


class AnonymousLogger(Logger):
    """Keeps readers out of the logs: no address, no query string, no browser."""

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        # Gunicorn hands over the decoded path, where a line break could forge an entry
        atoms["U"] = quote(environ.get("PATH_INFO", "-").encode("latin-1", "replace"))
        return atoms

    def warning(self, msg, *args, **kwargs):
        super().warning(re.sub(r" from ip=\S+", "", str(msg)), *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        super().exception(msg, *(str(arg).partition("?")[0] for arg in args), **kwargs)


logger_class = AnonymousLogger
