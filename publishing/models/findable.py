"""What the search may ask of any kind of content; publishing itself searches for nothing."""


class Findable:
    # {"title": field names, "lead": …, "body": …} of what is looked in; None is never found
    searched_fields = None
    search_group = "sidor"  # what a reader who searches may choose it by
    search_prefetch = ()  # relations that are read when many are put into the index

    def search_path(self):
        """Where it is read, as an address in the active language."""
        return self.get_absolute_url()

    def search_areas(self):
        """The keys of the focus areas that it belongs to."""
        return []

    def is_search_sensitive(self):
        """Whether its page has quick exit, so that what lists it has too."""
        return getattr(self, "is_sensitive", False)

    def search_words(self):
        """Texts that it is found by besides its own, in the active language."""
        return []
