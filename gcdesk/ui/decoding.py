"""Turns the bytes of a picture into what can be painted, within bounds. Runs in threads; touches no widget."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from gcdesk.errors import PictureRefusedError

MOST_MEGABYTES: Final = 192
"""What decoding one picture may take in memory; 40 million pixels of four bytes are 160."""


def decode(data: bytes, width: int, height: int) -> QImage:
    """Decode a picture, no larger than `width` by `height` pixels; its first frame where it moves.

    Raises:
        PictureRefusedError: It is damaged, or larger than it said.
    """
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # By what it is, not by what its name says.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    bounds = QSize(width, height)
    if size.isValid() and (size.width() > width or size.height() > height):
        reader.setScaledSize(_within(size, bounds))
    image = reader.read()
    if image.isNull():
        raise PictureRefusedError("The picture is damaged.", detail=reader.errorString())
    if image.width() > width or image.height() > height:
        image = image.scaled(
            bounds, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def encode(image: QImage) -> bytes:
    """A picture as a PNG file, for one that was pasted."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Qt's stubs want the format as text, whatever the documentation says about bytes.
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise PictureRefusedError(
            "The picture on the clipboard could not be read.", "Save it as a file first."
        )
    return bytes(buffer.data().data())


def _within(size: QSize, bounds: QSize) -> QSize:
    scaled = size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
    return scaled.expandedTo(QSize(1, 1))
