"""What Snowball's Swedish stemmer leaves apart, and the words that say little by themselves."""

# Plurals with another vowel, and words whose forms lose an e; compounds end with them too
IRREGULAR = {
    "bostad": ("bost", "bostäd"),  # bostad is taken for a form of bosta
    "stad": ("städ",),
    "förälder": ("föräld", "föräldr", "föräldra"),
    "dotter": ("dottr", "döttr"),
    "son": ("sön",),
    "bror": ("brod", "bröd", "brödr", "bröder"),
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
    "nära": ("när", "närmar", "närmast"),
    "liten": ("lit", "små", "mindr", "minst"),
    "ung": ("yngr", "yngst", "ungt"),
    "jobb": ("jobbet",),
    "slå": ("slår", "slag", "slog", "slagit", "slagn"),
    "gå": ("går", "gick", "gått"),
    "få": ("får", "fick", "fått"),
    "göra": ("gör", "gjord", "gjort"),
    "se": ("ser", "såg", "sett"),
    "bo": ("bor", "bodd", "bott"),
    "läsning": ("läsningen",),
    "kris": ("kri",),
    "hus": ("hu",),
    "kurs": ("kur",),
    "polis": ("poli",),
    "socialtjänst": ("socialen", "soc", "soctanten"),
}
_TO_STEM = {form: stem for stem, forms in IRREGULAR.items() for form in forms}
_ENDINGS = tuple(sorted((form for form in _TO_STEM if len(form) >= 4), key=len, reverse=True))


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


# Indexed like all others, so that "för alla" finds what says so, but required of no page when there
# are words that say more
FUNCTION_WORDS = frozenset(
    ["alla", "allt", "an", "andra", "att", "av", "bara", "bland", "bli", "blir", "blev", "bort", "både", "de", "dem", "den", "denna", "det", "detta", "din", "dina", "dit", "ditt", "dom", "du", "där", "då", "efter", "eftersom", "ej", "eller", "en", "er", "era", "ert", "ett", "ens", "fast", "fick", "finns", "flera", "fler", "fram", "från", "får", "få", "fått", "för", "före", "göra", "gör", "gjort", "ha", "hade", "han", "har", "hej", "hela", "henne", "hennes", "hit", "hon", "honom", "hos", "hur", "här", "i", "igen", "in", "inom", "inte", "jag", "ju", "kan", "kanske", "kom", "kommer", "kunde", "kunna", "man", "med", "mellan", "men", "mer", "mig", "min", "mina", "mitt", "mot", "mycket", "ni", "nog", "nu", "någon", "något", "några", "när", "nästa", "och", "ofta", "olika", "om", "oss", "på", "redan", "ska", "skall", "skulle", "som", "så", "sig", "sin", "sina", "sitt", "till", "tack", "tar", "ta", "under", "upp", "ur", "ut", "utan", "vad", "var", "vara", "varför", "varit", "varje", "vart", "vem", "vems", "vi", "vid", "vilka", "vilken", "vilket", "vill", "ville", "visst", "vår", "våra", "vårt", "än", "är", "år", "åt", "över", "också", "gå", "går", "veta", "vet", "ge", "ger", "sen", "sedan", "utav", "ingen", "inget", "inga", "dig", "ditt", "sådan", "behöver", "behöva", "måste", "borde", "vore", "blivit", "tycker", "ni", "vända", "vänder", "gammal"]
)
