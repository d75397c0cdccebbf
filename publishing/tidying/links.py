"""Where a pasted link leads, without those who follow the reader on the way."""

from urllib.parse import parse_qs, urlsplit

FOLLOWERS = {
    *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid"),
    *("mc_cid", "mc_eid", "igshid", "igsh", "_hsenc", "_hsmi", "vero_id", "mkt_tok", "s_cid"),
}
# {the end of a host: (path, the parameters that hold the address)} of those who pass links on
PASSING_ON = {
    "google.com": ("/url", ("q", "url")),
    "google.se": ("/url", ("q", "url")),
    "safelinks.protection.outlook.com": ("", ("url",)),
    "l.facebook.com": ("/l.php", ("u",)),
}


def clean_href(href):
    """``href`` with the address that it leads to in the end; "" for what leads nowhere here."""
    href = "".join(sign for sign in href.strip() if sign.isprintable())
    if href.startswith(("#_", "#sdfootnote")):  # notes and contents in the document it was in
        return ""
    try:
        return _without_followers(_passed_on(href))
    except ValueError:  # not an address: [ in the host
        return ""


def _passed_on(href):
    for _time in range(3):
        parts = urlsplit(href)
        host = parts.hostname or ""
        for end, (path, names) in PASSING_ON.items():
            is_there = host == end or host.endswith("." + end)
            if not is_there or not parts.path.startswith(path):
                continue
            query = parse_qs(parts.query)
            address = next((query[name][0] for name in names if name in query), "")
            if address.startswith(("https://", "http://")):
                href = address
                break
        else:
            break
    return href


def _without_followers(href):
    address, hash_sign, fragment = href.partition("#")
    if fragment.startswith(":~:"):  # the words that somebody searched for
        hash_sign = fragment = ""
    path, _question, query = address.partition("?")
    if path.startswith(("mailto:", "tel:")) or not query:
        return address + hash_sign + fragment
    kept = [each for each in query.split("&") if not _is_follower(each.partition("=")[0])]
    return path + ("?" if kept else "") + "&".join(kept) + hash_sign + fragment


def _is_follower(name):
    return name.lower().startswith("utm_") or name.lower() in FOLLOWERS
