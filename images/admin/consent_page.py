"""The page that takes a consent back, or says that it holds again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from images.admin.page import BankPage
from publishing.admin.uses import where_used
from publishing.unsaved import given_back

AT_MOST = 100  # uses
TOLD = {
    "withdraw": "Samtycket är återkallat. Bilden visas inte längre någonstans.",
    "renew": "Samtycket gäller igen. Bilden visas där den används.",
}


class ConsentForm(forms.Form):
    reason = forms.CharField(
        label="Varför?",
        max_length=200,
        required=False,
        help_text="Till exempel ett diarienummer. Det står i bildens historik. Skriv inga "
        "personuppgifter.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ConsentPage(BankPage):
    methods = ["GET", "HEAD", "POST"]

    def __init__(self, model_admin, request, pk):
        super().__init__(model_admin, request)
        self.pk = pk

    def require_right(self):
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied
        self.image = self.admin.get_queryset(self.request).filter(pk=self.pk).first()
        if not self.image:
            raise Http404

    def get(self):
        if self.image.withdrawn_at:  # taking it back is for everybody who writes
            self.image.require_changeable_by(self.request.user)
        return self._ask(given_back(ConsentForm(), self.request))

    def post(self):
        """What is to be done is sent, so that two presses of the button do it once."""
        form, verb = ConsentForm(self.request.POST), self.request.POST.get("verb")
        if verb not in TOLD:
            raise BadRequest
        if not form.is_valid():
            return self._ask(form)
        act = self.image.withdraw_consent if verb == "withdraw" else self.image.renew_consent
        act(by=self.request.user, reason=form.cleaned_data["reason"])
        if self.image.is_out_of_date:
            transaction.on_commit(self.image.make_renditions)
        self._tell(verb)
        address = reverse("admin:images_image_change", args=[self.image.pk])
        return HttpResponseRedirect(address)

    def _ask(self, form):
        uses = where_used(self.admin.admin_site, self.request, self.image, AT_MOST + 1)
        return self.render(
            "consent",
            f"Samtycket till ”{self.image}”",
            form=form,
            image=self.image,
            uses=uses[:AT_MOST],
            is_cut=len(uses) > AT_MOST,
        )

    def _tell(self, verb):
        self.admin.log_change(self.request, self.image, TOLD[verb])
        self.say(TOLD[verb], messages.SUCCESS)
