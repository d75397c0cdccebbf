"""A look at the page before residents have it: the form as it stands, or any version."""


class PreviewPages:
    """What an admin of a published kind needs for it."""
