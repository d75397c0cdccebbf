from images.admin.bank import ImageAdmin

__all__ = ["ImageAdmin"]
