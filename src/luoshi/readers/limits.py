"""How much a file may cost to read. Plain numbers, shared by the process that asks and the one that reads."""

from dataclasses import dataclass

_MIB = 1024 * 1024

_OLD_OFFICE = (bytes.fromhex("d0cf11e0a1b11ae1"), b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds; the ``converter_`` ones hold where LibreOffice has to convert an old file first.

    ``allow_network_without_namespace`` reads even where the system cannot take the network away from the child.
    """

    memory: int = 512 * _MIB
    cpu_seconds: int = 30
    wall_seconds: float = 30.0
    input: int = 128 * _MIB
    output: int = 64 * _MIB
    open_files: int = 64
    converter_memory: int = 4096 * _MIB
    converter_seconds: float = 120.0
    converter_file: int = 256 * _MIB
    allow_network_without_namespace: bool = False


def needs_converter(data: bytes) -> bool:
    """True where ``data`` looks like a file of old office programs, which only LibreOffice reads."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OLD_OFFICE)
