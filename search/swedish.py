"""What Snowball's Swedish stemmer leaves apart."""

# Plurals with another vowel, and words whose forms lose an e; compounds end with them too
IRREGULAR = {
    "bostad": ("bost", "bostäd"),  # bostad is taken for a form of bosta
    "stad": ("städ",),
    "förälder": ("föräld", "föräldr", "föräldra"),
    "dotter": ("dott", "dottr", "döttr"),
    "son": ("sön",),
    "bror": ("brod", "broder", "brödr", "bröder", "bröderna"),
    "mor": ("mödr", "moder"),
    "far": ("fädr", "fader"),
    "man": ("män", "männ"),
    "hand": ("händ",),
    "natt": ("nätt",),
    "bok": ("böck",),
    "fot": ("fött", "fötter"),
    "tand": ("tänd",),
    "land": ("länd",),
    "vän": ("vänn",),
    "kväll": ("kvälln",),
    "vuxen": ("vux", "vuxn"),
    "öppen": ("öppn", "öppet"),
    "nära": ("närmar", "närmast"),
    "liten": ("lit", "små", "mindr", "minst"),
    "ung": ("yngr", "yngst", "ungt"),
    "jobb": ("jobbet",),
    "slå": ("slår", "slog", "slagit", "slagen", "slagna"),
    "gå": ("går", "gick", "gått"),
    "få": ("får", "fick", "fått"),
    "göra": ("gör", "gjord", "gjort"),
    "se": ("ser", "såg", "sett"),
    "bo": ("bor", "bodd", "bott"),
    "läsning": ("läsningen",),
    # An s that belongs to the word
    "chans": ("chan",),
    "dans": ("dan",),
    "gräns": ("grän",),
    "plats": ("plat",),
    "pris": ("pri",),
    "kris": ("kri",),
    "hus": ("hu",),
    "kurs": ("kur",),
    "polis": ("poli",),
    "socialtjänst": ("socialen", "soc", "soctanten"),
}
# Snowball takes one ending at a time: föräldrars would stop at föräldrar
BEFORE_GENITIVE = ("ar", "or", "er")

_TO_STEM = {form: stem for stem, forms in IRREGULAR.items() for form in forms}
# Many write without the dots and rings
_BARE = str.maketrans("åäö", "aao")
_TO_STEM |= {
    form.translate(_BARE): stem.translate(_BARE)
    for form, stem in _TO_STEM.items()
    if form.translate(_BARE) not in {*_TO_STEM, *IRREGULAR}
}
_ENDINGS = tuple(sorted((form for form in _TO_STEM if len(form) >= 4), key=len, reverse=True))


def is_derived(first, second):
    """Whether ``second`` only ends a word: parkering has nothing to do with a ring."""
    return first.endswith("e") and second.startswith("ring")


def mend(stem, word):
    """The stem to take instead of Snowball's ``stem`` of ``word``.

    brottet goes with brott, förskolan with förskola, bostäder and studentbostäder with bostad.
    """
    if stem in _TO_STEM:
        return _TO_STEM[stem]
    if word in _TO_STEM:
        return _TO_STEM[word]
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) > len(ending) + 2:
            return stem[: -len(ending)] + _TO_STEM[ending]
    if len(stem) >= 5 and stem.endswith(("et", "an")) and stem[-3] not in "aeiouyåäö":
        return _TO_STEM.get(stem[:-2], stem[:-2])
    return stem
