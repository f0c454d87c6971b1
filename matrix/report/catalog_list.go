package report

import (
	"fmt"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// CatalogList is one list of what a catalog holds.
type CatalogList struct {
	Name     string
	Headings []string // of the table
	List     func(*catalog.Catalog) ([]CatalogLine, source.Diagnostics)
}

// CatalogLine is one line of a list: for programs as it is, for people its
// cells.
type CatalogLine struct {
	Value any // to be written as JSON
	Cells []string
}

// CatalogLists are all lists. To add one, write a function and add a line.
var CatalogLists = []CatalogList{
	{"services", []string{"ID", "NAME", "MODEL", "LEVEL", "UNEXAMINED", "VARIANTS"}, listServices},
	{"models", []string{"ID", "NAME"}, listModels},
	{"variants", []string{"ID", "NAME"}, listVariants},
	{"controls", []string{"ID", "NAME", "CATEGORY", "DUTIES"}, listControls},
	{"duties", []string{"ID", "CONTROL", "SCOPE", "NAME"}, listDuties},
	{"programs", []string{"ID", "NAME", "SERVICES", "NEWEST LIST"}, listPrograms},
	{"frameworks", []string{"ID", "NAME", "REQUIREMENTS", "BASELINES"}, listFrameworks},
	{"facts", []string{"ID", "QUESTION", "ANSWERS"}, listFacts},
}

type listedService struct {
	catalog.ServiceSummary
	Variants []string `json:"variants"` // also where there are none
}

type listedKind struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

type listedControl struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Category string `json:"category"`
	Duties   int    `json:"duties"`
}

type listedDuty struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Control string `json:"control"`
	Scope   string `json:"scope"`
}

type listedFact struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"` // the question
	Values   []string `json:"values"`
	ListedAt string   `json:"listed_at,omitempty"`
}

type listedProgram struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Page     string   `json:"page"`
	Reports  []string `json:"reports"`
	Services []string `json:"services"`
	Newest   string   `json:"newest"` // month of the newest list, or ""
}

type listedFramework struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Requirements int      `json:"requirements"`
	Baselines    []string `json:"baselines"`
}

func listServices(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	services, problems := cat.Services()
	var lines []CatalogLine
	for _, s := range services {
		name := s.Name
		if s.Lifecycle != "" {
			name += " (" + string(s.Lifecycle) + ")"
		}
		unexamined := ""
		if s.Unexamined > 0 {
			unexamined = fmt.Sprint(s.Unexamined)
		}
		lines = append(lines, CatalogLine{listedService{s, append([]string{}, s.Variants...)},
			[]string{s.ID, name, s.Model, string(s.Level), unexamined, strings.Join(s.Variants, " ")}})
	}
	return lines, problems
}

func listFacts(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	questions, problems := cat.Questions()
	var lines []CatalogLine
	for _, q := range questions {
		lines = append(lines, CatalogLine{listedFact{q.ID, q.Text, q.Values, q.ListedAt.URL}, []string{q.ID, q.Text, strings.Join(q.Values, " ")}})
	}
	return lines, problems
}

func listModels(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	return listKinds(cat.ModelIDs(), cat.Model)
}

// listVariants lists the variants that several services share.
func listVariants(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	return listKinds(cat.SharedVariantIDs(), cat.SharedVariant)
}

func listKinds(ids []string, find func(string) (catalog.Kind, source.Diagnostics)) ([]CatalogLine, source.Diagnostics) {
	var lines []CatalogLine
	for _, id := range ids {
		k, problems := find(id)
		if problems != nil {
			return nil, problems
		}
		lines = append(lines, CatalogLine{listedKind(k), []string{k.ID, k.Name}})
	}
	return lines, nil
}

func listControls(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	var lines []CatalogLine
	for _, c := range cat.Controls {
		lines = append(lines, CatalogLine{listedControl{c.ID, c.Name, string(c.Category), len(c.Duties)},
			[]string{c.ID, c.Name, string(c.Category), fmt.Sprint(len(c.Duties))}})
	}
	return lines, nil
}

func listDuties(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	var lines []CatalogLine
	for _, d := range cat.Duties() {
		lines = append(lines, CatalogLine{listedDuty{d.ID, d.Title, d.Control.ID, string(d.Scope)},
			[]string{d.ID, d.Control.ID, string(d.Scope), d.Title}})
	}
	return lines, nil
}

// listPrograms lists the programs of audits of AWS, each with how many services its
// lists have.
func listPrograms(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	programs, problems := cat.Programs()
	var lines []CatalogLine
	for _, p := range programs {
		names, newest := cat.Listed(p.ID)
		lines = append(lines, CatalogLine{listedProgram{p.ID, p.Name, p.Page, list(p.Reports), list(names), newest},
			[]string{p.ID, p.Name, fmt.Sprint(len(names)), newest}})
	}
	return lines, problems
}

func listFrameworks(cat *catalog.Catalog) ([]CatalogLine, source.Diagnostics) {
	var lines []CatalogLine
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			return nil, problems
		}
		n := len(f.Asked())
		lines = append(lines, CatalogLine{listedFramework{f.ID, f.Name, n, append([]string{}, f.Baselines...)},
			[]string{f.ID, f.Name, fmt.Sprint(n), strings.Join(f.Baselines, " ")}})
	}
	return lines, nil
}
