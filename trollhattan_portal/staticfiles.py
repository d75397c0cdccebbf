"""Static files in production: hashed, compressed, and the style sheets joined into one.

The sources stay apart, and the development server links them one by one; a dozen links would
cost a dozen round trips before first paint where the proxy speaks HTTP/1.1.
"""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The order in which they are linked and joined. The layers decide what wins, not this order.
STYLESHEETS = [
    "css/layers.css",
    "css/reset.css",
    "css/fonts.css",
    "css/tokens.css",
    "css/meanings.css",
    "css/base.css",
    "css/layout.css",
    "css/components/area-band.css",
    "css/components/breadcrumbs.css",
    "css/components/button.css",
    "css/components/callout.css",
    "css/components/card.css",
    "css/components/chart.css",
    "css/components/contact-box.css",
    "css/components/contact-ways.css",
    "css/components/emergency-help.css",
    "css/components/figure.css",
    "css/components/footer.css",
    "css/components/form.css",
    "css/components/header.css",
    "css/components/hero.css",
    "css/components/hit.css",
    "css/components/icon.css",
    "css/components/language-label.css",
    "css/components/language-menu.css",
    "css/components/nav.css",
    "css/components/neighbours.css",
    "css/components/notice.css",
    "css/components/opening-hours.css",
    "css/components/page-header.css",
    "css/components/page-meta.css",
    "css/components/pagination.css",
    "css/components/prose.css",
    "css/components/quick-exit.css",
    "css/components/resource-list.css",
    "css/components/search-box.css",
    "css/components/site-map.css",
    "css/components/translation-note.css",
    "css/utilities.css",
    "css/print.css",
]
JOINED = "css/site.css"
RELATIVE_URL = re.compile(r"""url\((["']?)(?!["']|[a-z]+:|/|#)([^"')]+)\1\)""")


class JoinedStylesheetsStorage(CompressedManifestStaticFilesStorage):
    stylesheets = [JOINED]

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and all(name in paths for name in STYLESHEETS):
            self._save_joined(paths)
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _save_joined(self, paths):
        parts = []
        for name in STYLESHEETS:
            storage, path = paths[name]
            with storage.open(path) as source:
                parts.append(moved(source.read().decode(), name, JOINED))
        self.delete(JOINED)
        self._save(JOINED, ContentFile("\n".join(parts).encode()))


def moved(css, old_name, new_name):
    """The style sheet ``css`` as it must read when it lies at ``new_name`` instead."""

    def rewrite(match):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(old_name), match[2]))
        return f'url("{posixpath.relpath(target, posixpath.dirname(new_name))}")'

    return RELATIVE_URL.sub(rewrite, css)
