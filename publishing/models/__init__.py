from publishing.models.chain import Action, Chain, Version, kind_of
from publishing.models.content import Content, Publishable, PublishableQuerySet
from publishing.models.finding import Exemption, Finding, Override, QualityCheck
from publishing.models.fitness import Unfit
from publishing.models.job import Job
from publishing.models.preview import Preview
from publishing.models.redirect import Redirect
from publishing.models.reference import Reference
from publishing.models.reviewed import Reviewed, ReviewedFact, ReviewedFactQuerySet
from publishing.models.share import ShareLink
from publishing.models.states import ReviewInterval, State, WithdrawalReason
from publishing.models.texts import Clashing
from publishing.models.track import Track
from publishing.models.translation import Origin, Translation
from publishing.models.unsaved import OpenForm

__all__ = [
    "Action",
    "Chain",
    "Clashing",
    "Content",
    "Exemption",
    "Finding",
    "Job",
    "OpenForm",
    "Origin",
    "Override",
    "Preview",
    "Publishable",
    "PublishableQuerySet",
    "QualityCheck",
    "Redirect",
    "Reference",
    "ReviewInterval",
    "Reviewed",
    "ReviewedFact",
    "ReviewedFactQuerySet",
    "ShareLink",
    "State",
    "Track",
    "Translation",
    "Unfit",
    "Version",
    "WithdrawalReason",
    "kind_of",
]
