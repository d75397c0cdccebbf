"""Files in the media storage, under names that never change meaning."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def read(path):
    """The bytes of a file. Raises FileNotFoundError."""
    with default_storage.open(path) as file:
        return file.read()


def store(path, data):
    """Put ``data`` at exactly ``path``."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return  # the name holds a digest of the content, so this is the same file
        default_storage.delete(path)
    name = default_storage.save(path, ContentFile(data))
    if name != path:  # another process was quicker with the same picture
        default_storage.delete(name)


def remove_folder(path):
    """Remove a folder and all that is in it; it need not exist."""
    try:
        folders, names = default_storage.listdir(path)
    except FileNotFoundError:
        return
    for folder in folders:
        remove_folder(f"{path}/{folder}")
    for name in names:
        default_storage.delete(f"{path}/{name}")
    default_storage.delete(path)


def folders_in(path):
    """The names of the folders at ``path``, none if there is no such place."""
    try:
        return default_storage.listdir(path)[0]
    except FileNotFoundError:
        return []
