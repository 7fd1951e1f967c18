"""A machine without a network: run in ``unshare -n``. A tunnel that leads nowhere takes all that wants to leave, and is read."""

import fcntl
import ipaddress
import os
import struct
import subprocess
import threading
from pathlib import Path

TUN = Path("/dev/net/tun")
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_UNSPOKEN = {1, 2, 58, 0}  # what the kernel says by itself on a new interface: ICMP, IGMP, ICMPv6, hop-by-hop options


class Leaving:
    """Every address that something on this machine tried to reach outside of it: ``address protocol``, in order."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        _ip("link", "set", "lo", "up")
        self._tunnel = os.open(TUN, os.O_RDWR)
        fcntl.ioctl(self._tunnel, _TUNSETIFF, struct.pack("16sH", b"out0", _IFF_TUN | _IFF_NO_PI))
        _ip("addr", "add", "10.255.0.1/24", "dev", "out0")
        _ip("link", "set", "out0", "up")
        _ip("route", "add", "default", "dev", "out0")
        if Path("/proc/net/if_inet6").exists():
            _ip("-6", "addr", "add", "fd00:255::1/64", "dev", "out0")
            _ip("-6", "route", "add", "default", "dev", "out0")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while packet := os.read(self._tunnel, 65536):
            told = _where(packet)
            if told:
                self.tried.append(told)


def _where(packet: bytes) -> str:
    """Where a packet goes; empty for what the kernel says to its neighbours."""
    if packet[0] >> 4 == 4:
        to, protocol, rest = ipaddress.ip_address(packet[16:20]), packet[9], packet[(packet[0] & 15) * 4 :]
    else:
        to, protocol, rest = ipaddress.ip_address(packet[24:40]), packet[6], packet[40:]
    if to.is_multicast and protocol in _UNSPOKEN:
        return ""
    port = int.from_bytes(rest[2:4], "big") if protocol in (6, 17) else 0
    return f"{to} port {port} protocol {protocol}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
