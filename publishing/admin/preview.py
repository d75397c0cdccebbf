"""A look at the page before residents have it: the form as it stands, or any version."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin.aloud import READ_ALOUD, read_aloud
from publishing.admin.as_it_was import AsItWasPage, MomentForm
from publishing.admin.item_page import ItemPage
from publishing.admin.preview_frame import FramePage, Look, frame, page_alone
from publishing.admin.sharing import SharePage
from publishing.admin.versions import gaps_of
from publishing.admin.written import written
from publishing.models import Preview
from publishing.showing import Showing

READING = ["GET", "HEAD"]


class PreviewPages:
    """What an admin of a published kind needs for it."""

    def get_urls(self):
        one, version = "<int:object_id>/", "<int:object_id>/versioner/<int:number>/visa/"
        form, page = "forhandsvisning/<slug:key>/", "sida/<slug:language>/"
        answers = [
            ("forhandsvisa/", "preview_new", self.keep_preview, READING + ["POST"]),
            (f"{one}forhandsvisa/", "preview_form", self.keep_preview, READING + ["POST"]),
            (form, "preview", self._draft("answer"), READING),
            (f"{form}{page}", "preview_page", self._draft("page"), READING),
            (f"{form}upplast/", "preview_aloud", self._draft("aloud"), READING),
            (f"{one}upplast/", "aloud", self._item(SavedAloud, "answer"), READING),
            (f"{version}upplast/", "version_aloud", self._item(VersionPreview, "aloud"), READING),
            (version, "version_preview", self._item(VersionPreview, "answer"), READING),
            (f"{version}{page}", "version_page", self._item(VersionPreview, "page"), READING),
            (f"{one}da/", "as_it_was", self._item(AsItWasPage, "answer"), READING),
            (f"{one}da/{page}", "as_it_was_page", self._item(AsItWasPage, "page"), READING),
            (f"{one}dela/", "share", self._item(SharePage, "answer"), READING + ["POST"]),
        ]
        return [*(self._answer(*each) for each in answers), *super().get_urls()]

    def _answer(self, route, name, view, methods):
        def answer(request, **facts):
            return view(request, **facts) if request.method in methods else _refused(methods)

        name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(answer), name=name)

    def _item(self, page, method):
        def view(request, object_id, **facts):
            return getattr(page(self, request, object_id), method)(**facts)

        return view

    def _draft(self, method):
        return lambda request, key, **facts: getattr(DraftPreview(self, request, key), method)(
            **facts
        )

    def keep_preview(self, request, object_id=None):
        """Keep what stands in the form for a while, and lead to it as a page."""
        row = self.get_object(request, str(object_id)) if object_id is not None else None
        if object_id is not None and not row:
            raise Http404
        require_writer(self, request, row)
        if request.method in READING:  # who has had to log in meanwhile is led here with no text
            form = ("change", [row.pk]) if row else ("add", [])
            return HttpResponseRedirect(reverse(admin_urlname(self.opts, form[0]), args=form[1]))
        form_class = self.get_form(request, row, change=row is not None)
        before = row.newest_data() if row else {}
        data, problems = written(form_class(request.POST, instance=row), before)
        kept = Preview.keep(row or self.model(), by=request.user, data=data, problems=problems)
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "preview"), args=[kept.key]))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if not context.get("is_popup") and may_write(self, request, obj):
            name, key = ("preview_form", [obj.pk]) if obj else ("preview_new", [])
            context["preview_url"] = reverse(admin_urlname(self.opts, name), args=key)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def asking_for_a_moment(self, page):
        return {"as_it_was_url": page.address("as_it_was"), "moment_form": MomentForm()}

    def tools(self, request, item):
        tools = super().tools(request, item)
        if self.has_change_permission(request, item):
            share = reverse(admin_urlname(self.opts, "share"), args=[item.pk])
            tools = [*tools, ("Dela …", share)]
            aloud = reverse(admin_urlname(self.opts, "aloud"), args=[item.pk])
            tools.append((READ_ALOUD, aloud))
        return tools


def may_write(admin, request, row):
    if row:
        return admin.has_change_permission(request, row)
    return admin.has_add_permission(request)


def require_writer(admin, request, row):
    if not may_write(admin, request, row):
        raise PermissionDenied


def _refused(methods):
    return HttpResponseNotAllowed(methods)


class DraftPreview:
    """What stood in a form when its writer pressed Förhandsvisa, for nobody but her."""

    def __init__(self, admin, request, key):
        self.admin, self.request = admin, request
        self.kept = Preview.objects.of(request.user, admin.model).filter(key=key).first()
        self.row = self._row() if self.kept else None
        if self.kept:
            require_writer(admin, request, self.row)
        elif not (admin.has_change_permission(request) or admin.has_add_permission(request)):
            raise PermissionDenied

    def answer(self):
        if not self.kept:
            return frame(self.admin, self.request, "Förhandsvisning", None, status=404)
        showing, moment = self._showing(), timezone.localtime(self.kept.made_at)
        share = self.row and self._address("share", self.row.pk)
        look = Look(
            showing,
            says=f"Utkast, inte sparat. Så stod det i formuläret kl. {date_format(moment, 'G:i')}.",
            page_url=lambda language: self._address("preview_page", self.kept.key, language),
            links=[
                (READ_ALOUD, self._address("preview_aloud", self.kept.key)),
                *([("Dela den sparade texten …", share)] if share else []),
            ],
            problems=self.kept.problems,
            missing=showing.missing,
        )
        title = f"Förhandsvisning: {showing.item}"
        return frame(self.admin, self.request, title, look, is_draft=True)

    def page(self, language):
        if not self.kept:
            raise Http404
        return page_alone(self._showing(), language, self.request)

    def aloud(self):
        if not self.kept:
            raise Http404
        showing = self._showing()
        back = self._address("preview", self.kept.key)
        return read_aloud(self.admin, self.request, showing, ("Förhandsvisning", back))

    def _row(self):
        if self.kept.object_id is None:
            return None
        row = self.admin.model._base_manager.filter(pk=self.kept.object_id).first()
        if not row:
            raise Http404
        return row

    def _showing(self):
        return Showing.to_come(self.admin.model, self.kept.data, self.row)

    def _address(self, page, *args):
        return reverse(admin_urlname(self.admin.opts, page), args=args)


class VersionPreview(FramePage):
    """Any version of an item, also of one that has been thrown away."""

    def answer(self, number):
        version = self.text_version(number)
        told = self.told(version, gaps_of(self.model, [version]))
        look = Look(
            self._showing(version),
            says=f"Version {number}",
            page_url=lambda language: self.address("version_page", number, language),
            links=[
                (READ_ALOUD, self.address("version_aloud", number)),
                *(link for link in told["links"] if link[0] != "Visa sidan"),
            ],
            told=told,
        )
        return self.framed(f"Version {number}", look)

    def page(self, number, language):
        return page_alone(self._showing(self.text_version(number)), language, self.request)

    def aloud(self, number):
        showing = self._showing(self.text_version(number))
        back = self.address("version_preview", number)
        return read_aloud(self.admin, self.request, showing, (f"Version {number}", back))

    def _showing(self, version):
        return Showing.of_version(version, self.item, self.track)


class SavedAloud(ItemPage):
    """How the text that was saved last is read aloud, also before anything has a version."""

    def answer(self):
        if not self.row:
            raise Http404
        showing = Showing.to_come(self.model, self.row.newest_data(), self.row)
        back = self.address("change")
        return read_aloud(self.admin, self.request, showing, (str(self.item), back))
