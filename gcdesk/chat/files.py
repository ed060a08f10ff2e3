"""Files on this computer that the customer wants to send."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from gcdesk.errors import FileUnreadableError
from gcdesk.guest.file_names import split_extension
from gcdesk.guest.upload import OutgoingFile

UNKNOWN_MIME = "application/octet-stream"

# Systems and versions of Python disagree about these, or do not know them; .opus is a stream of the Ogg kind
# (guest API, section 6).
_MIME_BY_EXTENSION: Mapping[str, str] = {
    ".7z": "application/x-7z-compressed",
    ".aac": "audio/aac",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".log": "text/plain",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rar": "application/vnd.rar",
    ".rtf": "application/rtf",
    ".svg": "image/svg+xml",
    ".tar": "application/x-tar",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}


def mime_of(name: str) -> str:
    """The MIME type that a file's name suggests, the same on every system for the usual ones."""
    extension = split_extension(name)[1].lower()
    if not extension:
        return UNKNOWN_MIME
    if extension in _MIME_BY_EXTENSION:
        return _MIME_BY_EXTENSION[extension]
    # It reads the system's own tables, which takes a moment.
    import mimetypes

    return mimetypes.guess_type(f"name{extension}")[0] or UNKNOWN_MIME


def file_at(path: Path | str, mime: str = "") -> OutgoingFile:
    """The file at a path as it can be sent; `mime` overrides what its name suggests.

    Raises:
        FileUnreadableError: It is not there, is no ordinary file, or may not be looked at.
    """
    place = Path(path).absolute()
    try:
        found = place.stat()
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileUnreadableError("That is not an ordinary file.", "Choose a file, not a folder or a device.")
    return OutgoingFile(place.name, mime or mime_of(place.name), found.st_size, place)


def unreadable(error: Exception) -> FileUnreadableError:
    """Name why a file cannot be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileUnreadableError("The file is not there any more.", "Attach it again from where it is now.")
    if isinstance(error, PermissionError):
        return FileUnreadableError(
            "The file may not be read.", "Ask for the right to read it, or choose another one."
        )
    return FileUnreadableError(detail=error.strerror or "" if isinstance(error, OSError) else "")
