"""What somebody has published with a flaw, proposed to the accessibility statement."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from publishing.models import Exemption


class Proposals:
    """For the admin of the statement: a page of its own, to which the form leads."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_proposals"
        view = self.admin_site.admin_view(self.proposals_view)
        return [path("<path:object_id>/forslag/", view, name=name), *super().get_urls()]

    def tools(self, request, item):
        tools = super().tools(request, item)
        if not self.has_change_permission(request, item):
            return tools
        number = Exemption.objects.proposed().count()
        label = f"Föreslagna brister ({number})" if number else "Föreslagna brister"
        return [*tools, (label, self._address("proposals", item))]

    def proposals_view(self, request, object_id):
        """A GET lists them; a POST adds the one that it names."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not (item := _row(self.get_queryset(request), object_id)):
            raise Http404
        proposed = Exemption.objects.proposed().select_related("version")
        if request.method == "POST":
            return self._add(request, item, proposed)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Föreslagna brister: {item}",
            "step": "Föreslagna brister",
            "item": item,
            "form_url": self._address("change", item),
            "proposed": proposed,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/statement_proposals.html", context)

    def _add(self, request, item, proposed):
        if not (exemption := _row(proposed, request.POST.get("exemption", ""))):
            self.message_user(request, "Förslaget finns inte längre.", messages.WARNING)
            return HttpResponseRedirect(self._address("proposals", item))
        try:
            item.add_shortcoming(exemption, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self._address("proposals", item))
        self.log_change(request, item, "Lade till en brist.")
        self.message_user(request, "Bristen står i redogörelsen.", messages.SUCCESS)
        return HttpResponseRedirect(self._address("proposals", item))

    def _address(self, page, item):
        return reverse(admin_urlname(self.opts, page), args=[item.pk])


def _row(rows, key):
    """The one of ``rows`` with the ``key``, which anybody may have typed; None when there isn't."""
    is_key = key.isdecimal() and len(key) < 19
    return rows.filter(pk=key).first() if is_key else None
