"""Writes a table as a PDF with reportlab: reportlab_table.py TABLE.tsv FONT.ttf OUT.pdf [canvas].

The first line of the table holds the widths, the second the titles. Without
"canvas" the table is a LongTable of Paragraphs, as reportlab's users make
tables; with it every line is drawn by hand, which is the least it can take.
"""
import sys

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

MARGIN, WIDTH, HEIGHT, SIZE, PAD = 32, 841.89, 595.28, 7.5, 2.5
LEAD = SIZE * 1.22


class Table:
    def __init__(self, canvas, widths, titles):
        self.canvas, self.widths, self.titles = canvas, widths, titles
        self.start()

    def start(self):
        self.canvas.setFont("face", SIZE)
        self.canvas.setLineWidth(0.4)
        self.y = MARGIN
        self.row(self.titles)

    def row(self, cells):
        lines = [simpleSplit(s, "face", SIZE, w - 2 * PAD) for s, w in zip(cells, self.widths)]
        h = max(map(len, lines)) * LEAD + 2 * PAD
        if self.y + h > HEIGHT - 42:
            self.canvas.showPage()
            self.start()
        x = MARGIN
        c, top = self.canvas, HEIGHT - self.y
        for cell, w in zip(lines, self.widths):
            for k, s in enumerate(cell):
                c.drawString(x + PAD, top - PAD - k * LEAD - SIZE * 0.93, s)
            x += w
        edges = [(MARGIN, top - h, x, top - h)]
        x = MARGIN
        for w in [*self.widths, 0]:
            edges.append((x, top, x, top - h))
            x += w
        c.lines(edges)
        self.y += h


def long_table(table, out):
    style = ParagraphStyle("cell", fontName="face", fontSize=SIZE, leading=LEAD)
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")] +
                      [(f"{side}PADDING", (0, 0), (-1, -1), PAD) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")])
    with open(table, encoding="utf-8") as f:
        widths = [float(w) for w in next(f).split("\t")]
        rows = [[Paragraph(s, style) for s in line.rstrip("\n").split("\t")] for line in f]
    page = SimpleDocTemplate(out, pagesize=(WIDTH, HEIGHT), leftMargin=26, rightMargin=26, topMargin=26, bottomMargin=36, pageCompression=1)
    page.build([LongTable(rows, widths, repeatRows=1, style=grid)])


def main(table, font, out, how="table"):
    pdfmetrics.registerFont(TTFont("face", font))
    if how == "table":
        return long_table(table, out)
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    with open(table, encoding="utf-8") as f:
        widths = [float(w) for w in next(f).split("\t")]
        t = Table(canvas, widths, next(f).rstrip("\n").split("\t"))
        for line in f:
            t.row(line.rstrip("\n").split("\t"))
    canvas.save()


main(*sys.argv[1:])
