"""The image bank: one master a picture, its renditions, and where it is used."""

import re
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from PIL import Image as Picture

from images import files, recipe, renditions
from images.changing import Changing
from images.likeness import likeness_of
from images.queries import ImageQuerySet
from images.replacing import Replacing
from images.rights import RightsManaged

GRANT = "delad"  # in the query of an address
PART_OF_SIDE = [MinValueValidator(0), MaxValueValidator(1)]


class Image(Replacing, Changing, RightsManaged):
    master = models.FileField("bildfil", upload_to="masters", editable=False)
    width = models.PositiveIntegerField("bredd (px)", editable=False, default=0)
    height = models.PositiveIntegerField("höjd (px)", editable=False, default=0)
    digest = models.CharField(max_length=64, editable=False, blank=True)  # SHA-256 of the master
    likeness = models.CharField(max_length=16, editable=False, blank=True)  # likeness_of(master)
    renditions = models.CharField(max_length=16, editable=False, blank=True)  # key of those there
    replaced = models.JSONField(null=True, editable=False)  # the file before, to be put back
    title = models.CharField(
        "namn i bildbanken",
        max_length=120,
        help_text="Ett kort namn som du hittar bilden på. Det blir också filens namn, så skriv "
        "inga personnamn.",
    )
    alt = models.CharField(
        "alternativtext",
        max_length=250,
        blank=True,
        help_text="Beskriv vad bilden visar för den som inte ser den, i en mening.",
    )
    is_decorative = models.BooleanField(
        "bara dekoration",
        default=False,
        help_text="Kryssa i om bilden inte tillför något som inte redan står i texten, och lämna "
        "alternativtexten tom.",
    )
    caption = models.CharField("bildtext", max_length=250, blank=True)
    photographer = models.CharField("fotograf eller illustratör", max_length=120, blank=True)
    licence = models.CharField("licens", max_length=120, blank=True)
    focal_x = models.FloatField(
        "fokuspunkt, från vänster",
        default=0.5,
        validators=PART_OF_SIDE,
        help_text="Var det viktigaste i bilden är: 0 är vänsterkanten, 0,5 mitten, 1 högerkanten.",
    )
    focal_y = models.FloatField(
        "fokuspunkt, uppifrån",
        default=0.5,
        validators=PART_OF_SIDE,
        help_text="Räknas på samma sätt: 0 är överkanten, 0,5 mitten, 1 underkanten.",
    )

    objects = ImageQuerySet.as_manager()

    grant = ""  # the token of a share link by which somebody without an account may fetch it
    # Made from the rest, and what is only kept to be put back
    unversioned_fields = ("renditions", "likeness", "replaced")
    # A file that is replaced is removed, and a consent that is withdrawn stays so until renewed
    kept_by_restoring = ("master", "width", "height", "digest", "withdrawn_at")

    class Meta:
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        # Who may not publish changes only what residents don't see
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="images_focus_inside",
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                violation_error_message="Fokuspunkten ska ligga i bilden, mellan 0 och 1.",
            )
        ]

    def __str__(self):
        return self.title

    # Questions

    def status(self):
        """Not what the night computes from the file again, nor what it removes."""
        return {"renditions": super().status()["renditions"]}

    @classmethod
    def keys_to_this(cls):
        """All foreign keys to pictures."""
        for relation in cls._meta.get_fields(include_hidden=True):
            if relation.one_to_many or relation.one_to_one:
                yield relation.field

    @classmethod
    def uses_of(cls, image, *, public=False, approved=False, at=None):
        """A queryset for each foreign key to pictures: the rows whose key points at ``image``.

        Only what residents can read, if ``public``, and also what they will, if ``approved``; live
        kinds, which have no states, always are.
        """
        for key in cls.keys_to_this():
            rows = key.model._default_manager.all()
            if (public or approved) and hasattr(rows, "readable"):
                rows = rows.readable(at) | rows.waiting(at) if approved else rows.readable(at)
            yield rows.filter(**{key.name: image})

    def may_be_shown(self, at=None):
        """Whether anybody may fetch the files of this picture: one query. See has_rights()."""
        return type(self).objects.showable(at).filter(pk=self.pk).exists()

    def publish_problems(self):
        """What is missing before a page with this may be published: {field name: sentence}."""
        return {**self.alt_problems(), **self.rights_problems()}

    def clean(self):
        """Much may be missing, but no contradiction, and no alt text where residents see it."""
        problems = self.alt_problems()
        if problems and (self.alt_sv or (self.pk and self.may_be_shown())):
            raise ValidationError(problems)

    def alt_problems(self):
        if self.alt_sv and self.is_decorative:
            return {
                "alt_sv": "Bilden har en alternativtext men är märkt som dekoration. Välj det ena."
            }
        if not self.alt_sv and not self.is_decorative:
            return {"alt_sv": "Skriv en alternativtext till bilden eller märk den som dekoration."}
        return {}

    # Addresses

    @property
    def slug(self):
        """The master's name without its digest; renditions are named after it."""
        return re.sub(r"-[0-9a-f]{8}$", "", PurePosixPath(self.master.name).stem)

    @property
    def rendition_key(self):
        """Short for all that renditions depend on; those of another key are out of date."""
        made_of = [self.master.name, self.digest, *self.focus, recipe.VERSION]
        return sha256(repr(made_of).encode()).hexdigest()[:12]

    @property
    def is_out_of_date(self):
        """Whether make_renditions() has something to do."""
        return self.renditions != ("" if self.is_over() else self.rendition_key)

    @property
    def focus(self):
        return float(self.focal_x), float(self.focal_y)

    def url(self, variant, width, extension):
        """The absolute path of one of the renditions that are there, with what opens it."""
        address = default_storage.url(self._path(self.renditions, variant, width, extension))
        return f"{address}?{GRANT}={self.grant}" if self.grant else address

    def url_like(self, name):
        """The same of the one that comes nearest to another rendition, called ``name``.

        The largest JPEG if that is no name of a rendition.
        """
        match = re.search(r"-([a-z]+)-(\d{1,5})\.([a-z]+)$", name)
        variant, width, extension = match.groups() if match else ("full", recipe.LARGEST, "jpg")
        shape = recipe.VARIANTS.get(variant, recipe.VARIANTS["full"])
        widths = [each for each, _height in shape.sizes(self.width, self.height)]
        nearest = min(widths, key=lambda each: abs(each - int(width)))
        extensions = [format.extension for format in shape.formats]
        return self.url(shape.name, nearest, extension if extension in extensions else "jpg")

    @property
    def thumbnail_url(self):
        """The absolute path of the smallest rendition, or "" when there are none."""
        (width, _height), *_larger = recipe.VARIANTS["card"].sizes(self.width, self.height)
        return self.url("card", width, "webp") if self.renditions else ""

    @property
    def share_url(self):
        """The absolute path of a JPEG for social media, or "" when there is none to show."""
        if not self.renditions or not self.has_rights():
            return ""
        [(width, _height)] = recipe.VARIANTS["share"].sizes(self.width, self.height)
        return self.url("share", width, "jpg")

    def _path(self, key, variant, width, extension):
        return f"{self._folder}/{key}/{self.slug}-{variant}-{width}.{extension}"

    @property
    def _folder(self):
        return f"renditions/{self.pk}"

    # Verbs

    def make_renditions(self):
        """Make all that this picture is shown as, 2–3 s of work, and remove what is out of date.

        One that is over gets none and loses what it has. Raises FileNotFoundError.
        """
        if self.is_over():
            self.remove_renditions()
        else:
            self.keep_renditions(renditions.make(files.read(self.master.name), self.focus))

    def find_likeness(self):
        """Compute what a row from before lacks. Raises FileNotFoundError."""
        self.likeness = likeness_of(Picture.open(BytesIO(files.read(self.master.name))))
        self.save(update_fields=["likeness"])

    def keep_renditions(self, made):
        """Put what renditions.make() returned into the storage, and only then show it."""
        self.refresh_from_db(fields=["withdrawn_at", "valid_until"])  # making takes its time
        if self.is_over():
            self.remove_renditions()
            return
        key = self.rendition_key
        for kind, data in made.items():
            files.store(self._path(key, *kind), data)
        self._show_renditions(key)

    def remove_renditions(self):
        """Remove all renditions; a placeholder is shown."""
        self._show_renditions("")

    def remove_files(self, versions):
        super().remove_files(versions)
        transaction.on_commit(partial(files.remove_folder, self._folder))

    def delete(self, *args, **kwargs):
        """Raises ProtectedError while something uses this."""
        folder, masters = self._folder, self.files_kept
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(partial(files.remove_folder, folder))
        self.remove_unused(masters)
        return deleted

    def _show_renditions(self, key):
        self.renditions = key
        self.save(update_fields=["renditions", "updated_at"])
        transaction.on_commit(partial(self._remove_renditions_but, key))

    def _remove_renditions_but(self, key):
        for folder in files.folders_in(self._folder):
            if folder != key:
                files.remove_folder(f"{self._folder}/{folder}")
