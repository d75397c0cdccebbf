"""The page that asks before an older version takes the place of the newest."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect

from publishing.admin.item_page import ItemPage
from publishing.admin.undo import with_undo
from publishing.admin.versions import gaps_of, grouped
from publishing.differences import differences
from publishing.models import Publishable, Track, kind_of

CHANGED_MEANWHILE = "Någon har sparat medan du läste. Så här skulle det bli nu."
NOT_SEEN = "Texten är nu det nyaste utkastet. Besökarna ser samma som förut."
IN_FORCE = "Den gäller nu, också för besökarna."


class RestorePage(ItemPage):
    def answer(self, number):
        version = self.text_version(number)
        if not self.row:
            raise Http404
        if self.request.method != "POST":
            return self._ask(version)
        if self.request.POST.get("newest") != str(self.track.newest.number):
            self._say(CHANGED_MEANWHILE, messages.WARNING)
            return self._ask(version)
        before = self.track.newest.number
        try:
            self.row.restore(version, by=self.request.user)
        except ValidationError as error:
            self._say(f"Det gick inte. {' '.join(error.messages)}", messages.ERROR)
            self.row.refresh_from_db()
            return self._ask(version)
        self.admin.log_change(self.request, self.row, f"Återställde version {number}.")
        came_of_it = NOT_SEEN if self._is_draft_written else IN_FORCE
        self._say_done(f"Version {number} är återställd. {came_of_it}", before)
        return HttpResponseRedirect(self.address("change"))

    def _say_done(self, sentence, before):
        row = [self.row.pk, Track.find(self.row).numbers, {"version": before}]
        kind = kind_of(self.model)
        self._say(with_undo(self.request, sentence, "restore", [row], kind=kind), messages.SUCCESS)

    def _ask(self, version):
        now, then = self.row.newest_data(), self.row.restored_data(version)
        return self.render(
            "restore",
            f"Återställ version {version.number}",
            version=version,
            groups=grouped(differences(self.model, now, then)),
            gaps=gaps_of(self.model, [version]).get(version.sequence, []),
            newest=self.track.newest,
            is_draft_written=self._is_draft_written,
        )

    @property
    def _is_draft_written(self):
        return issubclass(self.model, Publishable)

    def _say(self, sentence, level):
        self.admin.message_user(self.request, sentence, level)
