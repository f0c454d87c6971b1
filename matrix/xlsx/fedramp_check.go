package xlsx

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/view"
)

// CheckFedRAMP reads a CIS/CRM workbook in the layout that WriteFedRAMP
// writes, edited or not, and returns what in it breaks the rules of the
// template's guidance: one line for each, none if it keeps them all. The
// error is for what cannot be read as a workbook.
func CheckFedRAMP(r io.Reader) (broken []string, err error) {
	f, err := excelize.OpenReader(r)
	if err != nil {
		return nil, fmt.Errorf("this is not a workbook: %w", err)
	}
	defer f.Close()
	if list := f.GetSheetList(); !slices.Equal(list, fedrampSheets) {
		return []string{fmt.Sprintf("the sheets are %s, not %s", strings.Join(list, ", "), strings.Join(fedrampSheets, ", "))}, nil
	}
	for _, sheet := range fedrampSheets {
		broken = append(broken, findHidden(f, sheet)...)
	}
	services, err := readServices(f)
	if err != nil {
		return nil, err
	}
	controls, odd, err := readControls(f)
	if err != nil {
		return nil, err
	}
	return slices.Concat(broken, odd, brokenRules(controls, services)), nil
}

// fedrampRules are the rules of the guidance for one control. Each returns
// what is wrong, or "". To add one, write a function and add it here.
var fedrampRules = []func(c *control, labels map[string]bool) string{idRule, answerRule, halvesRule, labelRule, statusRule, originRule}

// brokenRules returns what the controls break, in their order.
func brokenRules(controls []control, services []string) []string {
	var broken []string
	seen, labels := map[string]bool{}, map[string]bool{}
	for _, label := range slices.Concat(services, []string{view.AllServices, view.Organization, matrix.OutsideLabel, view.ProcessTitle, view.FrequencyTitle, view.EvidenceTitle}) {
		labels[label] = true
	}
	for i := range controls {
		c := &controls[i]
		if seen[c.id] {
			broken = append(broken, c.id+": appears twice")
		}
		seen[c.id] = true
		for _, rule := range fedrampRules {
			if what := rule(c, labels); what != "" {
				broken = append(broken, c.id+": "+what)
			}
		}
	}
	return broken
}

var templateID = regexp.MustCompile(`^[A-Z]{2}-\d{2}( \(\d{2}\))?( \([a-z]\))?$`)

func idRule(c *control, _ map[string]bool) string {
	if !templateID.MatchString(c.id) {
		return "the id is not written as AC-02, AC-02 (01) or AC-02 (a)"
	}
	return ""
}

// answerRule: the provider alone needs no text, all else needs one.
func answerRule(c *control, _ map[string]bool) string {
	switch text := strings.TrimSpace(strings.Join(c.text, "")); {
	case c.answer != inheritYes && c.answer != inheritPartial && c.answer != inheritNo:
		return fmt.Sprintf("the answer %q is not Yes, Partial or No", c.answer)
	case c.answer == inheritYes && text != "":
		return "Yes takes no text"
	case c.answer == inheritNo && (text == "" || text == strings.TrimSpace(notAsked)):
		return "No needs its reason"
	}
	return ""
}

// halvesRule: what is shared describes both halves.
func halvesRule(c *control, _ map[string]bool) string {
	if c.answer != inheritPartial {
		return ""
	}
	cut := slices.Index(c.text, customerHalf)
	switch {
	case len(c.text) == 0 || c.text[0] != awsHalf || cut < 0:
		return "Partial needs both halves: what is inherited, and what the customer does"
	case cut < 2:
		return "nothing is said about the provider's half"
	case cut == len(c.text)-1:
		return "nothing is said about the customer's half"
	}
	return ""
}

// labelRule: each statement begins with the name of its service and a colon.
func labelRule(c *control, labels map[string]bool) string {
	if !slices.Contains(c.text, customerHalf) {
		return "" // a reason, or what another rule finds
	}
	for _, l := range c.text {
		if l != awsHalf && l != customerHalf && l != noneOfAWS && l != apartAWS && !isLabelled(l, labels) {
			return fmt.Sprintf("%q does not begin with the name of a service and a colon", head(l, 40))
		}
	}
	return ""
}

// isLabelled reports whether a line is a list of labels, each perhaps with the
// operator that does it, a colon and text. Labels may hold commas and colons.
func isLabelled(l string, labels map[string]bool) bool {
	for i := range l {
		rest := l[i:]
		by, operated := strings.CutPrefix(rest, " (by ")
		if ends := operated || strings.HasPrefix(rest, ": ") || strings.HasPrefix(rest, ", "); !ends || !labels[l[:i]] {
			continue
		}
		if endsLabel(rest, labels) || operated && endsOperator(by, labels) {
			return true
		}
	}
	return false
}

// endsOperator reports whether the rest of an operator's name, which may hold
// brackets, ends a label.
func endsOperator(by string, labels map[string]bool) bool {
	for i := range by {
		if by[i] == ')' && endsLabel(by[i+1:], labels) {
			return true
		}
	}
	return false
}

// endsLabel reports whether what follows a label is a colon and text, or a
// comma and another label.
func endsLabel(rest string, labels map[string]bool) bool {
	if text, ok := strings.CutPrefix(rest, ": "); ok {
		return strings.TrimSpace(text) != ""
	}
	more, ok := strings.CutPrefix(rest, ", ")
	return ok && isLabelled(more, labels)
}

// statusRule: a control cannot be implemented, or not apply, and something
// else besides.
func statusRule(c *control, _ map[string]bool) string {
	n := 0
	for _, set := range c.flags[:firstOrigin] {
		if set {
			n++
		}
	}
	if n > 1 && (c.flags[isImplemented] || c.flags[isNotApplicable]) {
		return "the implementation status contradicts itself"
	}
	return ""
}

// originRule: the origination and the answer agree.
func originRule(c *control, _ map[string]bool) string {
	f := &c.flags
	provider := f[byCorporate] || f[bySystem] || f[byHybrid] || f[byInheritance]
	customer := f[byConfiguration] || f[byCustomer]
	switch {
	case f[isNotApplicable] && (provider || customer || f[byBoth]):
		return "what does not apply has no origination"
	case f[isNotApplicable] && c.answer != inheritNo:
		return "what does not apply cannot be inherited"
	case c.answer == inheritYes && (customer || f[byBoth] || !provider):
		return "Yes goes with an origination of the provider alone"
	case c.answer == inheritPartial && !f[byBoth]:
		return "Partial goes with the origination Shared"
	case c.answer == inheritNo && (f[byBoth] || provider):
		return "No goes with an origination of the customer alone"
	case slices.Contains(f[:isNotApplicable], true) && !provider && !customer && !f[byBoth]:
		return "a status without an origination"
	}
	return ""
}
