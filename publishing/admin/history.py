"""The history of an item: who did what and when, any two versions compared, each restored."""


class HistoryPages:
    """What an admin of content needs for it."""

    def tools(self, request, item):
        """[(label, address)] of what can be looked at besides the form of ``item``."""
        return []
