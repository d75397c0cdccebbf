"""Which news stand first on the start page: chosen in the back office."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from news.models import NewsItem
from news.models.item import ON_START
from publishing.models import Chain
from publishing.unsaved import given_back, is_only_to_fill, written_in

OFFERED = 20  # of the newest
PLACES = range(1, ON_START + 1)


class PlacesForm(forms.Form):
    """A place for each of ``items``, or none; only what the person has changed is of interest."""

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = {f"place-{item.pk}": item for item in items}
        for name, item in self.items.items():
            self.fields[name] = forms.TypedChoiceField(
                label=f"Plats för ”{item}”",
                choices=[("", "efter datum"), *((place, place) for place in PLACES)],
                coerce=int,
                empty_value=None,
                required=False,
                initial=item.start_place,
                # Somebody else may have changed the other places since this page was opened
                show_hidden_initial=True,
            )

    def clean(self):
        chosen = super().clean()
        pinned = NewsItem.objects.published().filter(start_place__isnull=False)
        places = {item: item.start_place for item in pinned}
        places |= {self.items[name]: chosen.get(name) for name in self.changed_data}
        for name in self.changed_data:
            item, place = self.items[name], chosen.get(name)
            rival = next((each for each in places if places[each] == place and each != item), None)
            if place and rival:
                self.add_error(name, f"Plats {place} har ”{rival}”. Välj en annan.")
        return chosen

    def changes(self):
        """[(item, its new place or None)]"""
        return [(self.items[name], self.cleaned_data[name]) for name in self.changed_data]

    def rows(self):
        """[(item, the field for its place)]"""
        return [(item, self[name]) for name, item in self.items.items()]


class StartPageNews:
    """The page, for those who may publish news; ``model_admin`` is that of the news."""

    def __init__(self, model_admin, request):
        self.admin, self.request = model_admin, request
        if not request.user.has_perm("news.publish_newsitem"):
            raise PermissionDenied("Du har inte rätt att ordna nyheter.")

    def answer(self):
        if self.request.method != "POST":
            items = self._sent() if is_only_to_fill(self.request) else self._offered()
            return self._render(given_back(PlacesForm(items=items), self.request))
        form = PlacesForm(self.request.POST, items=self._sent())
        if not form.is_valid():
            return self._render(form)
        with Chain.writing():
            for item, place in form.changes():
                item.pin(by=self.request.user, place=place)
        titles = [f"”{item}”" for item in NewsItem.objects.for_start()]
        shown = f"Startsidan visar nu {_in_words(titles)}." if titles else ""
        self.admin.message_user(self.request, f"Sparat. {shown}", messages.SUCCESS)
        return HttpResponseRedirect(self.request.get_full_path())

    def _offered(self):
        """The newest, the pinned, and what is searched for."""
        public = NewsItem.objects.published()
        newest = public.order_by("-publish_at", "-pk").values("pk")[:OFFERED]
        wanted = Q(pk__in=newest) | Q(start_place__isnull=False)
        if words := self._words():
            wanted = Q(title_sv__icontains=words) | Q(start_place__isnull=False)
        return public.filter(wanted).order_by("-publish_at", "-pk")[: 5 * OFFERED]

    def _words(self):
        return self.request.GET.get("q", "").strip()

    def _sent(self):
        keys = [name.removeprefix("place-") for name in written_in(self.request)]
        keys = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
        return NewsItem.objects.published().filter(pk__in=keys).order_by("-publish_at", "-pk")

    def _render(self, form):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": "Nyheterna på startsidan",
            "shown": NewsItem.objects.for_start(),
            "form": form,
            "words": self._words(),
        }
        return TemplateResponse(self.request, "admin/news_on_start.html", context)


def _in_words(names):
    *others, last = names
    return f"{', '.join(others)} och {last}" if others else last
