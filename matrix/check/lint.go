package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// MaxSideText is the length of what one side does, in characters: it has to
// be read in a cell of a table.
const MaxSideText = 240

// lintRule is one defect that the catalog's words on a duty can have.
type lintRule struct {
	id       string
	severity source.Severity
	hint     string
	// broken returns what is wrong with the fact, or "".
	broken func(s *catalog.Service, f *catalog.DutySplit) string
}

var lintRules = []lintRule{
	{"text-verb", source.Error, `begin with a verb in the third person, such as "Patches"`, eachSide(textVerb)},
	{"text-length", source.Error, "shorten it, or move a part into a note", eachSide(textLength)},
	{"text-end", source.Error, "end with a full stop", eachSide(textEnd)},
	{"text-vague", source.Error, "say what is done, so that an auditor can ask for evidence", eachSide(textVague)},
	{"idle-offer", source.Error, "say what the customer does with it, or leave it out", idleOffer},
	{"no-source", source.Error, "add source: {url: ..., checked: YYYY-MM}, or leave the duty to the model", noSource},
	{"words-of-nothing", source.Warning, "say who does it, or leave these words out", wordsOfNothing},
	{"no-evidence", source.Warning, "add evidence: what an auditor can be shown", noEvidence},
}

// LintCatalog looks for what is wrong with the words of a catalog: every
// service, alone and in each of its variants. A catalog of which some file
// cannot be read, frameworks among them, is an error of type source.Diagnostics.
func LintCatalog(cat *catalog.Catalog) (findings, problems source.Diagnostics) {
	err := cat.ReadAll()
	if err != nil {
		return nil, err
	}
	l := linter{cat: cat, seen: map[string]bool{}, once: map[string]bool{}, open: map[string][]string{}}
	if l.questions, err = cat.Questions(); err != nil {
		return nil, err
	}
	summaries, err := cat.Services()
	if err != nil {
		return nil, err
	}
	if err := l.names(cat); err != nil {
		return nil, err
	}
	for _, sum := range summaries {
		n, err := cat.Lookup(source.Ref{ID: sum.ID})
		if err != nil {
			return nil, err
		}
		service := n.Service
		for _, v := range append([]string{""}, sum.Variants...) {
			var refs []source.Ref
			if v != "" {
				refs = []source.Ref{{ID: v}}
			}
			r, err := cat.Resolve(service, refs)
			if err != nil {
				return nil, err
			}
			for i := range r.Splits {
				l.fact(service, &r.Splits[i])
				if r.Splits[i].Scope == catalog.ServiceScope {
					l.contradiction(r, &r.Splits[i])
				}
			}
			if v == "" {
				l.resolved = append(l.resolved, r)
				l.unexamined(r)
				l.keyChoice(r)
			}
		}
	}
	l.unanswered()
	if err := l.models(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.findings, source.Compare)
	return l.findings, nil
}

type linter struct {
	cat       *catalog.Catalog
	findings  []source.Diagnostic
	seen      map[string]bool // one statement counts once, however many variants show it
	questions []*catalog.Question
	resolved  []*catalog.Resolved // of the services, in no variant
	once      map[string]bool     // duties of the provider and the organization that were looked at
	open      map[string][]string // by duty: models with a service for which nothing answers it
}

func (l *linter) add(f source.Diagnostic) {
	if key := f.At.String() + f.Rule + f.Message; !l.seen[key] {
		l.seen[key] = true
		l.findings = append(l.findings, f)
	}
}

func (l *linter) fact(s *catalog.Service, f *catalog.DutySplit) {
	if f.Scope != catalog.ServiceScope { // it is the same for all services
		if l.once[f.Duty.ID] {
			return
		}
		l.once[f.Duty.ID] = true
	}
	if models := l.open[f.Duty.ID]; f.Basis == "" && !slices.Contains(models, s.Model) {
		l.open[f.Duty.ID] = append(models, s.Model)
	}
	for _, rule := range lintRules {
		if message := rule.broken(s, f); message != "" {
			l.add(source.Diagnostic{Rule: rule.id, Severity: rule.severity, At: f.At, Message: f.Duty.ID + ": " + message, Hint: rule.hint})
		}
	}
}

