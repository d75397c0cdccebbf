"""What an editor does with a new language in the back office, and what readers then get.

Run in a project that has the language, with a database of its own: python -m tests.somali_pages so
"""

import json
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

TITLE = "Xarunta"
PATHS = ["", "insatser/", "insatser/stationen/", "insatser/familjehuset/"]


def main(language):
    """Prints what the pages answer, as JSON: {address: [status, HTML]}."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trollhattan_portal.settings"
    django.setup()
    setup_test_environment()
    from publishing.history import begin_histories
    from tests.demo_texts import FIXTURES

    call_command("loaddata", *FIXTURES, verbosity=0)
    begin_histories()
    found = {"before": pages(language)}
    found |= write(language)
    json.dump({**found, "after": pages(language)}, sys.stdout)


def pages(language):
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    addresses = {f"/{path}" for path in PATHS} | {f"/{language}/{path}" for path in PATHS}
    addresses |= {f"/{code}/insatser/stationen/" for code in codes} | {"/sitemap-insatser.xml"}
    answers = {address: Client().get(address) for address in addresses}
    return {address: [answer.status_code, answer.text] for address, answer in answers.items()}


def write(language):
    """Open two forms, write a title in the language in each, and publish them."""
    from initiatives.models import Initiative
    from pages.models import StartPage
    from tests.admin_forms import admin_url, filled_in, messages_of
    from tests.factories import AdministratorFactory

    client, said = Client(), []
    client.force_login(AdministratorFactory())
    for item in (StartPage.objects.get(), Initiative.objects.get(slug="stationen")):
        form = client.get(admin_url(item, "change"))
        sent = filled_in(form, **{f"title_{language}": TITLE}, _publish="1")
        said += messages_of(client.post(admin_url(item, "change"), sent, follow=True))
    to_do = client.get("/admin/oversattningar/", {"sprak": language})
    return {"form": form.text, "said": said, "to_do": to_do.text}


if __name__ == "__main__":
    main(*sys.argv[1:])
