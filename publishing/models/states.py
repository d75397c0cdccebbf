from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "utkast"
    IN_REVIEW = "in_review", "till granskning"
    PUBLISHED = "published", "publicerad"
    WITHDRAWN = "withdrawn", "avpublicerad"
    ARCHIVED = "archived", "arkiverad"


class WithdrawalReason(models.TextChoices):
    """Why something was taken away from residents, which decides what its address answers."""

    MISTAKE = "mistake", "fel"
    REPLACED = "replaced", "ersatt av en annan sida"
    OUTDATED = "outdated", "inaktuell"


class ReviewInterval(models.IntegerChoices):
    """Months between two reviews."""

    QUARTER = 3, "var tredje månad"
    HALF_YEAR = 6, "var sjätte månad"
    YEAR = 12, "varje år"
    TWO_YEARS = 24, "vartannat år"
