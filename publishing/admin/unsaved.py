"""What somebody has written in a form of the back office and not saved: kept, and given back."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import Q
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin.meanwhile import BASE
from publishing.admin.translating import track_of
from publishing.admin.undo import with_undo
from publishing.models import OpenForm, kind_of
from publishing.models.preview import new_key
from publishing.models.unsaved import PRESENT
from publishing.unsaved import FORM, TOOK, is_only_to_fill, written_in

TAKEN_BACK = "kladd"  # in the address of a form: the key of the text that is to stand in it


@dataclass
class Unsaved:
    """What stands with a form: its key, the texts that can be taken back, who else sits at it."""

    kind: str
    object_id: int | None
    key: str
    user_id: int
    took: str = ""
    base: object = None  # the number of the version that it began with, if no field says so
    is_filled_in: bool = False
    texts: list = field(default_factory=list)
    others: list = field(default_factory=list)  # sentences


class UnsavedText:
    """What an admin of content needs for it."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        in_popup = "popup_response_data" in (getattr(answer, "context_data", None) or {})
        if request.method == "POST" and (answer.status_code == 302 or in_popup):
            keys = {request.POST.get(name, "") for name in (FORM, TOOK)} - {""}
            OpenForm.close(request.user, keys)
        return answer

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if is_only_to_fill(request) and shown.get("cl") and shown["cl"].formset:
            fill_in_rows(shown["cl"].formset, request.text)
        return answer

    def render_change_form(self, request, context, *args, add=False, obj=None, **kwargs):
        may = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        if may:
            context["unsaved"] = self._unsaved(request, context, obj)
        return super().render_change_form(request, context, *args, add=add, obj=obj, **kwargs)

    def _unsaved(self, request, context, item):
        kind, key = kind_of(self.model), item and item.pk
        rows = forms_at(kind, key, request.user)
        posted = written_in(request)
        unsaved = Unsaved(
            *(kind, key, key_in(posted.get(FORM)), request.user.pk),
            took=key_in(posted.get(TOOK, "-"), ""),
        )
        text = getattr(request, "text", None)
        if wanted := request.GET.get(TAKEN_BACK):
            taken = OpenForm.objects.of(request.user).at(kind, key).unsaved()
            taken = taken.filter(key=key_in(wanted)).first()
            if taken:
                text = text or _as_sent(taken.fields)
                unsaved.took = unsaved.took or taken.key
            else:
                self.message_user(request, "Texten finns inte kvar.", messages.WARNING)
        if text is not None:
            fill_in(context, self._without_odd_keys(text))
            unsaved.is_filled_in = True
        if not unsaved.is_filled_in and request.method == "POST":
            unsaved.is_filled_in = True
        if item and BASE not in context["adminform"].form.fields:
            track = item.track = track_of(item)
            began = text or posted
            unsaved.base = began.get(BASE, "") if began else track and track.newest.number
        mine = [row for row in rows if row.user_id == request.user.pk]
        unsaved.texts = [row for row in mine if row.key not in (unsaved.key, unsaved.took)]
        unsaved.others = sentences_about(row for row in rows if row.user_id != request.user.pk)
        return unsaved

    def _without_odd_keys(self, text):
        """``text`` without keys that are none, which the database would refuse."""
        text = text.copy()
        for each in [*self.opts.concrete_fields, *self.opts.many_to_many]:
            if each.is_relation and each.name in text:
                keys = [key for key in text.getlist(each.name) if is_number(key)]
                text.setlist(each.name, keys)
        return text


class TextGivenBack:
    """What any other admin needs so that who has had to log in gets back what she wrote."""

    def render_change_form(self, request, context, *args, **kwargs):
        if is_only_to_fill(request):
            fill_in(context, request.text)
        return super().render_change_form(request, context, *args, **kwargs)


def forms_at(kind, object_id, user):
    """[OpenForm] without the texts: those of ``user`` with one, and those of others at the item."""
    others = Q(seen_at__gt=timezone.now() - PRESENT) & ~Q(user=user)
    mine = Q(user=user, written_at__isnull=False)
    rows = OpenForm.objects.at(kind, object_id).filter(closed_at=None)
    rows = rows.filter(mine if object_id is None else mine | others)
    return list(rows.select_related("user").defer("fields").order_by("-written_at", "opened_at"))


def sentences_about(rows):
    """Who else has an item open, one sentence for each person."""
    found = {}
    for row in rows:
        name = row.user.get_full_name() or row.user.get_username()
        since = date_format(timezone.localtime(row.opened_at), "G:i")
        sentence = f"{name} har också sidan öppen, sedan kl. {since}."
        found.setdefault(row.user_id, sentence)
    return list(found.values())


def fill_in(context, text):
    """Let ``text``, as a browser sent it, stand in the form of ``context``, and judge nothing."""
    adminform = context["adminform"]
    form = type(adminform.form)(text, instance=adminform.form.instance)
    form._errors = ErrorDict()
    adminform.form = form
    for inline in context["inline_admin_formsets"]:
        rows = inline.formset
        if f"{rows.prefix}-TOTAL_FORMS" not in text:
            continue
        facts = {"instance": rows.instance, "prefix": rows.prefix, "queryset": rows.queryset}
        inline.formset = type(rows)(text, **facts)
        inline.formset._errors, inline.formset._non_form_errors = [], ErrorList()
        for row in inline.formset.forms:
            row._errors = ErrorDict()


def fill_in_rows(rows, text):
    """The same with the formset ``rows`` of a list, whose order may be another by now."""
    key = rows.model._meta.pk.name
    sent = {text[name]: name.removesuffix(f"-{key}") for name in text if name.endswith(f"-{key}")}
    for row in rows.initial_forms:
        prefix = sent.get(str(row.instance.pk), "")
        written = {name: text.get(f"{prefix}-{name}") for name in row.fields if name != key}
        row.initial |= {name: value for name, value in written.items() if value is not None}


def _as_sent(fields):
    text = QueryDict(mutable=True)
    for name, values in fields.items():
        text.setlist(name, values)
    return text


def key_in(sent, otherwise=None):
    """The key of a form as a browser sent it, or a new one."""
    is_key = sent and len(sent) <= 32 and sent.replace("-", "").replace("_", "").isalnum()
    return sent if is_key and sent != "-" else (new_key() if otherwise is None else otherwise)


def is_number(text):
    return text.isdecimal() and len(text) < 19


class ThrowTextAway:
    """Throws an unsaved text away; it can be taken back from there."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request

    def answer(self):
        pk = self.request.POST.get("text", "")
        mine = OpenForm.objects.of(self.request.user).unsaved()
        row = mine.filter(pk=pk).first() if is_number(pk) else None
        if not row:
            return HttpResponseRedirect(reverse("admin:index"))
        row.throw_away()
        sentence = with_undo(self.request, "Texten är kastad.", "text", [row.pk])
        messages.success(self.request, sentence)
        return HttpResponseRedirect(form_of(row))


def form_of(row):
    """The address of the form that an OpenForm is."""
    name = f"admin:{row.kind.replace('.', '_')}"
    if row.object_id is None:
        return reverse(f"{name}_add")
    return reverse(f"{name}_change", args=[row.object_id])
