"""Papperskorgen: what is thrown away here can be taken up again."""


class BinPages:
    """What an admin of content needs for it."""

    def delete_model(self, request, obj):
        obj.move_to_bin(by=request.user)
