"""One file's way to the service, as the session keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from gcdesk.errors import GcdeskError
from gcdesk.guest.upload import Upload, UploadState


@dataclass(slots=True)
class Transfer:
    """A file's upload and what is expected to happen to it next; times are monotonic seconds.

    `asked` is the tracing ID of the request whose answer is awaited, empty if none is. `due` is until when the answer
    or the confirmation may take. `running` tells that the errand is under way, `stored` that the storage took the
    file; `tries` counts the errands. `chances` counts the times that it may be asked for again without a wish.
    `checking` tells that the service is asked whether it has the file after all; if not, it fails with `doubt`, or is
    asked for anew if there is none. `removing` tells that the service is to drop the file. `ready_at` is when a message
    may try again with a file that the service did not take for ready, `unready` how often it did not.
    """

    upload: Upload
    asked: str = ""
    due: float | None = None
    running: bool = False
    stored: bool = False
    tries: int = 0
    chances: int = 1
    checking: bool = False
    doubt: GcdeskError | None = None
    removing: bool = False
    ready_at: float | None = None
    unready: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether the service is to be asked for something."""
        wanted = self.removing or self.checking or self.upload.state is UploadState.REQUESTED
        return wanted and not self.asked

    @property
    def is_under_way(self) -> bool:
        """Whether it takes up one of the places for uploads."""
        if self.upload.state is UploadState.REQUESTED and not self.checking:
            return bool(self.asked)
        return self.checking or self.upload.state is UploadState.UPLOADING

    @property
    def is_open(self) -> bool:
        """Whether it may still come to be sent by itself."""
        return self.upload.state in (UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED)
