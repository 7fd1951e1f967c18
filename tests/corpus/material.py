"""An invented corpus: a few folders of short documents with everything in them that the corpus commands look for."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from luoshi.corpus.columns import TABLES

REPORT = """政府工作报告
——{year}年1月16日在{place}第五届人民代表大会第三次会议上

各位代表：
现在，我代表{place}人民政府向大会报告工作，请予审议。

一、{before}年工作回顾
{before}年，{place}渡口改造稳步推进，群众出行更加便利。{place}新增就业超额完成。

二、{year}年重点任务
今年主要预期目标是：地区生产总值增长{growth}%左右，城镇新增就业{jobs}万人以上。
（一）改造渡口。全年改造渡口{quays}处，更新渡船{boats}艘，6月底前完成选址。（交通运输局牵头，财政局配合）
（二）建设粮仓。全年新建粮仓{barns}座，推广“白名单”管理，推动“三个转变”。
（三）坚持为民。要始终坚持以人民为中心，把群众满意作为检验工作的标准。
"""


def report(place: str, year: int, n: int) -> str:
    """The work report of an invented place; ``n`` makes its numbers its own."""
    own = "".join(f"（{k}）疏浚{place}第{n * 7 + k}号水道{n + k}公里，加固堤防{n * 3 + k}处，由{place}水务局组织验收并向社会公布结果。\n" for k in range(4, 9))
    return REPORT.format(place=place, year=year, before=year - 1, growth=5 + n % 3, jobs=round(1.2 + n / 10, 1), quays=16 + n, boats=3 + n, barns=2 + n) + own


def corpus(folder: Path, *, cities: int = 6) -> Path:
    """Write the corpus into ``folder``: provinces of 2025, cities of 2026, a copy with page chrome, a file that is astray, one of another year."""
    places = ["青湾市", "云川市", "石渡市", "柳溪市", "临江市", "平桥市", "南浦市", "东岭市", "西塘市", "北关市", "清泉市", "安河市"]
    (folder / "province_2025").mkdir(parents=True)
    (folder / "city_2026").mkdir()
    for n, place in enumerate(("临海省", "望山省")):
        (folder / "province_2025" / f"{place}.txt").write_text(report(place, 2025, 40 + n), encoding="utf-8")
    for n, place in enumerate(places[:cities]):
        (folder / "city_2026" / f"{place}.txt").write_text(report(place, 2026, n), encoding="utf-8")
    copied = "下载\n打印\n全屏\n【字号：\n加大\n还原\n】\n" + report("临海省", 2025, 40) + "\n责任编辑：值班室\n"
    (folder / "city_2026" / "远浦市.txt").write_text(copied, encoding="utf-8")
    (folder / "city_2026" / "旧城市.txt").write_text(report("旧城市", 2024, 30).replace("2024年1月16日", "1月16日"), encoding="utf-8")
    return folder


def digests(dataset: Path) -> dict[str, str]:
    """What two runs must have alike, to the byte: the tables and the manifest."""
    names = [*(f"{name}.parquet" for name in TABLES), "manifest.json", "luoshi-corpus.json"]
    return {name: hashlib.sha256((dataset / name).read_bytes()).hexdigest() for name in names}


def started(folder: Path, dataset: Path, *more: str) -> "subprocess.Popen[bytes]":
    """``luoshi corpus decompose`` in a process group of its own."""
    command = [sys.executable, "-m", "luoshi.cli", "corpus", "decompose", str(folder), "-o", str(dataset), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=os.environ)


def parts(dataset: Path) -> int:
    """How many parts are on the disk."""
    return sum(1 for path in (dataset / "parts").glob("*") if not path.name.endswith(".half")) if (dataset / "parts").is_dir() else 0


def killed_when(process: "subprocess.Popen[bytes]", dataset: Path, count: int) -> bool:
    """Kill with SIGKILL once ``count`` parts are there. False where it ended before."""
    while process.poll() is None:
        if parts(dataset) >= count:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(0.002)
    process.communicate()
    return False


def children(pid: int) -> list[int]:
    """The processes under ``pid``, all generations."""
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(stat.parent.name)
            found += [child, *children(child)]
    return found
