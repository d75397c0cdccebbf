from pathlib import Path

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify

from pages.models import Resource
from publishing.admin import LiveAdmin

MAX_FILE_MB = 20
# The first bytes of what we take; a csv file has none of its own
SIGNATURES = {
    "pdf": b"%PDF-",
    "odt": b"PK\x03\x04",
    "ods": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
}


class ResourceForm(forms.ModelForm):
    def clean_file(self):
        """The file under an ASCII name; refuses what is too big or isn't what its name says."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if file.size > MAX_FILE_MB * 1024 * 1024:
            raise ValidationError(f"Filen är för stor: högst {MAX_FILE_MB}\N{NO-BREAK SPACE}MB.")
        name = Path(file.name)
        ending = name.suffix.lower().lstrip(".")
        beginning = file.read(1024)
        file.seek(0)
        if not beginning.startswith(SIGNATURES.get(ending, b"")) or (
            ending == "csv" and b"\0" in beginning
        ):
            raise ValidationError(
                f"Filen heter något på .{ending} men innehåller något annat. Spara om den och "
                "försök igen."
            )
        file.name = f"{slugify(name.stem)[:80] or 'dokument'}.{ending}"
        return file

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("file") and cleaned.get("url"):
            self.add_error("url", "Välj antingen en fil eller en adress, inte båda.")
        return cleaned


@admin.register(Resource)
class ResourceAdmin(LiveAdmin):
    form = ResourceForm
    fields = ["kind", "title", "description", "file", "url", "year", "sender", "order"]
    list_display = ["title", "kind", "of_year", "sender", "order"]
    list_filter = ["kind"]
    search_fields = ["title_sv", "description_sv"]

    @admin.display(description="år", ordering="year")
    def of_year(self, resource):
        return str(resource.year) if resource.year else None  # no number with a space in it

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return ["of_year" if name == "year" else name for name in fields]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "of_year"]
