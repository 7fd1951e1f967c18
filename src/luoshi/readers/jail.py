"""What the reading child may do: no network, little memory and time, nothing written outside its scratch folder.

Called once, by the child, before any parser is imported; there is no way back. Linux only: namespaces for the network
(where they are refused the child does not read), resource limits, and Landlock where the kernel has it.
"""

import ctypes
import os
import resource
from pathlib import Path

from luoshi.readers.limits import Limits
from luoshi.text import IsolationUnavailable
from luoshi.text.language import _

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SIGKILL = 9

# Landlock: numbers of its calls, the same on every architecture, and its rights (linux/landlock.h).
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE = 1 << 0, 1 << 1
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_CHANGE_FOLDERS = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP, _SCOPED = 0b11, 0b11


def enter(limits: Limits, scratch: Path, *, converter: bool) -> None:
    """Give up the network, the file system outside ``scratch`` and all that ``limits`` does not grant.

    ``converter`` leaves room for LibreOffice. Raises IsolationUnavailable where the network cannot be given up.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl(_PR_SET_PDEATHSIG, *map(ctypes.c_ulong, (_SIGKILL, 0, 0, 0)))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    if not _leave_network(libc) and not limits.allow_network_without_namespace:
        raise IsolationUnavailable(
            _("本系统不允许为读取进程断开网络，已停止读取。"),
            hint=_("请管理员开启用户命名空间（user namespaces），或在设置中允许不隔离网络读取。"),
        )
    _lock_files(libc, scratch, converter=converter)
    seconds = int(limits.converter_seconds) if converter else limits.cpu_seconds
    memory = limits.converter_memory if converter else limits.memory
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, limits.converter_file if converter else 0)
    _limit(resource.RLIMIT_NOFILE, 1024 if converter else limits.open_files)
    if not converter:
        _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds, hard=seconds + 2)


def _limit(what: int, soft: int, *, hard: int | None = None) -> None:
    """Lower a limit; one that is already lower stays."""
    _soft, most = resource.getrlimit(what)
    wanted = soft if hard is None else hard
    ceiling = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(what, (min(soft, ceiling), ceiling))


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace without any interface that is up; as a plain user by way of a user namespace."""
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Without these the child would be nobody, and LibreOffice finds no home.
    for file, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        try:
            Path("/proc/self", file).write_text(content, encoding="ascii")
        except OSError:
            break  # nobody can read as well
    return True


def _lock_files(libc: ctypes.CDLL, scratch: Path, *, converter: bool) -> None:
    """Landlock: nothing is written, made or removed but below ``scratch``, and nothing is executed; older kernels do without."""
    version = _call(libc, _CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    rights = _WRITE_FILE | _CHANGE_FOLDERS | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    handled = rights | (0 if converter else _EXECUTE)
    words = [handled, *([_TCP] if version >= 4 else []), *([_SCOPED] if version >= 6 and not converter else [])]
    attributes = (ctypes.c_uint64 * len(words))(*words)
    ruleset = _call(libc, _CREATE_RULESET, attributes, ctypes.sizeof(attributes), 0)
    if ruleset < 0:
        return
    _allow(libc, ruleset, scratch, rights)
    _allow(libc, ruleset, Path("/dev/null"), rights & (_WRITE_FILE | _TRUNCATE))
    if converter:
        # LibreOffice puts the socket by which it knows its other instances there, whatever TMPDIR says.
        _allow(libc, ruleset, Path("/tmp"), _MAKE_SOCKET | _REMOVE_FILE)
    _call(libc, _RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    # struct landlock_path_beneath_attr is packed: a u64 and an s32.
    rule = rights.to_bytes(8, "little") + folder.to_bytes(4, "little")
    _call(libc, _ADD_RULE, ruleset, 1, rule, 0)
    os.close(folder)


def _call(libc: ctypes.CDLL, number: int, *arguments: object) -> int:
    """A system call whose plain numbers go as long, as a variadic C function expects them."""
    longs = (ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments)
    return int(libc.syscall(ctypes.c_long(number), *longs))
