package pdf

import (
	"raci/matrix"
	"raci/matrix/catalog"
)

// term is a word or mark of the report and what it means.
type term struct {
	word, means string
	fill        rgb
	color       rgb
	face        face
}

// legend explains letters, splits, bases and marks, and how rows came about.
func (r *builder) legend() {
	r.newPage()
	r.section("Legend and method", 400)
	first, half := r.y, (r.textWidth-24)/2
	r.terms(margin, half, "Letters", []term{
		{"A", "Accountable: answers for the duty. Exactly one party of each row.", letterTint(matrix.Accountable), navy, bold},
		{"R", "Responsible: does the work.", letterTint(matrix.Responsible), ink, regular},
		{"A/R", "Answers for the duty and does the work.", letterTint(matrix.Accountable), navy, bold},
		{"C", "Consulted: is asked before.", letterTint(matrix.Consulted), ink, regular},
		{"I", "Informed: is told after.", letterTint(matrix.Informed), ink, regular},
	})
	r.terms(margin, half, "Splits: who performs the duty", []term{
		{"AWS", "AWS performs it alone.", awsTint, ink, regular},
		{"Customer", "The customer performs it alone.", customerTint, ink, regular},
		{"Shared", "Two or more sides perform it, each its part.", sharedTint, ink, regular},
		{"a name", "The operator of that name performs it alone. An operator of few duties has no column: what it does stands with the customer's, under its name.", operatorTint, ink, regular},
	})
	r.terms(margin, half, "Marks", []term{
		{"gap", "No party is accountable. The row is kept, and not filled by a guess.", pink, red, bold},
		{"unassigned", "No rule and no owner names who does the customer's part; the accountable party holds A/R.", 0, red, bold},
		{"exception", "The manifest deviates from the catalog here; the number leads to the reason and the end.", 0, linkBlue, bold},
		{"(assumed)", "The manifest names no variant of the service; this one was taken.", 0, ink, regular},
		{string(box), "A character that none of the report's fonts has.", 0, ink, regular},
	})
	low := r.y
	r.y = first
	x := margin + half + 24
	r.terms(x, half, "Basis: what a row rests on", []term{
		{"control", "Stated once for all services, in the catalog's list of controls.", 0, ink, regular},
		{"model", "Follows from the kind of service.", 0, ink, regular},
		{"service", "Stated for this service or variant, with a source of its own.", 0, ink, regular},
		{"overlay", "Stated in a catalog of the organization's own.", 0, ink, regular},
		{"override", "Stated in the manifest.", 0, ink, regular},
		{"[3] 2026-11", "Source number 3, and the month in which it was checked.", 0, linkBlue, regular},
	})
	r.terms(x, half, "Categories of controls", []term{
		{"inherited", "The customer fully inherits the control from AWS.", 0, ink, regular},
		{"shared", "AWS and the customer each apply the control in their own part.", 0, ink, regular},
		{"customer-specific", "The control is the customer's alone.", 0, ink, regular},
	})
	r.categories(x, half)
	r.y += 10
	r.heading(x, "Accountability")
	r.paragraph(x, half, r.conventionText(), regular, 8.5, ink)
	r.y += 8
	r.heading(x, "Method")
	r.paragraph(x, half, r.method(), regular, 8.5, ink)
	r.y = max(low, r.y)
}

func (r *builder) terms(x, w float64, title string, terms []term) {
	const key = 84
	r.heading(x, title)
	t := &table{l: r.layout, x: x, size: 8, cols: []column{{title: "Mark", width: key}, {title: "Meaning", width: w - key}}, started: true}
	r.line(x, r.y, x+w, r.y, rule)
	for _, tm := range terms {
		c := cell{}
		for _, s := range r.wrap(tm.means, regular, t.size, w-key-2*pad) {
			c.lines = append(c.lines, line{text: s, color: ink})
		}
		t.row([]cell{{lines: []line{{text: tm.word, face: tm.face, color: tm.color}}, fill: tm.fill}, c}, nil)
	}
	t.end()
	r.y += 8
}

// categories names the controls of this matrix by category.
func (r *builder) categories(x, w float64) {
	for _, category := range catalog.Categories {
		var names []string
		seen := map[string]bool{}
		for i := range r.m.Rows {
			row := &r.m.Rows[i]
			if name := controlName(row); row.Category == category && !seen[name] {
				seen[name] = true
				names = append(names, r.clean(name))
			}
		}
		if len(names) == 0 {
			continue
		}
		for _, s := range r.wrapAtMost(3, "Here "+string(category)+": "+join("; ", names...)+".", italic, 8, w) {
			r.text(x, r.y+8, s, italic, 8, grey)
			r.y += 10.2
		}
	}
}

func (r *builder) conventionText() string {
	if r.m.Accountability == matrix.ProviderAccountable {
		return "AWS or another operator holds A/R for the duties it performs alone; the customer's accountable party is informed."
	}
	return "The customer stays accountable for every duty, also for what AWS performs: accountability cannot be handed to a provider."
}

func (r *builder) method() string {
	catalog := "the catalog"
	if v := r.clean(r.m.Catalog.Version); v != "" {
		catalog += " (version " + r.shorten(v, regular, 8.5, 100) + ")"
	}
	return "The rows come from " + catalog + ", which says for each duty of each service and variant what AWS does and what the customer does, " +
		"merged with the organization's manifest, which says who uses what and who owns it. Each row is one duty: of AWS for all services, " +
		"of the organization for all services, or of one entry. Letters follow from the split, the owner and the assignments of the manifest; the most specific statement wins. " +
		"The report shows what was declared and what the sources say; it is no evidence that a duty was performed."
}
