from django import template
from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from images.recipe import VARIANTS

register = template.Library()


@register.inclusion_tag("images/picture.html")
def picture(image, variant="card", sizes="100vw", eager=False, alt=None):
    """A <picture> of ``image``, a placeholder if it may not be shown, nothing if it is None.

    ``sizes`` is the attribute of that name. ``eager`` is for what is seen before scrolling.
    ``alt=""`` is for places where the text beside says it all.
    """
    if not image:
        return {}
    if not image.renditions or not image.has_rights():
        return {"variant": variant}
    shape = VARIANTS[variant]
    made = shape.sizes(image.width, image.height)
    *sources, fallback = [_source(image, variant, made, format) for format in shape.formats]
    width, height = made[-1]
    return {
        "variant": variant,
        "sources": sources,
        "fallback": fallback,
        "src": image.url(variant, width, "jpg"),
        "width": width,
        "height": height,
        "sizes": sizes,
        "eager": eager,
        **_alternative(image, alt),
    }


def _source(image, variant, made, format):
    candidates = [f"{image.url(variant, w, format.extension)} {w}w" for w, _height in made]
    return {"type": format.content_type, "srcset": ", ".join(candidates)}


def _alternative(image, alt):
    """The alt text and, where it is not in the language of the page, its language."""
    if alt is not None or image.is_decorative:
        return {"alt": alt or ""}
    own = getattr(image, build_localized_fieldname("alt", get_language() or settings.LANGUAGE_CODE))
    return {"alt": own or image.alt, "alt_language": "" if own else settings.LANGUAGE_CODE}
