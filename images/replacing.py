"""Replacing the file of a picture: the old one is kept for as long as that can be undone."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from images import files
from images.uploads import read_master
from publishing import snapshot
from publishing.models import Action
from publishing.models.undoing import UNDO_TIME

OF_THE_FILE = ("master", "width", "height", "digest")  # columns that are replaced with it
GONE = "Den gamla bildfilen finns inte kvar."


class Replacing:
    @property
    def file_replaced(self):
        """The name of the file that can be put back, or ""."""
        return self.replaced["master"] if self.replaced else ""

    @property
    def files_kept(self):
        """The names of all masters of this."""
        return set(filter(None, [self.master.name, self.file_replaced]))

    def replace_master(self, file):
        """Take an opened ``file`` as the picture from now on. Raises ValidationError."""
        self.set_master(read_master(file))
        self.save()

    def set_master(self, master, slug="", *, is_kept=False):
        """Take ``master`` (an uploads.Master) as the picture, without saving the row.

        The file that it replaces is removed, or ``is_kept`` to be put back.
        """
        slug = slug or slugify(self.title)[:60].strip("-") or "bild"
        name, old = f"masters/{slug}-{master.digest[:8]}.webp", self._file()
        unused = self.files_kept
        self.digest, self.likeness = master.digest, master.likeness
        self.width, self.height = master.width, master.height
        files.store(name, master.data)
        if old["master"] != name:
            self.master, self.renditions = name, ""
            self.replaced = old if old["master"] and is_kept and not self.is_over() else None
            self.remove_unused(unused)

    def put_file_back(self, version, *, by):
        """Let file, texts and focal point be as in ``version``, from before the file was replaced.

        Raises PermissionDenied, or ValidationError when the file isn't kept any more.
        """
        with self.recording(by=by, note="Ångrade bytet av bildfil.", action=Action.RESTORED):
            self.require_changeable_by(by)
            old = self._require_kept(version)
            data, unused = self.restored_data(version), self.files_kept
            snapshot.write(self, data | {name: old[name] for name in OF_THE_FILE})
            self.likeness, self.renditions, self.replaced = old["likeness"], "", None
            self.full_clean()
            self.save()
            self.remove_unused(unused)
        transaction.on_commit(self.make_renditions)

    def forget_replaced(self):
        """Remove the file that could be put back, if there is any."""
        if not self.replaced:
            return
        unused, self.replaced = [self.file_replaced], None
        self.save(update_fields=["replaced"])
        self.remove_unused(unused)

    def remove_unused(self, names):
        """Remove, after the commit, those of ``names`` that nothing in the bank has any more."""
        for name in names:
            transaction.on_commit(partial(self._remove_master, name))

    def _file(self):
        columns = {name: getattr(self, name) for name in (*OF_THE_FILE, "likeness")}
        return columns | {"master": self.master.name, "at": timezone.now().isoformat()}

    def _require_kept(self, version):
        old = self.replaced
        is_it = old and (version.data or {}).get("master") == old["master"]
        too_late = timezone.now() - UNDO_TIME
        if not is_it or self.is_over() or datetime.fromisoformat(old["at"]) < too_late:
            raise ValidationError(GONE)
        if not default_storage.exists(old["master"]):
            raise ValidationError(GONE)
        return old

    def _is_kept_by_another(self, field, name):
        # Rows of the same content and title share a file
        is_master = field.name == "master"
        kept = is_master and type(self)._base_manager.filter(replaced__master=name).exists()
        return kept or super()._is_kept_by_another(field, name)

    def _remove_master(self, name):
        if not self._is_kept_by_another(self._meta.get_field("master"), name):
            default_storage.delete(name)
