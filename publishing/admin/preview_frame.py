"""A page in a frame, with what is said of it and how it can be looked at around it."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from publishing.admin.item_page import ItemPage
from publishing.showing import for_one_person

LANGUAGES = dict(settings.LANGUAGES)
WIDTHS = {"dator": "Dator (1280 px)", "mobil": "Mobil (375 px)"}
# Who may put the page into a frame: the back office itself
framed = csp_replace({"frame-ancestors": ["'self'"]})
framing = csp_replace({"frame-src": ["'self'"]})


@dataclass
class Look:
    """What is looked at: ``showing``, and what is said of it.

    ``page_url`` gives the address of the page alone in a language, ``query`` is what the address of
    the frame must keep, ``links`` are (label, address) of what can be done besides.
    """

    showing: object
    says: str
    page_url: object
    query: dict = field(default_factory=dict)
    links: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    missing: list = field(default_factory=list)  # what publishing would ask for
    told: dict = field(default_factory=dict)  # of a version: who did what, and its gaps

    def context(self, request):
        """What the template gets, for the language and the width that ``request`` asks for."""
        language = _chosen(request, "sprak", LANGUAGES)
        width = _chosen(request, "bredd", WIDTHS)
        exists = self.showing.languages()
        return {
            "says": self.says,
            "problems": [*self.problems, *self.showing.problems],
            "missing": self.missing,
            "told": self.told,
            "links": self.links,
            "languages": [
                self._choice(name, code == language, sprak=code, bredd=width)
                for code, name in settings.LANGUAGES
            ],
            "widths": [
                self._choice(label, name == width, sprak=language, bredd=name)
                for name, label in WIDTHS.items()
            ],
            "language": language,
            "language_name": LANGUAGES[language],
            "width": width,
            "page_url": self.page_url(language) if language in exists else "",
        }

    def _choice(self, label, is_chosen, **query):
        return label, "?" + urlencode({**self.query, **query}), is_chosen


def _chosen(request, name, choices):
    asked = request.GET.get(name)
    return asked if asked in choices else next(iter(choices))


@framing
def frame(admin, request, title, look, status=200, **facts):
    """The answer to ``request``: a frame with ``look`` in it, if there is something to look at."""
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": title,
        "is_nav_sidebar_enabled": False,
        **(look.context(request) if look else {}),
        **facts,
    }
    request.current_app = admin.admin_site.name
    answer = TemplateResponse(request, "admin/preview.html", context, status=status)
    return for_one_person(answer)


class FramePage(ItemPage):
    """A page about an item with a frame in it."""

    def framed(self, step, look, **facts):
        return frame(
            self.admin,
            self.request,
            f"{step}: {self.item}",
            look,
            step=step,
            item=self.item,
            form_url=self.address("change") if self.row else "",
            history_url=self.address("history"),
            **facts,
        )


@framed
@xframe_options_sameorigin
def page_alone(showing, language, request):
    """The page that stands in the frame. Raises Http404 for a language in which there is none."""
    if language not in showing.languages():
        raise Http404
    page = showing.page(language, request)
    # Public pages let nobody frame them, so a link must lead out of the frame
    page.content = page.content.replace(b"<head>", b'<head>\n  <base target="_blank">', 1)
    return for_one_person(page)
