package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"raci/matrix"
	"raci/matrix/draft"
	"raci/matrix/load"
	"raci/matrix/source"
	"raci/matrix/view"
)

// question is one that init asks.
type question struct {
	flags []string // that answer it
	text  string
	usual string // what Enter takes, as it is shown
	enter string // what Enter puts in its place, or "" for what the starter has
	list  bool   // an answer that ends with a separator goes on in the next line
	put   func(d *draft.Draft, answer string)
	// understood says what a list means, or is nil.
	understood func(m *matrix.Matrix) []string
	choices    func(p *program, d *draft.Draft, words string) error
}

func (p *program) questions(d *draft.Draft) []question {
	starter := draft.Starter(p.catalog, d.Starter)
	folder := p.folderName(d)
	system := folder
	if system == "" {
		system = starter.System
	}
	frameworks := cmp.Or(strings.Join(frameworkNames(starter), ", "), "none")
	return []question{
		{flags: []string{"organization"}, text: "Organization", usual: starter.Organization, choices: nameChoices,
			put: func(d *draft.Draft, answer string) { d.Organization = answer }},
		{flags: []string{"system"}, text: "System", usual: system, enter: folder, choices: nameChoices,
			put: func(d *draft.Draft, answer string) { d.System = answer }},
		{flags: []string{"team"}, text: "Teams, as NAME, ID=NAME or NAME <CONTACT>, separated by commas", usual: "the starter's", list: true,
			put:        func(d *draft.Draft, answer string) { d.Teams = draft.SplitTeams(answer) },
			understood: partiesUnderstood, choices: teamChoices},
		{flags: []string{"starter", "service"}, text: "Services, by any of their names, or a starter: " + strings.Join(draft.Starters(p.catalog), ", "), usual: d.Starter, list: true,
			put:        p.putServices,
			understood: entriesUnderstood, choices: serviceChoices},
		{flags: []string{"framework"}, text: "Frameworks, by any of their names, or none", usual: frameworks, enter: frameworks, list: true,
			put:        func(d *draft.Draft, answer string) { d.Frameworks = []string{answer} },
			understood: frameworksUnderstood, choices: frameworkChoices},
	}
}

// putServices takes the id of a starter for it, and all else for services.
func (p *program) putServices(d *draft.Draft, answer string) {
	if id := strings.ToLower(answer); slices.Contains(draft.Starters(p.catalog), id) {
		d.Starter = id
	} else {
		d.Services = []string{answer}
	}
}

func frameworkNames(starter *matrix.Manifest) (names []string) {
	for _, use := range starter.Frameworks {
		names = append(names, use.ID)
	}
	return names
}

func partiesUnderstood(m *matrix.Matrix) (list []string) {
	for _, party := range m.Parties[1:] { // AWS is the first
		s := party.ID + ": " + party.Name
		if party.Contact != "" {
			s += " <" + party.Contact + ">"
		}
		list = append(list, s)
	}
	return list
}

func entriesUnderstood(m *matrix.Matrix) (list []string) {
	for _, e := range m.Entries {
		list = append(list, strings.Join(append([]string{e.Service}, e.Variants...), "/"))
	}
	return list
}

func frameworksUnderstood(m *matrix.Matrix) (list []string) {
	for i := range m.Frameworks {
		list = append(list, m.Frameworks[i].Name)
	}
	return list
}

// folderName is the name of the current folder, or "" where it has none that a
// system can have.
func (p *program) folderName(d *draft.Draft) string {
	dir, err := os.Getwd()
	if err != nil || dir == filepath.Dir(dir) {
		return ""
	}
	named := *d
	named.System = filepath.Base(dir)
	if _, err := p.tryDraft(named); err != nil {
		return ""
	}
	return named.System
}

// errEnded ends the questions where the input does: a terminal's user has typed
// Ctrl-D.
var errEnded = errors.New("the answers ended before the last question; no file was written")

// tried is a draft with the manifest that it makes.
type tried struct {
	draft draft.Draft
	text  []byte
	in    *load.Input
}