// unanswered reports duties that a service leaves open: it gets no row for them.
func (l *linter) unanswered() {
	for _, d := range l.cat.Duties() {
		if models := l.open[d.ID]; len(models) > 0 {
			slices.Sort(models)
			l.add(source.Diagnostic{Rule: "unanswered-duty", Severity: source.Error, At: d.At, Hint: "write the duty in these models, or in one from which they start, with its sides or none",
				Message: fmt.Sprintf("%s: nothing answers it for services of the models %s", d.ID, strings.Join(models, ", "))})
		}
	}
}

// names reports a word that several services and variants claim, at each of
// them: it finds none.
func (l *linter) names(cat *catalog.Catalog) source.Diagnostics {
	clashes, err := cat.Clashes()
	if err != nil {
		return err
	}
	for _, clash := range clashes {
		for _, meaning := range clash.Meanings {
			n, err := cat.Lookup(source.Ref{ID: meaning})
			if err != nil {
				return err
			}
			at := n.Service.At
			for _, v := range n.Variants {
				at = n.Service.Variant(v.ID).At
			}
			l.add(source.Diagnostic{Rule: "alias-twice", Severity: source.Error, At: at,
				Message: fmt.Sprintf("%q means %s as well as %s", clash.Name, meaning, firstOthers(clash.Meanings, meaning)), Hint: "leave it to one of them"})
		}
	}
	return nil
}

// firstOthers names what else a word means, or the first of very much.
func firstOthers(meanings []string, but string) string {
	const most = 10
	var others []string
	for _, m := range meanings {
		if m != but {
			others = append(others, m)
		}
		if len(others) == most {
			break
		}
	}
	text := strings.Join(others, ", ")
	if rest := len(meanings) - 1 - len(others); rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

func eachSide(broken func(text string) string) func(*catalog.Service, *catalog.DutySplit) string {
	return func(_ *catalog.Service, f *catalog.DutySplit) string {
		for _, side := range f.Sides {
			if message := broken(side.Text); message != "" {
				return side.Who + ": " + message
			}
		}
		if f.Offers != "" {
			if message := broken(f.Offers); message != "" {
				return "offers: " + message
			}
		}
		return ""
	}
}

// idleOffer finds what AWS offers to a customer who does nothing of the duty.
func idleOffer(_ *catalog.Service, f *catalog.DutySplit) string {
	if f.Offers != "" && !slices.ContainsFunc(f.Sides, func(s catalog.Side) bool { return s.Who != catalog.AWS }) {
		return "AWS offers something that nobody uses: the customer has no side"
	}
	return ""
}

var thirdPerson = regexp.MustCompile(`^[A-Z][a-z-]*s,?(\s|$)`)

// noVerbs end in s as a verb does.
var noVerbs = []string{"This", "Its", "Is", "Was", "As", "Always", "Customers", "Users", "Teams", "Services", "Us"}

func textVerb(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if !thirdPerson.MatchString(text) || slices.Contains(noVerbs, word) {
		return fmt.Sprintf("the text begins with %q", word)
	}
	return ""
}

func textLength(text string) string {
	if n := utf8.RuneCountInString(text); n > MaxSideText {
		return fmt.Sprintf("the text has %d characters; at most %d fit in a cell", n, MaxSideText)
	}
	return ""
}

func textEnd(text string) string {
	if !strings.HasSuffix(text, ".") {
		return "the text has no full stop"
	}
	return ""
}

// vague are words that say that something is somebody's without saying what.
var vague = []string{"shared responsibility", "is responsible for", "are responsible for", "should ", "may want to", "etc.", "as appropriate", "where appropriate"}

func textVague(text string) string {
	for _, words := range vague {
		if strings.Contains(strings.ToLower(text), words) {
			return fmt.Sprintf("the text says %q", strings.TrimSpace(words))
		}
	}
	return ""
}

func noSource(_ *catalog.Service, f *catalog.DutySplit) string {
	if f.Basis == catalog.BasisService && len(f.Sides) > 0 && len(f.Sources) == 0 {
		return "no page is named that states it"
	}
	return ""
}

// wordsOfNothing finds evidence and offers of a duty that does not occur.
func wordsOfNothing(_ *catalog.Service, f *catalog.DutySplit) string {
	if f.Basis != "" && len(f.Sides) == 0 && (len(f.Evidence) > 0 || f.Offers != "") {
		return "the duty does not occur, and has evidence or an offer"
	}
	return ""
}

func noEvidence(_ *catalog.Service, f *catalog.DutySplit) string {
	if len(f.Sides) > 0 && len(f.Evidence) == 0 {
		return "no evidence is named"
	}
	return ""
}
