"""Writes the cells of a workbook as lines that peer.c and peer.py read.

S name            a sheet
C column width    a column
R row height level
T column style text        (line ends are \\x01)
N column style number formula
F column style value formula
B column style
"""
import html
import re
import sys
import zipfile

CELL = re.compile(r'<c r="([A-Z]+)\d+" s="(\d+)"(?: t="(\w+)")?(?:/>|>(.*?)</c>)', re.S)
ROW = re.compile(r'<row r="(\d+)"([^>]*)>(.*?)</row>', re.S)
COL = re.compile(r'<col min="(\d+)" max="\d+" width="([\d.]+)"')


def column(name):
    n = 0
    for c in name:
        n = n * 26 + ord(c) - 64
    return n - 1


def tag(name, inner):
    m = re.search("<%s(?: [^>]*)?>(.*?)</%s>" % (name, name), inner, re.S)
    return html.unescape(m.group(1)).replace("\n", "\x01").replace("\t", " ") if m else ""


def attribute(name, attributes):
    m = re.search('%s="([^"]*)"' % name, attributes)
    return m.group(1) if m else "0"


with zipfile.ZipFile(sys.argv[1]) as book, open(sys.argv[2], "w", encoding="utf-8", newline="\n") as out:
    names = re.findall(r'<sheet [^>]*name="([^"]+)"', book.read("xl/workbook.xml").decode())
    for i, name in enumerate(names, 1):
        xml = book.read("xl/worksheets/sheet%d.xml" % i).decode()
        print("S", name, sep="\t", file=out)
        for number, width in COL.findall(xml):
            print("C", int(number) - 1, width, sep="\t", file=out)
        for row, attributes, cells in ROW.findall(xml):
            print("R", int(row) - 1, attribute("ht", attributes), attribute("outlineLevel", attributes), sep="\t", file=out)
            for ref, style, kind, inner in CELL.findall(cells):
                if kind == "inlineStr":
                    print("T", column(ref), style, tag("t", inner), sep="\t", file=out)
                elif kind == "str":
                    print("F", column(ref), style, tag("v", inner), tag("f", inner), sep="\t", file=out)
                elif inner:
                    print("N", column(ref), style, tag("v", inner), tag("f", inner), sep="\t", file=out)
                else:
                    print("B", column(ref), style, sep="\t", file=out)
