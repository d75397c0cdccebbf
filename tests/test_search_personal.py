"""What is never counted of what people search for, in the forms in which people write it."""

import pytest

from search.missed import as_kept
from search.personal import may_be_personal

# None of the numbers and addresses is anybody's: 0000 ends no identity number, and example.* and
# the phone numbers 0700-000 000 and the like belong to nobody
PERSONAL = [
    # Identity and coordination numbers, and those of organisations
    "19850101-0000",
    "198501010000",
    "850101-0000",
    "8501010000",
    "850101+0000",
    "850101 0000",
    "19850101 0000",
    "1985 01 01 0000",
    "1985-01-01-0000",
    "85 01 01 00 00",
    "850101–0000",
    "850101.0000",
    "850101/0000",
    "19850161-0000",
    "850161 0000",
    "850161-TF00",
    "556000-0000",
    "165560000000",
    "bidrag för 850101-0000",
    "pnr:8501010000",
    "8501010000bidrag",
    "٨٥٠١٠١-٠٠٠٠",
    "８５０１０１-００００",
    "8\u200b5\u200b0\u200b1\u200b0\u200b1",
    "född 850101",
    "född 1985-01-01",
    "01/01/1985",
    # Phone numbers
    "0520-000 00",
    "0520000000",
    "0520 - 00 00 00",
    "(0520) 00 00 00",
    "0520/000000",
    "070-000 00 00",
    "0700000000",
    "070 000 0000",
    "070.000.00.00",
    "070_000_00_00",
    "+46 70 000 00 00",
    "+46700000000",
    "+46 (0)520-00 00 00",
    "0046 520 00 00 00",
    "00 46 70 000 00 00",
    "00 00 00",
    "ring 070 000 00 00 nu",
    "noll sju noll ett två tre fyra fem",
    # Mail, as it is and as it is hidden
    "anna@example.se",
    "anna.andersson@example.com",
    "anna @ example . se",
    "anna(at)example.se",
    "anna (a) example.se",
    "anna [at] example [dot] com",
    "anna at example dot com",
    "anna at example.com",
    "anna snabel-a example punkt se",
    "anna snabela example se",
    "anna ät example punkt se",
    "anna.andersson gmail",
    "ａｎｎａ＠example.se",
    "@anna_andersson",
    # Addresses on the web and in the town
    "https://example.se/anna",
    "www.example.se",
    "example.com/anna",
    "example punkt se",
    "storgatan 12",
    "Norra Torggatan 5 b",
    "björkvägen 3",
    "Nygränd 4",
    # Other numbers of somebody
    "abc123",
    "SE35 0000 0000 0000 0000",
    "192.168.100.100",
    "5805-0000",
    # Names where they are said to be
    "jag heter anna",
    "min granne som heter anna",
    "my name is anna",
    "nimeni on anna",
    "اسمي آنا",
    # Whose name, day of birth, flat or account it is
    "min son heter Namn Namnsson",
    "hon heter Namn",
    "född 1 januari 2001",
    "lgh 0000",
    "snap: namn",
    "insta namn_0",
    "abc 000",
]
HARMLESS = [
    "112",
    "1177",
    "114 14",
    "116 111",
    "90 101",
    "agenda 2030",
    "18 år",
    "16-25 år",
    "2024-2028",
    "2024–2028",
    "öppet 10:00-16:30",
    "sfs 2010:800",
    "24/7",
    "461 32",
    "75 %",
    "40 000 kronor",
    "5 kap 11 § sol",
    "barn 0-6 år",
    "förskola",
    "storgatan",
    "buss till överby",
    "att anmäla oro för barn",
    "mitt barn är hemma från skolan",
    "t.ex. fritidsgård",
    "bl.a. droger",
    "hur når jag er på telefon",
    "mejla kommunen",
    "outlook",
    "sju tunnlar",
    "plan för jämställdhet",
    "a-kassa",
    "what to do at night",
    "apua nuorille",
    "مساعدة للشباب",
    "årskurs 9",
    "covid-19",
    "sos 112",
    "vad heter chefen",
    "instagram",
    "född i januari",
]


def test_there_are_enough_forms_to_go_by():
    assert len(set(PERSONAL)) >= 50
    assert len(set(HARMLESS)) >= 20


@pytest.mark.parametrize("text", PERSONAL)
def test_what_may_be_about_somebody_is_known(text):
    assert may_be_personal(text)
    assert as_kept(text) == ""


@pytest.mark.parametrize("text", [f"hjälp {text}, tack!" for text in PERSONAL])
def test_it_is_known_among_other_words_too(text):
    assert as_kept(text) == ""


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_words_and_numbers_are_not_taken_for_it(text):
    assert not may_be_personal(text)


@pytest.mark.parametrize("text", ["", "?", "a", "112", "1", "x" * 61, "ord " * 16, "🙂", "\0"])
def test_what_says_too_little_or_too_much_is_not_kept(text):
    assert as_kept(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Skolskjuts ", "skolskjuts"),
        ("SKOL\u200bSKJUTS?!", "skolskjuts"),
        ("skolskjuts\n\nbuss", "skolskjuts buss"),
        ("Färdtjänst & buss", "färdtjänst buss"),
        ("agenda 2030", "agenda 2030"),
    ],
)
def test_the_same_words_are_kept_in_the_same_way(text, kept):
    assert as_kept(text) == kept
