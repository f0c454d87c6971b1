// Package oscal writes a matrix in the models of OSCAL, the Open Security
// Controls Assessment Language of NIST: a component definition, which says
// what each service in use provides and what it leaves to its customer, and a
// system security plan, which says who does that in the manifest's system.
//
// # Both sides of a duty
//
// The component definition has no place of its own for the customer's side.
// As in NIST's own example, the description of a requirement says what the
// component provides, and its statement, if any, what the customer is
// responsible for.
//
// In the plan the component of an entry exports what is provided and what is
// left to the customer, once for each control. The component of the system
// itself inherits the one and satisfies the other, and refers to them; where a
// control has lettered statements, it does so at each of them.
//
// # Rows
//
// A row of the matrix answers many requirements. What does not depend on the
// requirement stands once, in a resource of the back matter for each row: who
// provides, who holds which letter, the evidence and the sources. Exports link
// to it. In the component definition, whose components stand for all entries
// of a service, the names of the entries and of the duties lead to it. Who
// provides something is said beside it where it is not AWS alone.
//
// # Roles and states
//
// Wherever the plan says something of a component, it also says who holds which
// letter there and how far it is. The letters are the roles accountable,
// responsible, consulted and informed; the R of an operator for its own side is
// the role provider, because its work is inherited and not the customer's.
//
// A matrix knows who does what, not what is done. So a state is the most that
// follows from it: implemented where AWS does all of it and pages of AWS say so,
// partial where that is true of a part, planned where others do it, and
// not-applicable with the reason. The remark says what to confirm or find out.
// It never says alternative.
//
// # FedRAMP
//
// A plan about controls of NIST SP 800-53 answers at the statements that
// FedRAMP's profiles mark as response points. Exports stand at the control, and
// not at each of its statements again; FedRAMP's validator warns of that
// (misplaced-response-components). What it asks for beyond that and no manifest
// states is named in the remarks of the metadata and in a warning.
//
// # What is guaranteed
//
// UUIDs are of version 5 and made from names, such as those of rows and
// entries: they stay as long as the names of the organization, the system and
// the row do. The UUID of a document follows from its whole content and
// changes with it, as OSCAL wants. Nothing depends on the clock.
//
// What the model demands and a manifest cannot know stands as a placeholder
// that is marked with the property "placeholder".
package oscal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"raci/matrix"
	"raci/matrix/view"
)

// Version is the version of OSCAL that the documents follow: the one that
// FedRAMP's rules name. They are valid by the schemas of later versions as well,
// up to 1.2.2, while readers of a version take no later one.
const Version = "1.1.2"

// errNoFramework is what both documents say of a matrix without frameworks:
// OSCAL speaks of nothing but controls.
var errNoFramework = errors.New("OSCAL is about the controls of a framework, and the manifest selects none: " +
	"name one under frameworks:, such as nist-800-53-r5/moderate")

// WriteComponents writes a component definition with the controls of all
// selected frameworks. It fails if none is selected.
func WriteComponents(w io.Writer, r *view.Report) ([]string, error) {
	if len(r.Matrix.Frameworks) == 0 {
		return nil, errNoFramework
	}
	def, components := newDocument(r).componentDefinition()
	return nil, write(w, map[string]any{"component-definition": def}, &def.UUID, "components", components)
}

// WritePlan writes a system security plan. A plan rests on one profile, so it
// holds the controls of one selection: the first of
// [matrix.Matrix.AuthorizationBaselines], which the FedRAMP workbook is for as
// well, or else the first with a profile in OSCAL, or else the first. The
// warnings name the others, and what is a placeholder. It fails if no
// framework is selected, and if the plan would be larger than a reader takes.
func WritePlan(w io.Writer, r *view.Report) ([]string, error) {
	m := r.Matrix
	if len(m.Frameworks) == 0 {
		return nil, errNoFramework
	}
	chosen, warnings := chooseFramework(m)
	answers := r.Answers(chosen)
	if len(answers) == 0 {
		return nil, errors.New("the selection " + chosen.Name + " has no requirements")
	}
	if n := countExports(answers); n > maxExports {
		return nil, fmt.Errorf("the plan would hold %d answers of rows to controls, about %d MB, and at most %d are allowed: choose a smaller baseline, "+
			"let one entry stand for several uses that have the same owner, or split the manifest into several systems", n, n/exportsPerMB, maxExports)
	}
	warnings = append(warnings, "system information, status, users and authorization boundary are placeholders, because a manifest does not state them; complete them where the property placeholder appears")
	plan, requirements := newDocument(r).plan(chosen, answers)
	if asks := asksOf(chosen, plan); len(asks) > 0 {
		warnings = append(warnings, askWarning(asks))
	}
	return warnings, write(w, map[string]any{"system-security-plan": plan}, &plan.UUID, "implemented-requirements", requirements)
}

// A plan says for each control what each row exports. So it grows with both, to a
// size that no reader of OSCAL takes: these are about 280 MB.
const (
	maxExports   = 250_000
	exportsPerMB = 900
)

func countExports(answers []matrix.Answer) int {
	n := 0
	for i := range answers {
		n += len(answers[i].Rows)
	}
	return n
}

// noUUID stands for the UUID of a document until its content is known.
const noUUID = "00000000-0000-0000-0000-000000000000"

// write encodes a document. Its long list, which is empty, gets its items one
// by one: all of them at once would take several times the memory. The first
// UUID is that of the document and is made from all the rest.
func write[T any](w io.Writer, root any, uuid *string, list string, items iter.Seq[T]) error {
	*uuid = noUUID
	var whole bytes.Buffer
	if err := encode(&whole, root); err != nil {
		return err
	}
	empty := fmt.Appendf(nil, "%q:[]", list)
	frame := whole.Bytes()
	inside := bytes.Index(frame, empty) + len(empty) - 1
	var l layout
	l.Write(frame[:inside])
	separator := ""
	for item := range items {
		l.Write([]byte(separator))
		if err := encode(&l, item); err != nil {
			return err
		}
		l.cut()
		separator = ","
	}
	l.Write(frame[inside:])
	l.text = append(l.text, '\n')
	l.cut()
	*uuid = newUUID(namespace, "document", string(l.digest()))
	copy(l.pieces[0][bytes.Index(l.pieces[0], []byte(noUUID)):], *uuid)
	for _, piece := range l.pieces {
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
