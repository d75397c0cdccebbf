"""What an admin needs to offer verbs: list actions, buttons, and the page that asks."""

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator

from publishing.admin.acts import AT_MOST, ActPage
from publishing.admin.base import EDITOR_STYLE
from publishing.admin.undo import facts_before, row_after, with_undo
from publishing.models import kind_of


class VerbPages:
    """``verbs`` are publishing.admin.verbs.Verb; who may do what is asked of the models too."""

    verbs = ()

    def state_chip(self, item):
        """Where ``item`` stands, as safe HTML."""
        raise NotImplementedError

    def residents_see(self, item):
        """A sentence about what residents see of ``item``."""
        raise NotImplementedError

    def has_right(self, request, verb):
        return request.user.has_perm(f"{self.opts.app_label}.{verb.right}_{self.opts.model_name}")

    def verbs_of(self, request):
        return [verb for verb in self.verbs if self.has_right(request, verb)]

    def get_actions(self, request):
        may = (verb for verb in self.verbs_of(request) if verb.is_for_many)
        actions = {verb.name: (_to_page(verb), verb.name, verb.label) for verb in may}
        return super().get_actions(request) | actions

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = self.admin_site.admin_view(self.act_view)
        return [path("gor/<slug:verb>/", act, name=name), *super().get_urls()]

    @method_decorator(csp_update({"style-src": EDITOR_STYLE}))
    def act_view(self, request, verb):
        """Do a verb to the chosen rows (?id=1&id=2), after asking for what it needs to know."""
        return ActPage(self, request, verb).answer()

    def act_url(self, verb, *keys):
        address = reverse(admin_urlname(self.opts, "act"), args=[verb])
        return address + "?" + "&".join(f"id={key}" for key in keys)

    # What is pressed under the form

    def pressed(self, request):
        return next((verb for verb in self.verbs if f"_{verb.name}" in request.POST), None)

    def facts_sent(self, request, verb):
        """What the form says of how ``verb`` is to be done."""
        return {}

    def do_pressed(self, request, verb, item):
        """Do what was pressed when the form has been saved, or ask first for what it needs."""
        if verb.form:
            return HttpResponseRedirect(self.act_url(verb.name, item.pk))
        before = facts_before(verb, item)
        result = verb.attempt(item, request.user, **self.facts_sent(request, verb))
        sentence = result.sentence
        if result.is_done and before is not None:
            row, kind = row_after(item, before), kind_of(self.model)
            sentence = with_undo(request, sentence, verb.name, [row], kind=kind)
        self.message_user(request, sentence, result.level)
        if result.is_done:
            self.log_change(request, item, f"{verb.label}.")
        elif result.clashes:
            return HttpResponseRedirect(self.act_url(verb.name, item.pk))
        else:
            self.message_user(request, "Det du skrev är sparat.", messages.INFO)
        return self.to_form(item, "?saknas" if result.problems else "")

    def to_form(self, item, query=""):
        form = reverse(admin_urlname(self.opts, "change"), args=[item.pk])
        return HttpResponseRedirect(form + query)


def _to_page(verb):
    def action(model_admin, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: AT_MOST + 1])
        if len(keys) > AT_MOST:
            sentence = f"Välj högst {AT_MOST} rader åt gången."
            return model_admin.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(model_admin.act_url(verb.name, *keys))

    return action
