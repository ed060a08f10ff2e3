"""Files on their way into a conversation and out of it again (guest API, sections 2, 3 and 6).

Codes are the service's (section 4). Where the guest API leaves open which of them fits, the code that a sentence
names here is this simulator's reading.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .answers import Frame, dashed_id, media_type_of
from .offers import FileOffer, check_offer
from .options import SimulatorOptions
from .reading import RefusedError
from .sessions import Session
from .signed_urls import SignedUrls

UPLOAD_HEADERS = {"x-amz-tagging": "organizationId=1&originPlatform=PureCloud"}
"""What an upload has to carry besides its Content-Type."""

_PROGRAMS = (b"MZ", b"\x7fELF")


@dataclass(eq=False)
class Attachment:
    """A file of one session. `key` names it in links; `upload_until` is when its upload link ends, epoch seconds.

    data: None until it was uploaded. sent: it belongs to a message, or came from the other side.
    """

    attachment_id: str
    offer: FileOffer
    session: Session = field(repr=False)
    key: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    upload_until: float = 0.0
    data: bytes | None = field(default=None, repr=False)
    sent: bool = False

    @cached_property
    def sha256(self) -> str:
        """The digest of its content as lower-case hex."""
        return hashlib.sha256(self.data or b"").hexdigest()

    @property
    def upload_path(self) -> str:
        """Where it is put."""
        return f"/uploads/{self.key}"

    @property
    def download_path(self) -> str:
        """Where it is read."""
        return f"/downloads/{self.key}"


class Attachments:
    """Every file of every session, and the links to them. `base` is where the simulator is, as in http://host:1."""

    def __init__(self, options: SimulatorOptions, base: str) -> None:
        self._options = options
        self._base = base
        self._links = SignedUrls(options.link_seconds)
        self._by_key: dict[str, Attachment] = {}

    def offer(self, session: Session, attachment_id: str | None, offer: FileOffer, now: float) -> Frame:
        """Make room for a file and say where to put it: the body of a PresignedUrlResponse.

        Asking again under the ID of a file that has not been uploaded gives another link, and ends the first.
        Raises RefusedError.
        """
        check_offer(offer, self._options)
        known = None if attachment_id is None else self._find(session, attachment_id)
        if known is not None:
            if known.data is not None:
                raise RefusedError(400, "Request failed. The attachment ID is already in use.")
            del self._by_key[known.key]
        attachment = Attachment(attachment_id or dashed_id(), offer, session)
        self._by_key[attachment.key] = attachment
        path, attachment.upload_until = self._links.sign("PUT", attachment.upload_path, now)
        return self._presigned(attachment, path, UPLOAD_HEADERS)

    def fresh_link(self, session: Session, attachment_id: str, now: float) -> Frame:
        """The body of a PresignedUrlResponse in its download form. Raises RefusedError with 4009 or 4010."""
        attachment = self._uploaded(session, attachment_id)
        path, _ = self._links.sign("GET", attachment.download_path, now)
        return self._presigned(attachment, path, {})

    def delete(self, session: Session, attachment_id: str) -> None:
        """Forget a file that is not part of a message. Raises RefusedError with 4009 for any other."""
        attachment = self._find(session, attachment_id)
        if attachment is None or attachment.sent:
            raise _not_found()
        del self._by_key[attachment.key]

    def forget(self, session: Session) -> None:
        """Forget every file of a session."""
        self._by_key = {key: each for key, each in self._by_key.items() if each.session is not session}

    def send(self, session: Session, attachment_id: str, now: float) -> Frame:
        """Make a file part of a message: its content item, whole, with a link.

        Raises RefusedError with 4009 for a file that is not there or already part of a message, 4010 for one that
        has not been uploaded, and 4008 for one that can no longer be, because its link has expired.
        """
        attachment = self._find(session, attachment_id)
        if attachment is None or attachment.sent:
            raise _not_found()
        if attachment.data is None and now >= attachment.upload_until:
            raise RefusedError(4008, "attachment has expired")
        self._uploaded(session, attachment_id)
        attachment.sent = True
        return self._content(attachment, now)

    def hand_out(self, session: Session, content: list[Frame], now: float) -> list[Frame]:
        """Content of the other side, in which each of the simulator's own files gets an ID and a link of its own."""
        return [self._handed_out(session, item, now) for item in content]

    def relinked(self, session: Session, body: Frame, now: float) -> Frame:
        """A message's body with fresh links to its files, as the history gives it."""
        items = [self._relinked(session, item, now) for item in body.get("content", [])]
        return {**body, "content": items} if items else body

    def open_upload(self, key: str, query: Mapping[str, str], now: float) -> Attachment | None:
        """The file that an upload link is for; None if there is none. Raises LinkError."""
        attachment = self._by_key.get(key)
        if attachment is not None:
            self._links.check("PUT", attachment.upload_path, query, now)
        return attachment

    def open_download(self, key: str, query: Mapping[str, str], now: float) -> Attachment | None:
        """The file that a download link is for; None if there is none. Raises LinkError."""
        attachment = self._by_key.get(key)
        if attachment is None or attachment.data is None:
            return None
        self._links.check("GET", attachment.download_path, query, now)
        return attachment

    def holds(self, attachment: Attachment) -> bool:
        """Whether the file has not been deleted or replaced."""
        return self._by_key.get(attachment.key) is attachment

    def take(self, attachment: Attachment, data: bytes, now: float) -> Frame:
        """Keep what was uploaded: the body of an UploadSuccessEvent, without its timestamp.

        Raises RefusedError with 4003 for content that is refused; the file is forgotten then.
        """
        if not _acceptable(data, attachment.offer):
            self._by_key.pop(attachment.key, None)
            raise RefusedError(4003, "file content refused")
        attachment.data = data
        path, _ = self._links.sign("GET", attachment.download_path, now)
        return {"attachmentId": attachment.attachment_id, "downloadUrl": self._base + path}

    def _find(self, session: Session, attachment_id: str) -> Attachment | None:
        mine = (each for each in self._by_key.values() if each.session is session)
        return next((each for each in mine if each.attachment_id == attachment_id), None)

    def _uploaded(self, session: Session, attachment_id: str) -> Attachment:
        attachment = self._find(session, attachment_id)
        if attachment is None:
            raise _not_found()
        if attachment.data is None:
            raise RefusedError(4010, "attachment has not been successfully uploaded")
        return attachment

    def _presigned(self, attachment: Attachment, path: str, headers: Mapping[str, str]) -> Frame:
        offer = attachment.offer
        return {
            "attachmentId": attachment.attachment_id,
            "headers": dict(headers),
            "url": self._base + path,
            "fileName": offer.name,
            "fileSize": offer.size,
            "fileType": offer.mime,
        }

    def _content(self, attachment: Attachment, now: float) -> Frame:
        offer = attachment.offer
        path, _ = self._links.sign("GET", attachment.download_path, now)
        described = {
            "id": attachment.attachment_id,
            "filename": offer.name,
            "mediaType": media_type_of(offer.mime),
            "mime": offer.mime,
            "fileSize": offer.size,
            "sha256": attachment.sha256,
            "url": self._base + path,
        }
        return {"contentType": "Attachment", "attachment": described}

    def _handed_out(self, session: Session, item: Frame, now: float) -> Frame:
        if item["contentType"] != "Attachment":
            return item
        described = item["attachment"]
        place, _, name = str(described.get("url", "")).rpartition("/")
        file = self._options.served_files().get(name)
        if file is None or place != f"{self._base}/files":
            return item
        offer = FileOffer(described.get("filename", name), file.mime, len(file.data))
        attachment = Attachment(dashed_id(), offer, session, data=file.data, sent=True)
        self._by_key[attachment.key] = attachment
        handed = self._content(attachment, now)
        return {**item, "attachment": {**described, **handed["attachment"]}}

    def _relinked(self, session: Session, item: Frame, now: float) -> Frame:
        attachment = self._find(session, item.get("attachment", {}).get("id", ""))
        return item if attachment is None else {**item, **self._content(attachment, now)}


def _acceptable(data: bytes, offer: FileOffer) -> bool:
    """Neither a program in disguise, nor other bytes than were announced."""
    digest = hashlib.md5(data, usedforsecurity=False)
    announced = {None, digest.hexdigest(), base64.b64encode(digest.digest()).decode()}
    return offer.md5 in announced and not data.startswith(_PROGRAMS)


def _not_found() -> RefusedError:
    return RefusedError(4009, "attachment not found")
