package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
)

// baselineTitle returns the name of a baseline as it is printed.
func baselineTitle(id string) string {
	if id == "li-saas" {
		return "LI-SaaS"
	}
	return strings.ToUpper(id[:1]) + id[1:]
}

// level returns the impact level that is printed: of several baselines the
// highest.
func (f *fedramp) level() string {
	level := baselineTitle(matrix.ImpactLevel(f.selection))
	if len(f.selection.Baselines()) > 1 {
		level += ", the highest of the baselines that the manifest selects"
	}
	return level
}

// baselines returns the baselines that are selected, as they are printed.
func (f *fedramp) baselines() string {
	var titles []string
	for _, b := range f.selection.Baselines() {
		titles = append(titles, baselineTitle(b))
	}
	return strings.Join(titles, " + ")
}

func (f *fedramp) writeInstructions(b *book, name string) error {
	g := newGuide(b, "Control Implementation Summary and Customer Responsibility Matrix · SSP Appendix J")
	g.parties([2]string{"Impact level", f.level()},
		[2]string{"Baseline", f.selection.Framework.Name + ", " + f.baselines() + " (" + f.selection.Name + ")"},
		[2]string{"Grain", f.granularity()})
	f.counts(g)
	for _, part := range fedrampGuide {
		g.heading(part[0])
		for _, text := range part[1:] {
			g.text(plain, text)
		}
	}
	g.services()
	return g.write(name)
}

// granularity says what one row of the worksheets is.
func (f *fedramp) granularity() string {
	if slices.ContainsFunc(f.controls, func(c control) bool { return strings.HasSuffix(c.id, ")") && c.id[len(c.id)-2] >= 'a' }) {
		return "One row for each lettered statement of NIST's catalog, such as AC-02 (a), and one for each control and enhancement without such statements."
	}
	return "One row for each control and enhancement. None of them has lettered statements."
}

// counts adds how many controls there are of each kind. They follow edits.
func (f *fedramp) counts(g *guide) {
	g.heading("State")
	answers := map[string]int{}
	open := 0
	for i := range f.controls {
		answers[f.controls[i].answer]++
		if !slices.Contains(f.controls[i].flags[:firstOrigin], true) {
			open++
		}
	}
	for _, a := range [][2]string{
		{inheritYes, "AWS alone performs the control."},
		{inheritPartial, "Both have a part; the text describes both halves."},
		{inheritNo, "Nothing can be inherited, because AWS has no part or does its own for itself, or the control does not apply; the text gives the reason."},
	} {
		g.count("Can be inherited: "+a[0], answers[a[0]], f.answerFormula(a[0]), a[1])
	}
	g.count("Controls without a status", open, f.openFormula(),
		"Their implementation status is to be confirmed. The number follows the ticks in the "+sheetCIS+".")
}

// answerFormula counts the rows of the CRM worksheet with this answer, but
// for those that only go on with a text.
func (f *fedramp) answerFormula(answer string) string {
	rows := 0
	for i := range f.controls {
		rows += len(chunks(f.controls[i].text))
	}
	last := max(crmHead+rows, crmHead+1)
	return fmt.Sprintf(`COUNTIFS('%[1]s'!$B$%[2]d:$B$%[3]d,"%[4]s",'%[1]s'!$C$%[2]d:$C$%[3]d,"<>%[5]s*")`, sheetCRM, crmHead+1, last, answer, continued)
}

// openFormula counts the rows of the CIS worksheet without a status.
func (f *fedramp) openFormula() string {
	var empty []string
	for i := range firstOrigin {
		c := column(2 + i)
		empty = append(empty, fmt.Sprintf(`'%s'!$%s$%d:$%s$%d,"<>%s"`, sheetCIS, c, cisHead+1, c, max(cisHead+len(f.controls), cisHead+1), flagged))
	}
	return "COUNTIFS(" + strings.Join(empty, ",") + ")"
}

// fedrampGuide explains the worksheets: the name of a part and its texts.
var fedrampGuide = [][]string{
	{"Point of view",
		"The workbook is written for a system that is built on AWS. The CSP is AWS, and the customer is the organization that runs the system. An organization that is itself the service provider of an authorization moves its ticks from the customer's columns to those of the service provider.",
		"Every statement follows from the manifest of the system and the catalog of raci. The other reports of the same manifest name the responsible and the accountable parties, the evidence and the sources."},
	{sheetCIS,
		"Implemented is ticked only where AWS performs all of a control. It rests on AWS's authorization: check that the services and the regions in use are part of it at this impact level.",
		"N/A is ticked only where a control is left out, for the reason given. All other statuses are empty on purpose: what is planned or implemented is for the organization to say and for an assessor to confirm.",
		"Inherited from pre-existing Authorization: AWS alone. Shared: AWS and the customer, and the customer can lean on AWS's part. Configured by Customer: the customer, in its use of the services. Provided by Customer: the customer, outside of the services. These two also stand where AWS does the like for its own organization, of which nothing can be inherited; the text says so. The three columns of the service provider are empty, because they are for systems of the provider itself."},
	{sheetCRM,
		"Yes: AWS alone, and there is no text. Partial: the text describes what AWS provides and what the customer must do. No: the text gives the reason and says what the customer does.",
		"What the organization does outside of AWS, such as guarding its own offices, is not part of the system. It stands beside the customer's half where there is one, and does not turn Yes into Partial.",
		"A statement begins with the name of the service for which it holds and a colon. It can be passed over where that service is not used. All services: holds whatever is used. Organization: is done once, outside of the services.",
		"Process, Frequency and Evidence stand where it is stated how the customer's part is done, how often, and what the manifest shows for it."},
	{"Before it is handed in",
		"Tick the missing implementation statuses, and confirm or change the originations. Read the texts against the System Security Plan: both must say the same."},
}
