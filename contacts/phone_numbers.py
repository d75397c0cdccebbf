from django.core.validators import RegexValidator

# Groups of digits with one space or hyphen between them: 0520-49 50 00, 116 111, +46 520 49 50 00
validate_phone = RegexValidator(
    r"^\+?[0-9](?:[ -]?[0-9]){2,14}\Z",
    "Skriv numret med siffror, mellanslag och bindestreck, till exempel 0520-49 50 00.",
)


def phone_href(number):
    """A tel: link that works from abroad; "" where there is no number.

    Numbers that begin with neither 0 nor + are short numbers such as 112 and 116 111, which exist
    within the country only.
    """
    digits = "".join(character for character in number if character.isdecimal())
    if not digits:
        return ""
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    return f"tel:+46{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"
