"""Writes the cells of cells.py with XlsxWriter, and prints cpu seconds and the peak of memory in MiB."""
import resource
import sys

import xlsxwriter

STYLES = 256
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
formats = [book.add_format({"font_name": "Arial", "font_size": 7 + i % 4, "text_wrap": True, "border": 1, "bg_color": "#%06X" % (0xF0F0F0 + i)})
           for i in range(STYLES)]
sheet, row = None, 0
with open(sys.argv[1], encoding="utf-8", newline="\n") as lines:
    for line in lines:
        f = line[:-1].split("\t")
        kind = f[0]
        if kind == "S":
            sheet = book.add_worksheet(f[1])
            continue
        col = int(f[1])
        if kind == "C":
            sheet.set_column(col, col, float(f[2]))
        elif kind == "R":
            row = col
            sheet.set_row(row, float(f[2]) or None, None, {"level": int(f[3])})
        elif kind == "T":
            sheet.write_string(row, col, f[3].replace("\x01", "\n"), formats[int(f[2]) % STYLES])
        elif kind == "B":
            sheet.write_blank(row, col, None, formats[int(f[2]) % STYLES])
        elif kind == "F" or f[4]:
            value = f[3] if kind == "F" else float(f[3])
            sheet.write_formula(row, col, "=" + f[4], formats[int(f[2]) % STYLES], value)
        else:
            sheet.write_number(row, col, float(f[3]), formats[int(f[2]) % STYLES])
book.close()
u = resource.getrusage(resource.RUSAGE_SELF)
print("%.3f %.1f" % (u.ru_utime + u.ru_stime, u.ru_maxrss / 1024))
