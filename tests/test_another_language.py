"""docs/another-language.md, followed from start to end in a copy of the project."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings

from tests.crawling import read
from tests.running import ROOT
from tests.somali_pages import TITLE
from trollhattan_portal.catalogues import read as read_catalogue

GUIDE = (ROOT / "docs/another-language.md").read_text(encoding="utf-8")
CODE, NAME = re.search(r'^ +\("(\w+)", "(\w+)"\),$', GUIDE, re.M).groups()
DESCRIPTION = textwrap.dedent(
    re.search(r"^ +django\.conf\.locale\.LANG_INFO.*?^ +}$", GUIDE, re.M | re.S)[0]
)
COMMANDS = re.findall(r"^ +(\.venv/bin/python manage\.py .+|make test .+)$", GUIDE, re.M)
FORMATS = re.search(r"`(trollhattan_portal/formats/\S+\.py)`", GUIDE)[1]
CATALOGUE = re.search(r"^ +# translate (\S+\.po)", GUIDE, re.M)[1]
PLACEHOLDER = re.compile(r"(%\(\w+\)s|\{\w+\}|<[^>]+>)")
STATION = "insatser/stationen/"


class Project:
    """A copy of the project, with nothing in it that git ignores."""

    def __init__(self, folder):
        ignored = (ROOT / ".gitignore").read_text().split()
        unwanted = shutil.ignore_patterns(".git", *(name.rstrip("/") for name in ignored))
        self.root = shutil.copytree(ROOT, folder / "project", ignore=unwanted)
        self.data = folder / "data"
        self.data.mkdir()

    def run(self, *arguments):
        """What ``python ...`` prints. Raises CalledProcessError, having shown why."""
        variables = dict(re.findall(r"^ +export (\w+)=(\w+)$", GUIDE, re.M))
        done = subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=self.root,
            env={
                "DATA_DIR": str(self.data),
                "PYTHONUTF8": "1",
                **variables,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if "pytest" in arguments else None,
            text=True,
        )
        if done.returncode:
            print(done.stdout)  # noqa: T201
        done.check_returncode()
        return done.stdout

    def follow(self, command):
        """Run a command of the guide; tests without what `make test` installs for them."""
        python, *arguments = shlex.split(command)
        if python == "make":
            tests = shlex.split(arguments[1].removeprefix("ARGS="))
            arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        return self.run(*arguments)

    # The steps of the guide

    def name_it(self):
        path = self.root / "trollhattan_portal/settings.py"
        text = path.read_text(encoding="utf-8")
        languages = re.search(r"^LANGUAGES = \[\n(.+\n)+?\]", text, re.M)[0]
        named = languages.removesuffix("]") + f'    ("{CODE}", "{NAME}"),\n]\n{DESCRIPTION}'
        path.write_text(text.replace(languages, named), encoding="utf-8")

    def write_formats(self):
        path = self.root / FORMATS
        path.parent.mkdir()
        (path.parent / "__init__.py").touch()
        english = self.root / "trollhattan_portal/formats/en/formats.py"
        path.write_text(english.read_text().replace("British English", "Somali"))

    def translate(self):
        path = self.root / CATALOGUE
        catalogue = read_catalogue(path)
        head, *entries = path.read_text(encoding="utf-8").split("\n\n")
        told = [translated(entry, catalogue.num_plurals) for entry in entries]
        path.write_text("\n\n".join([head, *told]), encoding="utf-8")


def translated(entry, plurals):
    """An entry of a .po file whose empty texts are filled in, each word turned round."""
    source = "".join(re.findall(r'^(?:msgid )?"(.*)"$', entry.partition("msgid_plural")[0], re.M))
    parts = PLACEHOLDER.split(source)
    parts[::2] = [re.sub(r"[^\W\d_]+", lambda word: word[0][::-1], part) for part in parts[::2]]
    text = "".join(parts)
    if "msgid_plural" not in entry:
        return re.sub(r'^msgstr ""$', lambda _: f'msgstr "{text}"', entry, flags=re.M)
    forms = "\n".join(f'msgstr[{number}] "{text}"' for number in range(plurals))
    return entry[: entry.index("msgstr[0]")] + forms + "\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project when the guide has been followed to the end of its fourth step."""
    project = Project(tmp_path_factory.mktemp("another"))
    project.name_it()
    columns, texts = COMMANDS[:2], COMMANDS[2:4]
    for command in columns:
        project.follow(command)
    project.write_formats()
    project.follow(texts[0])
    project.translate()
    project.follow(texts[1])
    return project


