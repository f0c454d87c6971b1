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
// left to the customer. The component of the system itself inherits the one
// and satisfies the other, and refers to them.
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
	"io"

	"raci/matrix"
)

// Version is the version of OSCAL that the documents follow.
const Version = "1.2.2"

// errNoFramework is what both documents say of a matrix without frameworks:
// OSCAL speaks of nothing but controls.
var errNoFramework = errors.New("OSCAL is about the controls of a framework, and the manifest selects none: " +
	"name one under frameworks:, such as nist-800-53-r5/moderate")

// WriteComponents writes a component definition with the controls of all
// selected frameworks. It fails if none is selected.
func WriteComponents(w io.Writer, m *matrix.Matrix, _ []matrix.Finding) ([]string, error) {
	if len(m.Frameworks) == 0 {
		return nil, errNoFramework
	}
	def := newDocument(m).componentDefinition()
	return nil, write(w, map[string]any{"component-definition": def}, &def.UUID)
}

// WritePlan writes a system security plan. A plan rests on one profile, so it
// holds the controls of one framework: the first selected one with a profile
// in OSCAL, or else the first. The warnings name the others, and what is a
// placeholder. It fails if no framework is selected.
func WritePlan(w io.Writer, m *matrix.Matrix, _ []matrix.Finding) ([]string, error) {
	if len(m.Frameworks) == 0 {
		return nil, errNoFramework
	}
	chosen, warnings := chooseFramework(m)
	plan := newDocument(m).plan(chosen)
	if len(plan.Controls.Requirements) == 0 {
		return nil, errors.New("the selection " + chosen.Name + " holds no requirement")
	}
	warnings = append(warnings, "system information, status and authorization boundary are placeholders, because a manifest does not tell them; complete them where the property placeholder stands")
	return warnings, write(w, map[string]any{"system-security-plan": plan}, &plan.UUID)
}

// write encodes the document twice: without its UUID, to make the UUID from
// the content, and with it.
func write(w io.Writer, root any, uuid *string) error {
	content, err := encode(root)
	if err != nil {
		return err
	}
	*uuid = newUUID(namespace, "document", string(content))
	if content, err = encode(root); err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func encode(root any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(root)
	return b.Bytes(), err
}
