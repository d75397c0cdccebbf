"""The page where many pictures are uploaded: in one go, or one after the other by a script."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from time import monotonic

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from images.admin.page import BankPage
from images.admin.texts_page import texts_address
from images.forms import ACCEPT
from images.models import Image
from images.uploads import MAX_BYTES, read_master
from publishing.models import Chain
from publishing.showing import for_one_person
from publishing.unsaved import given_back

PATIENCE = 20  # s of making renditions in one request; proxies often give up after 30 or 60
SLUG = "bild"  # of the file that residents fetch: nobody has looked at the name that it came with
ALIKE_SHOWN = 3


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Only what the page shows; each file gets an answer of its own."""

    files = forms.FileField(
        label="Bildfiler",
        required=False,
        widget=ManyFiles(attrs={"accept": ACCEPT}),
    )
    anyway = forms.BooleanField(
        label="Ladda upp också bilder som redan finns",
        required=False,
        help_text="Annars stannar en bild som är lik en annan, så att du kan välja den som finns.",
    )


@dataclass
class Upload:
    """What came of a file: an image, or a problem, or what it is like."""

    name: str
    image: Image | None = None
    problem: str = ""
    alike: list = field(default_factory=list)


class UploadPage(BankPage):
    methods = ["GET", "HEAD", "POST"]

    def require_right(self):
        if not self.admin.has_add_permission(self.request):
            raise PermissionDenied

    def get(self):
        return self._show(given_back(UploadForm(), self.request))

    def post(self):
        self.began = monotonic()
        files = self.request.FILES.getlist("files")
        self.is_anyway = "anyway" in self.request.POST
        problem = _problem(files)
        uploads = [] if problem else [self._take(file) for file in files]
        if "one" in self.request.POST:
            return self._tell_script(uploads, problem)
        return self._show(UploadForm(self.request.POST), uploads, problem)

    def _take(self, file):
        name = _readable(file.name)
        try:
            master = read_master(file)
        except ValidationError as error:
            return Upload(name, problem=" ".join(error.messages))
        alike = Image.objects.alike(master)[:ALIKE_SHOWN]
        if alike and not self.is_anyway:
            return Upload(name, alike=alike)
        return Upload(name, image=self._keep(master, name), alike=alike)

    def _keep(self, master, name):
        image = Image(title=PurePosixPath(name).stem[:120] or SLUG)
        with Chain.writing() as chain:
            image.set_master(master, slug=SLUG)
            image.save()
            image.record(by=self.request.user, chain=chain)
            self.admin.log_addition(self.request, image, "Laddade upp.")
        if monotonic() - self.began < PATIENCE:
            transaction.on_commit(image.make_renditions)
        return image

    def _tell_script(self, uploads, problem):
        upload = uploads[0] if uploads else Upload("", problem=problem)
        context = {"upload": upload}
        response = TemplateResponse(self.request, "admin/images/upload_result.html", context)
        return for_one_person(response)

    def _show(self, form, uploads=(), problem=""):
        made = [upload.image.pk for upload in uploads if upload.image]
        return self.render(
            "upload",
            "Ladda upp flera bilder",
            form=form,
            uploads=uploads,
            problem=problem,
            made=len(made),
            texts_url=texts_address(made) if made else "",
            number=settings.IMAGE_UPLOAD_FILES,
            total=settings.IMAGE_UPLOAD_MB,
            each=MAX_BYTES,
        )


def _problem(files):
    """Why none of ``files`` is taken, or ""."""
    if not files:
        return "Välj en eller flera bildfiler."
    if len(files) > settings.IMAGE_UPLOAD_FILES:
        return f"Välj högst {settings.IMAGE_UPLOAD_FILES} filer åt gången."
    if sum(file.size for file in files) > settings.IMAGE_UPLOAD_MB * 1024 * 1024:
        return f"Filerna får vara på högst {settings.IMAGE_UPLOAD_MB} MB tillsammans."
    return ""


def _readable(name):
    """The name of a file in one way of writing å, ä and ö, without what no database takes."""
    return "".join(each for each in unicodedata.normalize("NFC", name) if each.isprintable())
