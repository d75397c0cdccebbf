"""People at a site that runs: they send the forms they get over real sockets, with cookies."""

import http.client
import select
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

SECONDS = 60  # until an answer is given up


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


@dataclass(frozen=True)
class Form:
    """Where a form is sent, and {name: [values]} as they stand in it."""

    address: str
    fields: dict

    def filled_in(self, **changes):
        changes = {name: [value] for name, value in changes.items()}
        return Form(self.address, self.fields | changes)


class Sent:
    """A request on its way."""

    def __init__(self, person, connection):
        self.person, self.connection = person, connection

    def answer(self):
        """None when the connection broke before there was a whole answer."""
        try:
            response = self.connection.getresponse()
            text = response.read().decode()
        except (http.client.HTTPException, ConnectionError):
            return None
        finally:
            self.connection.close()
        self.person.keep_cookies(response)
        return Answer(response.status, response.getheader("Location", ""), text)

    def is_answered(self):
        """Whether something has come back already, were it only the end of the connection."""
        return bool(select.select([self.connection.sock], [], [], 0)[0])

    @property
    def port(self):
        """The number of this side's end of the connection."""
        return self.connection.sock.getsockname()[1]


class Person:
    def __init__(self, port):
        self.port, self.cookies = port, {}

    def log_in(self, name, password):
        form = self.form("/konto/login/").filled_in(login=name, password=password)
        assert self.send(form).answer().location == "/admin/"
        return self

    def get(self, address):
        return self.send(address).answer()

    def form(self, address):
        """The page's own form, which has more fields than those around it."""
        page = self.get(address)
        assert page.status == 200, (address, page)
        return self.read(page, address)

    def read(self, page, address):
        """The same form, in the answer ``page`` to what was sent to ``address``."""
        reader = _FormReader()
        reader.feed(page.text)
        return Form(address, max(reader.forms, key=len))

    def send(self, what):
        """Send a form, or ask for an address; returns what is Sent."""
        if isinstance(what, str):
            return self._request("GET", what)
        return self._request("POST", what.address, urlencode(what.fields, doseq=True))

    def keep_cookies(self, response):
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(header).items()}

    def _request(self, method, address, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, address, body, headers)
        return Sent(self, connection)


class _FormReader(HTMLParser):
    """``forms`` are {name: [values]} of what a browser would send without its buttons."""

    def __init__(self):
        super().__init__()
        self.forms, self.select, self.area = [{}], None, None

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        unsaid = "on" if facts.get("type") in ("checkbox", "radio") else ""
        name, value = facts.get("name"), facts.get("value", unsaid) or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in facts:
            self._add(self.select, value)
        elif tag == "textarea":
            self.area = (name, [])
        elif tag == "input" and name and _is_sent(facts):
            self._add(name, value)

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, parts = self.area
            # HTML lets the first line end of a text area go
            self._add(name, "".join(parts).removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.select = None

    def _add(self, name, value):
        self.forms[-1].setdefault(name, []).append(value)


def _is_sent(facts):
    kind = facts.get("type", "text")
    if kind in ("checkbox", "radio"):
        return "checked" in facts
    return kind not in ("submit", "button", "image", "reset", "file")
