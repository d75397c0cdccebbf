"""The page that asks what a verb needs to know, does it to each chosen row, and settles clashes."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from js_asset import Media

from publishing.admin.foreseen import reasons
from publishing.admin.settling import SettleForm
from publishing.admin.undo import facts_before, row_after, with_undo
from publishing.admin.verb_forms import NoteForm
from publishing.models import Track, kind_of
from publishing.unsaved import given_back, written_in

AT_MOST = 100  # rows at once
SETTLED = "settled"  # how the names of fields begin by which clashes are settled
WAITING_SIDES = ("Texten som väntar", "Rättelsen")


class ActPage:
    def __init__(self, model_admin, request, name):
        self.admin, self.request = model_admin, request
        self.verb = next((verb for verb in model_admin.verbs if verb.name == name), None)
        if not self.verb:
            raise Http404
        if not model_admin.has_right(request, self.verb):
            kinds = model_admin.opts.verbose_name_plural
            raise PermissionDenied(f"Du har inte rätt till ”{self.verb.label}” för {kinds}.")
        self.items = self._items()

    def answer(self):
        form_class = self.verb.form or NoteForm
        if self.request.method != "POST":
            form = given_back(form_class(items=self.items), self.request)
            return self._render(form, self._clashes_to_come(form_class))
        form = form_class(self.request.POST, items=self.items)
        if not form.is_valid():
            return self._render(form, self._clashes_to_come(form_class))
        return self._do_one(form) if len(self.items) == 1 else self._do_many(form)

    def _items(self):
        ids = self.request.GET.getlist("id")
        if not all(each.isdecimal() and len(each) < 19 for each in ids) or len(ids) > AT_MOST:
            raise Http404
        items = list(self.admin.get_queryset(self.request).filter(pk__in=ids))
        if not items or (len(items) > 1 and not self.verb.is_for_many):
            raise Http404
        return items

    def _do_many(self, form):
        undoable = []
        for item in self.items:
            before = facts_before(self.verb, item)
            result = self.verb.attempt(item, self.request.user, **form.facts())
            self._tell(item, result)
            if result.is_done and before is not None:
                undoable.append(row_after(item, before))
        if undoable:
            self._tell_undo("Gjort.", undoable)
        return HttpResponseRedirect(self._way_back())

    def _do_one(self, form):
        [item] = self.items
        before = facts_before(self.verb, item)
        result, settles = self._attempt(item, form.facts(), self.request.POST)
        if settles and not settles[-1].is_valid():
            return self._render(form, settles)
        if result.problems or (settles and not result.is_done):
            return self._render_problems(form, result, settles)
        if result.is_done and before is not None:
            self.admin.log_change(self.request, item, f"{self.verb.label}.")
            self._tell_undo(result.sentence, [row_after(item, before)])
        else:
            self._tell(item, result)
        return HttpResponseRedirect(self._way_back())

    def _attempt(self, item, facts, sent):
        """(Result, [SettleForm]) of doing it with ``facts``, and what was ``sent`` of clashes."""
        settles = []
        result = self.verb.attempt(item, self.request.user, **facts)
        while result.clashes:
            settle = self._settle_form(result, sent)
            if any(settle.prefix == earlier.prefix for earlier in settles):
                break
            settles.append(settle)
            if not settle.is_valid():
                break
            facts[settle.prefix] = settle.settled()
            result = self.verb.attempt(item, self.request.user, **facts)
        return result, settles

    def _tell_undo(self, sentence, rows):
        kind = kind_of(self.admin.model)
        sentence = with_undo(self.request, sentence, self.verb.name, rows, kind=kind)
        self.admin.message_user(self.request, sentence, messages.SUCCESS)

    def _settle_form(self, result, sent):
        """Bound once the person has seen it: until then nothing is sent under its prefix."""
        prefix = f"{SETTLED}_waiting" if result.is_waiting else SETTLED
        seen = sent and any(name.startswith(f"{prefix}-") for name in sent)
        return SettleForm(
            sent if seen else None,
            model=self.admin.model,
            clashes=result.clashes,
            words=WAITING_SIDES if result.is_waiting else self.verb.sides,
            prefix=prefix,
        )

    def _clashes_to_come(self, form_class):
        """What doing it now would clash with: it is tried, and taken back.

        Where more is asked first, only who gets back what she chose has seen them.
        """
        if len(self.items) > 1:
            return []
        text, facts = written_in(self.request), {}
        has_seen = any(name.startswith(SETTLED) for name in text)
        if self.verb.form and not has_seen:
            return []
        if has_seen:
            form = form_class(text, items=self.items)
            facts = form.facts() if form.is_valid() else form.facts_so_far()
        if facts is None:
            return []
        with transaction.atomic():
            [item] = self._items()
            _result, settles = self._attempt(item, facts, text)
            transaction.set_rollback(True)
        return settles

    def _kept(self, settles):
        """[(name, value)] of choices that were sent, between texts that don't clash as things are.

        Who has left a language out may come to choose it again.
        """
        shown = {settle.add_prefix(name) for settle in settles for name in settle.fields}
        return [
            (name, value)
            for name, values in self.request.POST.lists()
            if name.startswith(SETTLED) and name not in shown
            for value in values
        ]

    def _tell(self, item, result):
        if result.is_done:
            self.admin.log_change(self.request, item, f"{self.verb.label}.")
        self.admin.message_user(self.request, self._with_way_to(item, result), result.level)

    def _with_way_to(self, item, result):
        """One of many rows is mended in its own form, which she isn't led back to."""
        if len(self.items) == 1 or not (result.problems or result.clashes):
            return result.sentence
        address = reverse(admin_urlname(self.admin.opts, "change"), args=[item.pk])
        return format_html('{} <a href="{}">Rätta ”{}”</a>', result.sentence, address, item)

    def _render_problems(self, form, result, settles):
        for name, sentences in (result.problems or {"__all__": [result.sentence]}).items():
            form.add_error(name if name in form.fields else None, sentences)
        return self._render(form, settles)

    def _way_back(self):
        opts = self.admin.opts
        if len(self.items) > 1:
            return reverse(admin_urlname(opts, "changelist"))
        return reverse(admin_urlname(opts, "change"), args=[self.items[0].pk])

    def _foreseen(self, form):
        """{key: [Reason]} of the rows that will be left as they are; what the form tells is told.

        The form for one page tells of its text itself, and of languages that aren't chosen yet.
        """
        if not self.verb.is_for_many or form.errors and len(self.items) == 1:
            return {}
        return reasons(self.verb, self.items, self.request.user)

    def _render(self, form, settles=()):
        Track.objects.attach_to(self.items)
        item = self.items[0] if len(self.items) == 1 else None
        foreseen = self._foreseen(form)
        media = sum((settle.media for settle in settles), self.admin.media + form.media)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": self.verb.label,
            "subtitle": item and str(item),
            "item": item,
            "residents_see": item and self.admin.residents_see(item),
            "items": [
                (each, self.admin.state_chip(each), foreseen.get(each.pk)) for each in self.items
            ],
            "refused": len(foreseen),
            "can_be_mended": any(why.address for each in foreseen.values() for why in each),
            "verb": self.verb,
            "form": form,
            "settles": settles,
            "kept": self._kept(settles),
            "back": self._way_back(),
            # The text editor's import map is an inline script, which needs the policy's nonce
            "media": Media.from_media(media, nonce=self.request.csp_nonce),
        }
        return TemplateResponse(self.request, "admin/act.html", context)
