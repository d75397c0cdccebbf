from django import template

from contacts.models import Helpline

register = template.Library()


@register.simple_tag
def helplines():
    """The numbers of the box Akut hjälp; for pages whose views know nothing of contacts."""
    return Helpline.objects.all()
