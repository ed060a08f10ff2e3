"""What gcdesk and its tests need from a Linux system beyond Python, and the packages it comes in.

A library is looked for by loading it, a program by its name: so the answer is true on every distribution, and
a package that was renamed (as many were on Ubuntu 24.04) is not missed by mistake.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One library, program, Python module or font, and the packages that hold it."""

    kind: str
    name: str
    debian: str
    fedora: str
    arch: str

    @property
    def met(self) -> bool:
        """Whether this machine has it."""
        if self.kind == "library":
            try:
                ctypes.CDLL(self.name)
            except OSError:
                return False
            return True
        if self.kind == "module":
            return importlib.util.find_spec(self.name) is not None
        if self.kind == "font":
            return _any_font()
        return shutil.which(self.name) is not None


def _library(name: str, debian: str, arch: str) -> Need:
    # RPM systems answer to the library's own name, marked on 64-bit machines.
    mark = "()(64bit)" if sys.maxsize > 2**32 else ""
    return Need("library", name, debian, f"'{name}{mark}'", arch)


# What ldd names for the xcb platform plugin, QtGui and QtWidgets and a plain C++ system does not have.
QT_LIBRARIES = (
    _library("libEGL.so.1", "libegl1", "libglvnd"),
    _library("libGL.so.1", "libgl1", "libglvnd"),
    _library("libX11.so.6", "libx11-6", "libx11"),
    _library("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    _library("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    _library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    _library("libfreetype.so.6", "libfreetype6", "freetype2"),
    _library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    _library("libxcb.so.1", "libxcb1", "libxcb"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    _library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    _library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    _library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    _library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    _library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    _library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    _library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)

A_FONT = Need("font", "a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")

# Debian and Ubuntu ship Python without the part that makes virtual environments.
VENV = Need(
    "module",
    "ensurepip",
    f"python3.{sys.version_info[1]}-venv",
    f"python3.{sys.version_info[1]}",
    "python",
)

TEST_PROGRAMS = (
    Need("program", "Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("program", "xdotool", "xdotool", "xdotool", "xdotool"),
    Need("program", "import", "imagemagick", "ImageMagick", "imagemagick"),
    Need("program", "dbus-daemon", "dbus-daemon", "dbus-daemon", "dbus"),
    Need("program", "gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
)

WINDOW_NEEDS = (VENV, *QT_LIBRARIES, A_FONT)
TEST_NEEDS = (*WINDOW_NEEDS, *TEST_PROGRAMS)

FONT_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def _any_font() -> bool:
    for directory in FONT_DIRECTORIES:
        for _, _, files in os.walk(Path(directory).expanduser()):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in files):
                return True
    return False


def missing_needs(needs: Iterable[Need]) -> list[Need]:
    """Return those that this machine does not have; elsewhere than on Linux Qt brings all it needs."""
    if not sys.platform.startswith("linux"):
        return []
    return [need for need in needs if not need.met]


def distribution_family(os_release: Path = Path("/etc/os-release")) -> str:
    """Return "debian", "fedora", "suse", "arch", or "" for a distribution that is none of them."""
    try:
        lines = os_release.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").split()
    for family, members in (
        ("debian", ("debian", "ubuntu")),
        ("fedora", ("fedora", "rhel", "centos")),
        ("suse", ("suse", "opensuse", "sles")),
        ("arch", ("arch", "archlinux")),
    ):
        if any(member in names for member in members):
            return family
    return ""


def packages_of(needs: Iterable[Need], family: str) -> list[str]:
    """Return a family's names of the packages, each once and sorted; the needs themselves if unknown."""
    field = {"debian": "debian", "fedora": "fedora", "suse": "fedora", "arch": "arch"}.get(family, "name")
    return sorted({str(getattr(need, field)) for need in needs})


def install_sentence(needs: Iterable[Need], family: str) -> str:
    """Return what a person has to type, or look for, to get these."""
    packages = " ".join(packages_of(needs, family))
    command = {
        "debian": "sudo apt-get install",
        "fedora": "sudo dnf install",
        "suse": "sudo zypper install",
        "arch": "sudo pacman -S",
    }.get(family)
    if command is None:
        return f"Install the packages that hold them here, then run this again:\n  {packages}"
    return f"Install them with this command, then run this again:\n  {command} {packages}"
