// Writes the cells of cells.py with libxlsxwriter, and prints cpu seconds and the peak of memory in MiB.
//   peer CELLS FILE constant|plain
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <xlsxwriter.h>

enum { styles = 256, fields = 5 };

static char *empty = "";

// split cuts a line at its tabs.
static void split(char *line, char **field) {
  for (int i = 0; i < fields; i++) field[i] = empty;
  line[strcspn(line, "\n")] = 0;
  for (int i = 0; i < fields && line; i++) {
    field[i] = line;
    if ((line = strchr(line, '\t'))) *line++ = 0;
  }
}

static char *text(char *s) {
  for (char *c = s; *c; c++)
    if (*c == 1) *c = '\n';
  return s;
}

// formula returns one with the sign that this library wants.
static char *formula(char *s) {
  static char out[4096];
  snprintf(out, sizeof out, "=%s", s);
  return out;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  FILE *in = fopen(argv[1], "r");
  if (!in) return 2;
  lxw_workbook_options options = {.constant_memory = strcmp(argv[3], "constant") == 0};
  lxw_workbook *book = workbook_new_opt(argv[2], &options);
  lxw_format *format[styles];
  for (int i = 0; i < styles; i++) {
    format[i] = workbook_add_format(book);
    format_set_font_name(format[i], "Arial");
    format_set_font_size(format[i], 7 + i % 4);
    format_set_text_wrap(format[i]);
    format_set_border(format[i], LXW_BORDER_THIN);
    format_set_bg_color(format[i], 0xF0F0F0 + i);
  }
  lxw_worksheet *sheet = NULL;
  char *line = NULL, *f[fields];
  size_t size = 0;
  int row = 0;
  while (getline(&line, &size, in) > 0) {
    split(line, f);
    int col = atoi(f[1]), style = atoi(f[2]) % styles;
    switch (f[0][0]) {
    case 'S': sheet = workbook_add_worksheet(book, f[1]); break;
    case 'C': worksheet_set_column(sheet, col, col, atof(f[2]), NULL); break;
    case 'R': {
      row = col;
      lxw_row_col_options level = {.level = atoi(f[3])};
      worksheet_set_row_opt(sheet, row, atof(f[2]) > 0 ? atof(f[2]) : LXW_DEF_ROW_HEIGHT, NULL, &level);
      break;
    }
    case 'T': worksheet_write_string(sheet, row, col, text(f[3]), format[style]); break;
    case 'N':
      if (*f[4]) worksheet_write_formula_num(sheet, row, col, formula(f[4]), format[style], atof(f[3]));
      else worksheet_write_number(sheet, row, col, atof(f[3]), format[style]);
      break;
    case 'F': worksheet_write_formula_str(sheet, row, col, formula(f[4]), format[style], f[3]); break;
    case 'B': worksheet_write_blank(sheet, row, col, format[style]); break;
    }
  }
  if (workbook_close(book)) return 1;
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  printf("%.3f %.1f\n", u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6, u.ru_maxrss / 1024.0);
  return 0;
}
