#!/bin/sh
# 落实离线安装：核对文件，建立独立的 Python 环境，只从本文件夹安装，不访问网络。
#   sh install.sh [安装位置]        默认 /opt/luoshi
#   PYTHON=/usr/bin/python3.12 sh install.sh …   指定用哪个 Python
set -eu

bundle=$(cd "$(dirname "$0")" && pwd)
place=${1:-/opt/luoshi}

say() { printf '%s\n' "$*"; }
fail() {
    say "不能安装：$1" >&2
    say "下一步：$2" >&2
    exit 1
}

cd "$bundle"
case $place in /*) ;; *) fail "安装位置 $place 不是完整路径。" "请写成以 / 开头的路径，如 /opt/luoshi。" ;; esac
if [ -e "$place" ] && [ -n "$(ls -A "$place" 2>/dev/null)" ]; then
    fail "$place 不是空文件夹。" "请换一个位置；升级时装到新的文件夹，再让服务改用新的位置（数据文件夹不变）。"
fi

# 这台机器
machine=$(uname -m)
[ "$(uname -s)" = Linux ] || fail "本安装包只用于 Linux，这台机器是 $(uname -s)。" "请在 Linux 服务器上安装。"
grep -q " $machine\$" targets || fail "本安装包没有 $machine 架构的软件，只有：$(cut -d' ' -f2 targets | sort -u | tr '\n' ' ')" "请向提供安装包的人索取 $machine 的安装包。"
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2 || true)
case $libc in
    2.*) [ "${libc#2.}" -ge 28 ] || fail "系统的 C 库 glibc $libc 太旧，至少要 2.28。" "请换用较新的系统，如麒麟 V10、统信 UOS 20、openEuler 20.03、Debian 10 以上。" ;;
    *) fail "这个系统没有 glibc 2.28 以上的 C 库。" "请换用较新的系统，如麒麟 V10、统信 UOS 20、openEuler 20.03、Debian 10 以上。" ;;
esac

# Python
versions=$(grep " $machine\$" targets | cut -d' ' -f1 | tr '\n' ' ')
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
if [ -n "${PYTHON:-}" ]; then
    tried=$PYTHON
else
    tried=python3
    for one in $versions; do tried="python$one $tried"; done
fi
python=
for one in $tried; do
    found=$(version_of "$one")
    for version in $versions; do
        if [ "$found" = "$version" ]; then python=$one; break 2; fi
    done
done
[ -n "$python" ] || fail "没有找到可用的 Python。本安装包要用的版本：$versions" "请安装其中一种（可以与系统自带的并存），再用 PYTHON=路径 sh install.sh 指定。"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python 缺少 venv 或 ensurepip 模块。" "请安装系统的 python$found-venv 软件包，或者换一个完整的 Python。"

# 文件
say "落实离线安装"
say "1/3 核对文件……"
checked=$(LC_ALL=C sha256sum --check --quiet --strict SHA256SUMS 2>&1) || {
    wrong=$(printf '%s\n' "$checked" | sed -n 's/: FAILED.*//p' | head -n 1)
    fail "安装包的文件不完整或已损坏（${wrong:-SHA256SUMS}）。" "请重新复制安装包；仍然不对，请向提供安装包的人重新索取。"
}

# 安装
say "2/3 在 $place 建立 Python 环境（$python，$found）……"
trap 'rm -rf "$place"; fail "安装没有完成，$place 已清除。" "原因见上面的输出；多半是磁盘空间不够（约需 1 GB）或者没有写入权限。"' EXIT
trap 'exit 1' INT TERM HUP
mkdir -p "$place"
"$python" -m venv "$place"
say "3/3 安装软件，只用本文件夹里的文件，大约一两分钟……"
PIP_CONFIG_FILE=/dev/null "$place/bin/python" -m pip --isolated --disable-pip-version-check --quiet --quiet install \
    --no-index --find-links wheels --only-binary :all: --require-hashes --requirement requirements.txt
"$place/bin/luoshi" --version >/dev/null
trap - EXIT INT TERM HUP

say ""
say "已装好：$("$place/bin/luoshi" --version)，在 $place。"
if command -v fc-list >/dev/null 2>&1 && [ -z "$(fc-list :lang=zh family)" ]; then
    say "注意：系统没有中文字体，生成 PDF 公文前请安装一种（如思源宋体、方正或华文字体）。"
fi
say "先看示例：  $place/bin/luoshi serve --demo --data ~/luoshi-demo"
say "正式使用：  见本文件夹的 README.txt"
