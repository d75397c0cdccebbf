"""What a page must have, whatever it says: title, lead, somebody responsible, fit pictures."""


def without_title(item):
    if not (item.title_sv or "").strip():
        yield "title_sv", "", "Skriv en rubrik på svenska innan du publicerar."


def without_lead(item):
    if not (item.lead_sv or "").strip():
        yield "lead_sv", "", "Skriv en ingress på svenska innan du publicerar."


def without_unit(item):
    if not item.unit_id:
        yield "unit", "", "Välj ansvarig enhet innan du publicerar."


def pictures_without_alt(item):
    for field, image in _pictures(item):
        for sentence in image.alt_problems().values():
            yield field, str(image.pk), sentence


def pictures_without_rights(item):
    for field, image in _pictures(item):
        for sentence in image.rights_problems().values():
            yield field, str(image.pk), sentence


def _pictures(item):
    return [(field, image) for field in item.image_fields if (image := getattr(item, field))]
