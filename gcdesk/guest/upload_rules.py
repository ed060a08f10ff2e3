"""Which files a deployment takes, checked before anything is sent (guest API, sections 1.4, 3, 6 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gcdesk.errors import EmptyFileError, FileNameError, FileTooLargeError, FileTypeError, UploadsOffError
from gcdesk.guest.deployment import DeploymentConfig, UploadMode
from gcdesk.guest.file_names import split_extension
from gcdesk.guest.received import SessionResponse
from gcdesk.guest.upload import OutgoingFile
from gcdesk.phrase import Phrase

LONGEST_NAME = 1023
"""Characters that a file's name may have (guest API, section 8)."""

_ANY = "*/*"


@dataclass(frozen=True, slots=True)
class UploadRules:
    """What is known of the deployment's rules; what is not known is left to the service to refuse.

    `types` are MIME types, maybe with a star for either half; none means that they are not known. `kilobytes` are
    thousands of bytes.
    """

    on: bool = True
    types: tuple[str, ...] = ()
    kilobytes: float | None = None
    blocked_extensions: tuple[str, ...] = ()

    def check(self, file: OutgoingFile) -> None:
        """Refuse a file that the service would refuse.

        Raises:
            UploadsOffError: The deployment takes no files.
            EmptyFileError: It has no bytes.
            FileNameError: It has no extension, is too long, or cannot be written in JSON.
            FileTooLargeError: It has more bytes than the deployment allows.
            FileTypeError: Its type is not allowed, or its extension is blocked.
        """
        if not self.on:
            raise UploadsOffError
        if file.size <= 0:
            raise EmptyFileError
        self._check_name(file.name)
        self._check_size(file.size)
        self._check_type(file.mime)

    def _check_name(self, name: str) -> None:
        if len(name) > LONGEST_NAME:
            raise FileNameError(
                Phrase(
                    "The file's name has {count:,} characters; Genesys Cloud takes at most {most:,}.",
                    count=len(name),
                    most=LONGEST_NAME,
                ),
                "Give the file a shorter name.",
            )
        if not _is_writable(name) or any(sign in name for sign in "/\\"):
            raise FileNameError("The file's name holds characters that cannot be sent.")
        extension = split_extension(name)[1].lower()
        if not extension:
            raise FileNameError(
                "The file's name has no extension.",
                "Rename the file so that it ends in .txt or .png, for example.",
            )
        if extension.removeprefix(".") in {
            blocked.lower().removeprefix(".") for blocked in self.blocked_extensions
        }:
            raise FileTypeError(
                Phrase("This deployment does not allow files that end in {extension}.", extension=extension),
                "Send another kind of file.",
            )

    def _check_size(self, size: int) -> None:
        # A thousand bytes make a kilobyte here, as in the official clients (guest API, section 6).
        if self.kilobytes is not None and size / 1000 > self.kilobytes:
            raise FileTooLargeError(
                Phrase(
                    "The file has {size:,} bytes; this deployment takes at most {most:,.0f}.",
                    size=size,
                    most=self.kilobytes * 1000,
                )
            )

    def _check_type(self, mime: str) -> None:
        if not _is_writable(mime):
            raise FileTypeError(
                "The file's type cannot be sent.", "Give the file a plain name with an extension."
            )
        if self.types and not any(_matches(mime, allowed) for allowed in self.types):
            raise FileTypeError(Phrase("This deployment does not allow files of the type {mime}.", mime=mime))


def rules_of(answer: SessionResponse | None, config: DeploymentConfig | None) -> UploadRules:
    """The rules that apply, from the answer to configureSession and the configuration, as far as they are known.

    The configuration's own list only counts where the switch for attachments is missing from it, as in older
    deployments; otherwise the session's answer tells (guest API, section 1.4).
    """
    rules = UploadRules()
    if answer is not None:
        rules = UploadRules(
            types=tuple(filter(None, answer.allowed_types)),
            kilobytes=answer.max_file_kilobytes,
            blocked_extensions=tuple(filter(None, answer.blocked_extensions)),
        )
    if config is None:
        return rules
    if config.attachments is not None:
        return replace(rules, on=config.attachments)
    return _with_modes(rules, config.upload_modes)


def _with_modes(rules: UploadRules, modes: Sequence[UploadMode]) -> UploadRules:
    if not modes:
        return rules
    sizes = [mode.max_kilobytes for mode in modes if mode.max_kilobytes is not None]
    types = tuple(kind for mode in modes for kind in mode.types)
    return replace(rules, types=types or rules.types, kilobytes=max(sizes, default=rules.kilobytes))


def _matches(mime: str, allowed: str) -> bool:
    mime, allowed = mime.lower().partition(";")[0].strip(), allowed.lower().strip()
    if allowed in (_ANY, "*"):
        return True
    if allowed.endswith("/*"):
        return mime.startswith(allowed[:-1])
    return mime == allowed


def _is_writable(text: str) -> bool:
    """Whether JSON and a person can take it: whole characters, no controls."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return bool(text) and not any(ord(sign) < 32 or ord(sign) == 127 for sign in text)
