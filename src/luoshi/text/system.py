"""What an operating system says when a file cannot be read or written, in words that an office knows."""

import errno

from luoshi.text.language import _


def reason(error: OSError) -> str:
    """Why the system refused; what it says itself where there is no word of ours for it."""
    words = {
        errno.ENOENT: _("没有这个文件或文件夹"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.EROFS: _("磁盘是只读的"),
        errno.ENOSPC: _("磁盘已满"),
        errno.EDQUOT: _("超出了磁盘配额"),
        errno.EISDIR: _("这是文件夹"),
        errno.ENOTDIR: _("路径中有一段不是文件夹"),
        errno.ENAMETOOLONG: _("文件名太长"),
        errno.EMFILE: _("同时打开的文件太多"),
        errno.EIO: _("磁盘读写出错"),
        errno.EBUSY: _("文件正被别的程序占用"),
    }
    return words.get(error.errno or 0) or error.strerror or str(error)
