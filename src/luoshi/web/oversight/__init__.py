"""Oversight: the ladder 提醒 → 蓝 → 黄 → 红 → 通报建议, that a person climbs where a matter is late.

``ladder`` and ``workflow`` decide and know no Django; every write is in ``services``, every read starts at ``selectors``. Nothing here ranks
units or people.
"""
