"""The rules of the gate. What each is for, and its source, is told in docs/quality.md too."""

from publishing.quality import language, links, structure, whole
from publishing.quality.rule import ITEM, LANGUAGE, Rule

SWEDISH = ("sv", "sv-simple")

BLOCKING = [
    Rule(
        "title",
        "Sidan har en rubrik på svenska",
        "Utan rubrik går sidan inte att hitta, varken i listor, sökning eller flikar.",
        "WCAG 2.4.2",
        whole.without_title,
        scope=ITEM,
        may_be_excused=False,
    ),
    Rule(
        "lead",
        "Sidan har en ingress på svenska",
        "Ingressen står i listor, sökträffar och delade länkar, och säger om sidan är rätt.",
        "Projektets egen regel",
        whole.without_lead,
        scope=ITEM,
    ),
    Rule(
        "unit",
        "Sidan har en ansvarig enhet",
        "Besökaren ska se vem som svarar för uppgifterna, och någon ska rätta dem.",
        "Webbriktlinjer, riktlinje 21",
        whole.without_unit,
        scope=ITEM,
        may_be_excused=False,
    ),
    Rule(
        "image-alt",
        "Bilder har en alternativtext eller är märkta som dekoration",
        "Den som inte ser bilden får annars inte veta vad den visar.",
        "WCAG 1.1.1",
        whole.pictures_without_alt,
        scope=ITEM,
        shortcoming="en bild saknar beskrivning för den som inte ser den",
    ),
    Rule(
        "image-rights",
        "Bilder på människor som går att känna igen har rättslig grund",
        "En bild på någon är en personuppgift. Utan grund, eller när samtycket är återkallat eller "
        "tiden är slut, får den inte visas, och därför går det inte att göra undantag.",
        "Dataskyddsförordningen, artikel 6",
        whole.pictures_without_rights,
        scope=ITEM,
        may_be_excused=False,
    ),
    Rule(
        "link-name",
        "Länkar säger vart de leder",
        "Den som lyssnar hoppar mellan länkarna och hör bara deras namn.",
        "WCAG 2.4.4; Webbriktlinjer, riktlinje 5",
        links.names_that_say_nothing,
        shortcoming="en länk säger inte vart den leder, när den läses upp för sig",
    ),
    Rule(
        "link-target",
        "Länkar till den egna webbplatsen leder till sidor som finns",
        "En länk till en sida som inte finns, eller inte är publicerad, är en återvändsgränd.",
        "Projektets egen regel",
        links.broken_links,
        asks_links=True,
    ),
    Rule(
        "heading-order",
        "Rubriker hoppar inte över någon nivå",
        "Rubrikerna är innehållsförteckningen för den som lyssnar på sidan.",
        "WCAG 1.3.1",
        structure.headings_out_of_order,
        shortcoming="rubrikerna hoppar över en nivå, så att den som lyssnar kan ha svårt att hitta",
    ),
    Rule(
        "capitals",
        "Text står inte med bara stora bokstäver",
        "Ordbilder försvinner, och en skärmläsare kan bokstavera orden.",
        "Myndigheternas skrivregler",
        structure.capitals,
    ),
    Rule(
        "fake-list",
        "Listor är gjorda med listknappen",
        "En skärmläsare säger hur många punkter en lista har, men bara om den är en lista.",
        "WCAG 1.3.1",
        structure.lists_of_signs,
        shortcoming="en lista läses inte upp som en lista",
    ),
    Rule(
        "fake-table",
        "Tabeller är inte gjorda med mellanslag, tabbar eller streck",
        "Kolumnerna finns bara för ögat, och inte i en telefon.",
        "WCAG 1.3.1 och 1.3.2",
        structure.tables_of_signs,
        shortcoming="en tabell går inte att förstå uppläst",
    ),
]
ADVICE = [
    Rule(
        "lix",
        "Texten är lätt att läsa",
        "Myndigheters språk ska vara vårdat, enkelt och begripligt.",
        "Språklagen 11 §",
        language.hard_to_read,
        scope=LANGUAGE,
        blocks=False,
        languages=SWEDISH,
    ),
    Rule(
        "long-word",
        "Ord har högst tjugo bokstäver",
        "Långa ord är svåra att läsa, mest för den som håller på att lära sig svenska.",
        "Språklagen 11 §",
        language.long_words,
        blocks=False,
        languages=SWEDISH,
    ),
    Rule(
        "abbreviation",
        "Förkortningar är utskrivna",
        "Alla kan inte dem, och skärmläsare läser dem fel.",
        "WCAG 3.1.4; Myndigheternas skrivregler",
        language.abbreviations,
        blocks=False,
        languages=SWEDISH,
    ),
    Rule(
        "man",
        "Texten säger du till läsaren",
        "”Man” säger inte vem som ska göra något.",
        "Språklagen 11 §; Myndigheternas skrivregler",
        language.man_for_you,
        blocks=False,
        languages=SWEDISH,
    ),
    Rule(
        "no-heading",
        "Långa texter har mellanrubriker",
        "De flesta letar efter sitt ställe i texten i stället för att läsa allt.",
        "WCAG 2.4.10",
        language.long_way_without_heading,
        blocks=False,
    ),
]
RULES = [*BLOCKING, *ADVICE]
BY_NAME = {rule.name: rule for rule in RULES}
