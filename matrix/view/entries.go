package view

import (
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// entries lists what is in use, and which reports of AWS cover it.
func entries(r *Report) *Section {
	m := r.Matrix
	names, named := m.ProgramNames(), namedPrograms(m)
	return &Section{ID: Entries, Title: EntriesTitle, About: "What is in use, who owns it, and which reports of AWS cover it",
		Intro: []string{"AWS publishes which services its audits have in scope. Here are the audits whose reports this document names and of which a list at hand has the " +
			"service, with the month of that list. That a list lacks a service says nothing, as lists age: the report in AWS Artifact says whether it covers it.",
			"The level says how much of what runs under a service is out of the customer's sight: from bare metal, where the customer runs the hypervisor, over IaaS (it runs " +
				"the operating system), containers (it runs their hosts), PaaS (AWS runs operating system and platform), serverless (AWS runs all under the customer's code or data) " +
				"and abstracted services (an endpoint, with nothing to run) to SaaS (a finished application). The higher it is, the more of the duties AWS performs."},
		Tables: []*Table{{ID: Entries, Count: len(m.Entries), Empty: "The manifest has no entries.",
			Columns: []Column{{Title: "Entry", Chars: 26}, {Title: "Service", Chars: 34}, {Title: "Level", Chars: 12}, {Title: "Owner", Chars: 24}, {Title: "AWS reports", Chars: 70, Kind: Long}},
			Rows: func(yield func(Row) bool) {
				for i := range m.Entries {
					e := &m.Entries[i]
					c := list(CoverageLines(names, named(e.Coverage)))
					if len(c.Lines) == 0 {
						c = toned("no list at hand has it", Missing)
					}
					if !yield(Row{ID: e.Name, Cells: []Cell{toned(e.Name, Strong), text(ServiceLabel(e)), text(LevelName(e.Level)), stated(r.PartyName(e.Owner)), c}}) {
						return
					}
				}
			}}}}
}

// LevelName returns what a level is called.
func LevelName(l catalog.Level) string {
	switch l {
	case catalog.BareMetal:
		return "Bare metal"
	case catalog.IaaS:
		return "IaaS"
	case catalog.Containers:
		return "Containers"
	case catalog.PaaS:
		return "PaaS"
	case catalog.Serverless:
		return "Serverless"
	case catalog.Abstracted:
		return "Abstracted"
	case catalog.SaaS:
		return "SaaS"
	}
	return string(l)
}

// namedPrograms returns a function that keeps the programs whose reports evidence or a
// framework names: of the others a reader would see the same long list in each entry.
func namedPrograms(m *matrix.Matrix) func([]catalog.Coverage) []catalog.Coverage {
	programs, named := map[string][]string{}, map[string]bool{}
	for i := range m.Programs {
		for _, report := range m.Programs[i].Reports {
			programs[report] = append(programs[report], m.Programs[i].ID)
		}
	}
	name := func(reports []string) {
		for _, e := range reports {
			report, _ := catalog.Unqualified(e)
			for _, id := range programs[report] {
				named[id] = true
			}
		}
	}
	for i := range m.Rows {
		name(m.Rows[i].Evidence)
	}
	for i := range m.Frameworks {
		name(m.Frameworks[i].Framework.Reports)
	}
	return func(coverage []catalog.Coverage) (kept []catalog.Coverage) {
		for _, c := range coverage {
			if named[c.Program] {
				kept = append(kept, c)
			}
		}
		return kept
	}
}

// CoverageLines says which programs have a service in scope, by their names: a line for
// those that lists of the same months have, and one for each that has a limit.
func CoverageLines(names map[string]string, coverage []catalog.Coverage) []string {
	var lines []string
	seen := map[catalog.Coverage]bool{}
	for i, c := range coverage {
		kind := catalog.Coverage{Since: c.Since, Seen: c.Seen, Limit: c.Limit}
		if seen[kind] {
			continue
		}
		seen[kind] = true
		programs := []string{nonEmpty(names[c.Program], c.Program)}
		for _, o := range coverage[i+1:] {
			if o.Since == c.Since && o.Seen == c.Seen && o.Limit == c.Limit {
				programs = append(programs, nonEmpty(names[o.Program], o.Program))
			}
		}
		lines = append(lines, strings.Join(programs, ", ")+" ("+sinceWhen(&c)+")")
	}
	return lines
}

func sinceWhen(c *catalog.Coverage) string {
	text := "since at least " + c.Since
	if c.Seen != c.Since {
		text += ", last seen " + c.Seen
	}
	return joinedBy("; ", text, c.Limit)
}
