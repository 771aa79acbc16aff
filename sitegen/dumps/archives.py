"""Zip archives of dumps: which members they have, and each member as a stream.

Format: APPNOTE.TXT of PKWARE. Nothing is written to disk, so that a member's name is a name and
no path. Refused, with InputError: archives whose members are too many or grow too much (members
may overlap, bamsoftware.com/hacks/zipbomb), encrypted members, methods that Python does not know.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO

from ..config.limits import DEFAULT, MB, Limits
from ..errors import InputError
from .unpack import DAMAGE, MOST_GROWTH, Guarded, too_large

MOST_MEMBERS = 10_000
_LARGEST_DIRECTORY = 16 * 1024**2  # bytes; the list of members is held in memory
_GROWTH_COUNTS_FROM = 64 * 1024**2

# The record that ends an archive, and the longest comment behind it (APPNOTE 4.3.16).
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1

_BROKEN = (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, *DAMAGE)


def members(path: Path, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """The names of an archive's files that may be dumps, in the archive's order, each once.

    Raises InputError for an archive that is broken or refused.
    """
    with _opened(path) as archive:
        found = [info for info in archive.infolist() if _may_be_a_dump(info)]
    if len(found) > MOST_MEMBERS:
        raise InputError(f"more than {MOST_MEMBERS:,} files in one archive", hint="split it")
    size = sum(info.file_size for info in found)
    if size > limits.dump * MB:
        raise too_large(limits)
    if size > max(_GROWTH_COUNTS_FROM, MOST_GROWTH * path.stat().st_size):
        raise InputError(
            f"it unpacks to more than {MOST_GROWTH} times its size",
            hint="if it holds papers nevertheless, unpack it",
        )
    return tuple(dict.fromkeys(info.filename for info in found))


def open_member(
    path: Path, member: str, told: Callable[[str], None], limits: Limits = DEFAULT
) -> BinaryIO:
    """One member's content. `told` hears of damage, at which the stream ends.

    Raises InputError for a member that cannot be read at all.
    """
    archive = _opened(path)
    try:
        info = _readable(archive, member)
        unpacked = archive.open(info)
        return io.BufferedReader(_Member(archive, info, unpacked, told, limits), 1 << 17)
    except BaseException as error:
        archive.close()
        if isinstance(error, _BROKEN):
            raise _cannot_be_read(error) from error
        raise


def _readable(archive: zipfile.ZipFile, member: str) -> zipfile.ZipInfo:
    if member not in archive.NameToInfo:
        raise InputError("no longer in the archive", hint="try again")
    info = archive.getinfo(member)
    if info.flag_bits & _ENCRYPTED:
        raise InputError("encrypted", hint="unpack it with its password")
    return info


def display_name(member: str) -> str:
    """A member's name as it stands behind the archive's: no drive, no way up."""
    parts = member.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "unnamed"


def _may_be_a_dump(info: zipfile.ZipInfo) -> bool:
    """Neither a folder nor hidden, nor macOS's shadow of a file."""
    parts = info.filename.split("/")
    return not info.is_dir() and not any(
        part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in parts
    )


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file:
            _check_directory(file)
        return zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _cannot_be_read(error) from error


def _check_directory(file: BinaryIO) -> None:
    """Whether the list of members can be read without harm."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise zipfile.BadZipFile("it is cut off")
    count, directory = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_MEMBERS or directory > _LARGEST_DIRECTORY:
        raise InputError(f"more than {MOST_MEMBERS:,} files in one archive", hint="split it")


def _cannot_be_read(error: BaseException) -> InputError:
    said = str(error).rstrip(".") or type(error).__name__
    return InputError(f"an archive that cannot be read: {said}", hint="make it again")


class _Member(Guarded):
    """A member as zipfile unpacks it."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        unpacked: IO[bytes],
        told: Callable[[str], None],
        limits: Limits,
    ) -> None:
        super().__init__(told, limits)
        self._archive = archive
        self._info = info
        self._stream = unpacked

    def consumed(self) -> int:
        return self._info.compress_size

    def next_bytes(self, most: int) -> bytes:
        try:
            return self._stream.read(most)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            self.end_at_damage(str(error))
            return b""

    def close(self) -> None:
        """Close the archive as well."""
        self._stream.close()
        self._archive.close()
        super().close()
