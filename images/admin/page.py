"""What the pages of the image bank share, besides its list and its form."""

from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse

from publishing.showing import for_one_person


class BankPage:
    methods = ["GET", "HEAD"]

    def __init__(self, model_admin, request):
        self.admin, self.request = model_admin, request

    def answer(self):
        """Raises PermissionDenied."""
        self.require_right()
        if self.request.method not in self.methods:
            return HttpResponseNotAllowed(self.methods)
        return self.post() if self.request.method == "POST" else self.get()

    def render(self, template, title, **facts):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": title,
            **facts,
        }
        self.request.current_app = self.admin.admin_site.name
        response = TemplateResponse(self.request, f"admin/images/{template}.html", context)
        return for_one_person(response)

    def say(self, sentence, level):
        self.admin.message_user(self.request, sentence, level)
