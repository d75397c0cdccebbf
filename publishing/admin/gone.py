"""Who sends a text of a row that somebody has thrown away meanwhile gets it back."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from publishing.models import Track, kind_of
from publishing.unsaved import is_only_to_fill, send_again


class GonePages:
    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        is_form = request.resolver_match.url_name.endswith("_change")
        is_key = object_id.isdecimal() and len(object_id) < 19
        has_text = request.method == "POST" or is_only_to_fill(request)
        if not has_text or not is_form or not is_key:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        may_add = self.has_add_permission(request)
        return send_again(
            request,
            title="Det du skickade är inte sparat",
            sentences=[*self._why_gone(object_id), "Det du skrev finns kvar här."],
            add_url=reverse(admin_urlname(opts, "add")) if may_add else "",
            status=409,
        )

    def _why_gone(self, key):
        thrown_away = Track.objects.in_bin().filter(kind=kind_of(self.model))
        track = thrown_away.filter(object_id=key).first()
        if not track:
            return ["Den finns inte längre."]
        return [
            f"Någon har lagt {track.binned_name()} i papperskorgen.",
            "Ta upp den i ett annat fönster, och skicka sedan det här igen.",
        ]