@pytest.fixture(scope="module")
def found(project):
    """What tests.somali_pages has seen before and after it wrote two titles."""
    return json.loads(project.run("-m", "tests.somali_pages", CODE))


@pytest.fixture(scope="module")
def seen(found):
    """{address: Seen} when the title is written."""
    return {
        address: read(text, address)
        for address, (status, text) in found["after"].items()
        if status == 200 and address.endswith("/")
    }


def test_the_guide_names_each_command_once():
    assert [command.split()[2] for command in COMMANDS[:-1]] == [
        *("makemigrations", "migrate", "makemessages", "compilemessages")
    ]
    assert COMMANDS[-1].startswith("make test ")


def test_the_proof_that_the_guide_names_holds(project):
    assert " passed" in project.follow(COMMANDS[-1])


def test_no_migration_is_missing_afterwards(project):
    assert "No changes" in project.run("manage.py", "makemigrations", "--check", "--dry-run")


def test_the_form_of_the_back_office_has_the_language(found):
    assert f'<fieldset id="sprak-{CODE}"' in found["form"]
    assert all("publicera" in sentence for sentence in found["said"]), found["said"]
    assert re.search(rf'name="title_{CODE}"[^>]* lang="{CODE}" dir="ltr"', found["form"])


def test_the_list_of_translations_says_what_is_missing_in_it(found):
    assert f'<span lang="{CODE}">{NAME}</span>' in found["to_do"]
    assert "Familjehuset" in found["to_do"]


def test_a_page_exists_in_the_language_when_its_title_does(found):
    before, after = found["before"], found["after"]

    assert before[f"/{CODE}/{STATION}"][0] == 302
    assert after[f"/{CODE}/{STATION}"][0] == 200
    assert after[f"/{CODE}/insatser/familjehuset/"][0] == 302


@pytest.mark.parametrize("path", ["", "insatser/", STATION])
def test_the_pages_say_their_language(seen, path):
    page = seen[f"/{CODE}/{path}"]

    assert (page.lang, page.dir) == (CODE, "ltr")


def test_the_language_is_in_the_menu_in_its_own_words(found):
    link = rf'<a [^>]*href="/{CODE}/{STATION}" lang="{CODE}" hreflang="{CODE}"[^>]*>{NAME}</a>'

    assert re.search(link, found["after"][f"/{STATION}"][1])
    assert not re.search(link, found["before"][f"/{STATION}"][1])


def test_what_is_written_is_in_the_language_and_the_rest_is_marked_as_swedish(seen):
    words = seen[f"/{CODE}/{STATION}"].words

    assert (CODE, TITLE) in words
    assert [language for language, text in words if text.startswith("Stationen är")] == ["sv"]
    assert ("sv", "Familjehuset") in seen[f"/{CODE}/insatser/"].words
    assert (CODE, TITLE) in seen[f"/{CODE}/insatser/"].words


def test_the_languages_of_the_page_point_at_one_another(seen):
    pages = [page for address, page in seen.items() if address.endswith(f"/{STATION}")]

    assert len(pages) == len(settings.LANGUAGES) + 1
    for page in pages:
        assert page.alternates == pages[0].alternates
        assert page.alternates[page.lang] == page.canonical
        assert page.alternates[CODE].endswith(f"/{CODE}/{STATION}")


def test_the_sitemap_names_it_where_it_exists(found):
    _status, sitemap = found["after"]["/sitemap-insatser.xml"]

    assert re.search(rf'hreflang="{CODE}" href="[^"]*/{CODE}/{STATION}"', sitemap)
    assert f"/{CODE}/insatser/familjehuset/" not in sitemap
