"""Kopiera som nytt utkast: the editors' text of an item as the beginning of another."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse


class CopyPages:
    """What an admin of a published kind needs for it; a kind with one row has nothing to copy."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_copy"
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<int:object_id>/kopiera/", view, name=name), *super().get_urls()]

    def tools(self, request, item):
        tools = super().tools(request, item)
        if not self._may_copy(request):
            return tools
        copy = reverse(admin_urlname(self.opts, "copy"), args=[item.pk])
        return [*tools, ("Kopiera som nytt utkast", copy)]

    def copy_view(self, request, object_id):
        """Ask, and then copy."""
        if not self._may_copy(request):
            kinds = self.opts.verbose_name_plural
            raise PermissionDenied(f"Du har inte rätt att kopiera {kinds}.")
        item = self.get_queryset(request).filter(pk=object_id).first()
        if not item:
            raise Http404
        if request.method == "POST" and (twin := self._copy(request, item)):
            return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[twin.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Kopiera som nytt utkast: {item}",
            "item": item,
            "form_url": reverse(admin_urlname(self.opts, "change"), args=[item.pk]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/copy.html", context)

    def _may_copy(self, request):
        has_many = hasattr(self.model, "copy") and bool(self.model.place_fields)
        may = self.has_add_permission(request) and self.has_change_permission(request)
        return has_many and may

    def _copy(self, request, item):
        try:
            twin = item.copy(by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return None
        self.log_addition(request, twin, [{"added": {}}])
        self.message_user(request, f"Det här är kopian. Texten i ”{item}” är orörd.")
        return twin