// askDraft asks for what no flag says, and returns the draft with all answers.
func (p *program) askDraft(t tried, given func(flag string) bool) (tried, error) {
	defer onSignal(func(sig syscall.Signal) {
		p.say("")
		p.say("raci: %v; no file was written", sig)
	})()
	lines := bufio.NewReaderSize(p.in, maxAnswer+1)
	questions := slices.DeleteFunc(p.questions(&t.draft), func(q question) bool { return slices.ContainsFunc(q.flags, given) })
	if len(questions) > 0 {
		p.say("Enter takes the answer in brackets, ? lists the choices, Ctrl-C ends without a file.")
	}
	for _, q := range questions {
		var err error
		if t, err = p.askOne(lines, q, t); err != nil {
			return t, err
		}
	}
	return t, nil
}

// askOne asks until the answer makes a manifest.
func (p *program) askOne(lines *bufio.Reader, q question, t tried) (tried, error) {
	for {
		p.prompt("%s [%s]: ", q.text, q.usual)
		answer, err := p.readAnswer(lines, q.list)
		words, asks := strings.CutPrefix(answer, "?")
		switch {
		case errors.Is(err, errTooLong):
			p.printReason(err.Error())
			continue
		case err != nil:
			p.say("")
			return t, err
		case asks && (q.list || words == ""):
			if err := q.choices(p, &t.draft, words); err != nil {
				return t, err
			}
			continue
		case answer == "":
			if answer = q.enter; answer == "" {
				return t, nil
			}
		}
		next := t.draft
		q.put(&next, answer)
		filled, err := p.tryDraft(next)
		reasons := source.FromError(err)
		switch {
		case err != nil && reasons == nil:
			return t, err
		case err == nil:
			reasons = newErrors(t.in, filled.in)
		}
		if len(reasons) == 0 {
			if q.understood != nil {
				p.sayWrapped("  = ", "    ", cmp.Or(strings.Join(q.understood(filled.in.Matrix), "; "), "none"))
			}
			return filled, nil
		}
		p.printReasons(reasons)
	}
}

// newErrors returns the errors that check finds in one input and not in the one
// before: those for which an answer is to blame, such as a party named as AWS is.
func newErrors(before, after *load.Input) (list source.Diagnostics) {
	for _, f := range after.Findings.Open {
		known := func(b source.Diagnostic) bool { return b.Message == f.Message }
		if f.Severity == source.Error && !slices.ContainsFunc(before.Findings.Open, known) {
			list = append(list, f)
		}
	}
	return list
}

// printReasons says why an answer is asked for again.
func (p *program) printReasons(reasons source.Diagnostics) {
	const most = 8
	for _, d := range reasons[:min(len(reasons), most)] {
		if d.At = (source.Pos{}); strings.HasPrefix(d.Hint, "see raci catalog") { // a user who is asked cannot call it
			d.Hint = "? lists the choices"
		}
		p.printReason(d.String())
	}
	if more := len(reasons) - most; more > 0 {
		p.printReason(fmt.Sprintf("... and %s", view.Count(more, "more problem")))
	}
}

func (p *program) printReason(why string) { p.sayWrapped("  ! ", "    ", why) }

// maxAnswer is the length of a line from which a terminal may have cut the rest
// off, in bytes: Linux keeps 4,095, and says nothing of more.
const maxAnswer = 4095

var errTooLong = fmt.Errorf("the line has %d bytes or more, and a terminal cuts off what is behind them; end lines with a comma, or use flags", maxAnswer)

// readAnswer reads a line, and those behind it while the list goes on.
func (p *program) readAnswer(lines *bufio.Reader, list bool) (answer string, err error) {
	for {
		line, err := readLine(lines)
		if err != nil {
			return "", err
		}
		answer = strings.TrimSpace(answer + line)
		var goesOn bool
		whole := answer
		if answer, goesOn = draft.CutSeparator(answer); !list || strings.HasPrefix(answer, "?") {
			return whole, nil
		}
		if !goesOn || strings.TrimSpace(line) == "" {
			return answer, nil
		}
		if answer != "" {
			answer += ", "
		}
		p.prompt("  and: ")
	}
}

// readLine reads a line. One without an end is no answer.
func readLine(lines *bufio.Reader) (string, error) {
	line, err := lines.ReadSlice('\n')
	text := strings.TrimRight(string(line), "\r\n")
	if len(text) >= maxAnswer {
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = lines.ReadSlice('\n')
		}
		if err == nil {
			return "", errTooLong
		}
	}
	switch {
	case errors.Is(err, io.EOF):
		return "", errEnded
	case err != nil:
		return "", fmt.Errorf("cannot read the answer: %w; no file was written", err)
	}
	return text, nil
}
