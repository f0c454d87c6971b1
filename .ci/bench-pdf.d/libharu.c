/* Writes a table as a PDF with libharu: libharu TABLE.tsv FONT.ttf OUT.pdf.
 * The first line of the table holds the widths, the second the titles. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAXCOLS = 64, MAXLINES = 200 };
static const float margin = 32, width = 841.89f, height = 595.28f, size = 7.5f, pad = 2.5f;

static HPDF_Doc doc;
static HPDF_Font font;
static HPDF_Page page;
static float widths[MAXCOLS], y;
static char *titles[MAXCOLS];
static int ncols;

static void fail(HPDF_STATUS code, HPDF_STATUS detail, void *data) {
	fprintf(stderr, "libharu: %04X %u\n", (unsigned)code, (unsigned)detail);
	exit(1);
}

static int split(char *line, char **cells) {
	int n = 0;
	line[strcspn(line, "\n")] = 0;
	for (char *p = line; p && n < MAXCOLS;) {
		cells[n++] = p;
		p = strchr(p, '\t');
		if (p)
			*p++ = 0;
	}
	return n;
}

/* Wraps a text in place: lines[i] is a length from starts[i]. */
static int wrap(const char *s, float w, const char **starts, int *lengths) {
	int n = 0;
	while (*s && n < MAXLINES) {
		HPDF_UINT fits = HPDF_Page_MeasureText(page, s, w, HPDF_TRUE, NULL);
		if (fits == 0)
			fits = HPDF_Page_MeasureText(page, s, w, HPDF_FALSE, NULL);
		if (fits == 0)
			fits = 1;
		starts[n] = s;
		lengths[n] = (int)fits;
		while (lengths[n] > 0 && s[lengths[n] - 1] == ' ')
			lengths[n]--;
		n++;
		s += fits;
	}
	return n;
}

static void row(char **cells);

static void new_page(void) {
	page = HPDF_AddPage(doc);
	HPDF_Page_SetWidth(page, width);
	HPDF_Page_SetHeight(page, height);
	HPDF_Page_SetFontAndSize(page, font, size);
	HPDF_Page_SetLineWidth(page, 0.4f);
	y = margin;
	row(titles);
}

static void row(char **cells) {
	static const char *starts[MAXCOLS][MAXLINES];
	static int lengths[MAXCOLS][MAXLINES], lines[MAXCOLS];
	char text[1024];
	int most = 0;
	for (int i = 0; i < ncols; i++) {
		lines[i] = wrap(cells[i], widths[i] - 2 * pad, starts[i], lengths[i]);
		if (lines[i] > most)
			most = lines[i];
	}
	float lead = size * 1.22f, h = most * lead + 2 * pad, x = margin;
	if (y + h > height - 42)
		new_page();
	HPDF_Page_BeginText(page);
	for (int i = 0; i < ncols; i++) {
		for (int k = 0; k < lines[i]; k++) {
			snprintf(text, sizeof text, "%.*s", lengths[i][k], starts[i][k]);
			HPDF_Page_TextOut(page, x + pad, height - y - pad - k * lead - size * 0.93f, text);
		}
		x += widths[i];
	}
	HPDF_Page_EndText(page);
	HPDF_Page_MoveTo(page, margin, height - y - h);
	HPDF_Page_LineTo(page, x, height - y - h);
	x = margin;
	for (int i = 0; i <= ncols; i++) {
		HPDF_Page_MoveTo(page, x, height - y);
		HPDF_Page_LineTo(page, x, height - y - h);
		x += i < ncols ? widths[i] : 0;
	}
	HPDF_Page_Stroke(page);
	y += h;
}

int main(int argc, char **argv) {
	static char first[65536], second[65536], line[65536];
	char *cells[MAXCOLS];
	FILE *in = argc == 4 ? fopen(argv[1], "r") : NULL;
	if (!in || !fgets(first, sizeof first, in) || !fgets(second, sizeof second, in)) {
		fprintf(stderr, "usage: libharu TABLE.tsv FONT.ttf OUT.pdf\n");
		return 2;
	}
	ncols = split(first, cells);
	for (int i = 0; i < ncols; i++)
		widths[i] = (float)atof(cells[i]);
	if (split(second, titles) != ncols) {
		fprintf(stderr, "libharu: the widths and the titles of the table differ in number\n");
		return 2;
	}
	doc = HPDF_New(fail, NULL);
	HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(doc);
	font = HPDF_GetFont(doc, HPDF_LoadTTFontFromFile(doc, argv[2], HPDF_TRUE), "UTF-8");
	new_page();
	while (fgets(line, sizeof line, in)) {
		for (int i = split(line, cells); i < ncols; i++)
			cells[i] = "";
		row(cells);
	}
	HPDF_SaveToFile(doc, argv[3]);
	HPDF_Free(doc);
	return 0;
}
