// Package catalog says who does what for the services of AWS: which duties there
// are, what AWS and what the customer does for each, by service and variant, on
// which page that rests, and which duties answer a requirement of a framework.
//
// A catalog is folders of YAML over one another, see [Layer]: the one that ships,
// in templates, and those of a manifest. Each may add to those below it and
// change them. [Catalog.Find] takes any name of a service or a framework,
// [Catalog.Resolve] makes of a service and its variants a [DutySplit] for each duty,
// and [Catalog.Select] makes of a framework the requirements that are asked for.
//
// The package knows nothing about manifests and parties.
package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Catalog says who does what, per service and variant. Open reads the
// controls; a service, its model and its places are read when they are first
// asked for, so that a large catalog costs no more than the part in use.
//
// A Catalog is not safe for concurrent use. Several can share what they read, see
// [Layer.Remembering].
type Catalog struct {
	Version  string
	Controls []*Control

	layers       []Layer
	duties       map[string]*Duty
	order        []*Duty
	services     map[string]*Service
	words        *nameTable    // once a name was asked for
	unknownNames *unknownNames // once a word was met that means no service
	models       map[string]*model
	badModels    map[string]source.Diagnostics // why a model cannot be read, so that one circle is found once
	idLists      map[string][]string           // of a folder of all layers, once they were asked for
	frameworks   map[string]*Framework
	answers      map[string][]dutyAnswer      // by framework: what duties say that they answer
	unplaced     []dutyAnswer                 // those that call their framework by another name
	audits       *programs                    // once a service was resolved
	starting     bool                         // a framework from which another one starts is being read
	read         map[string][sha256.Size]byte // by layer and path, for the digest

	questions        []*Question // that facts answer, once one was asked for
	questionsRead    bool
	questionProblems source.Diagnostics
}

// Layer is a folder of catalog files. The first layer is the catalog that
// ships; those after it are overlays, which add to it and correct it.
type Layer struct {
	Name string // as it appears in positions
	FS   fs.FS

	memory *memory // or nil
}

// Control is a control area with its category.
type Control struct {
	ID       string
	Name     string
	Category Category
	Duties   []*Duty
	At       source.Pos
}

// Duty is one task that someone must perform.
type Duty struct {
	ID      string
	Title   string
	Aliases []string // other names, in lower case
	Scope   Scope
	Control *Control
	// Part says what AWS's side of the duty is to the customer.
	Part Part
	// NeedsReason is set where a service for which the duty does not occur must say why:
	// models leave it out too quickly.
	NeedsReason bool
	Frequency   Frequency // how often it is done where no rule says otherwise, or ""
	At          source.Pos
	Default     DutySplit // what is true for all services; without sides where the service decides
}

// Service is one service of the catalog.
type Service struct {
	ID         string
	Name       string
	Aliases    []string
	Category   string // AWS's product category
	Model      string
	Lifecycle  Lifecycle
	Level      Level  // in no variant; "" where its model says
	Ended      string // the month in which AWS ended a retired service, as 2006-01, or ""
	Note       string
	Assumes    []string   // variants taken where the manifest chooses none of their group
	Operators  []Operator // third operators that have a side in some duty
	FoundAs    FoundAs
	Variants   []*Variant
	At         source.Pos
	facts      facts
	statements statements
	model      *model
}

// Operator is a company beside AWS and the customer that has a side in some
// duty of a service.
type Operator struct{ ID, Name string }

// Variant is a way of using a service that changes who does what.
type Variant struct {
	ID         string
	Name       string
	Aliases    []string // that mean the service in this variant
	Group      string   // two variants of one group exclude each other
	Note       string
	Level      Level // in this variant, where it is another one
	FoundAs    FoundAs
	At         source.Pos
	like       *model // the variant of several services that it starts from
	facts      facts
	statements statements
}

// IsLike reports whether the variant starts from a shared one.
func (v *Variant) IsLike(shared string) bool { return v.like != nil && v.like.id == shared }

// FoundAs says how infrastructure code shows that a service or a variant is
// in use: resource types, each with the attributes that must match, if any.
type FoundAs struct {
	Terraform, CloudFormation []ResourcePattern
}

// ResourcePattern is a resource type with the attributes that distinguish it.
// The patterns of an attribute are alternatives; "*" in one matches any text.
type ResourcePattern struct {
	Type       string
	Attributes map[string][]string
}

// model is what services of one kind start from; a variant of several services is read the same way.
type model struct {
	id, name, description string
	level                 Level
	parent                *model
	facts                 facts // of a variant of several services
	statements            statements
}

// statements is what a file and the overlays of it say, by duty: the file first,
// then each overlay in turn.
type statements map[string][]statement

// statement is what one file says of one duty.
type statement struct {
	when []condition // what it needs to be true; nothing where it is no case of another
	// conditional is set where the file has a condition, be it right or wrong.
	conditional bool
	cases       []statement // the first of which the conditions hold counts; the last has none
	none        bool        // the duty does not occur; the note may say why
	sides       []Side
	offers      string
	evidence    []string
	sources     []Source
	note        string
	at          source.Pos
	overlay     bool
}

// DutySplit is a duty as it stands for a service in its variants.
type DutySplit struct {
	Duty     *Duty
	Scope    Scope // ServiceScope also where a service differs in a duty that is otherwise done once
	Sides    []Side
	Offers   string // what AWS offers that the customer may use for its part; no side
	Evidence []string
	Sources  []Source
	Note     string
	Basis    Basis
	Facts    []Fact   // on which the words of a model rest
	Unknown  []string // facts that are unknown and might have chosen other words
	At       source.Pos
	unheard  source.Pos // of a statement without sides, where the duty is done once for all services
}

// Split follows from the sides: NoSplit, the one side's id, or Shared.
func (f *DutySplit) Split() string { return SplitOf(f.Sides) }

func SplitOf(sides []Side) string {
	switch len(sides) {
	case 0:
		return NoSplit
	case 1:
		return sides[0].Who
	}
	return Shared
}

// Open reads the version and the controls of the layers.
func Open(layers ...Layer) (*Catalog, source.Diagnostics) {
	c := &Catalog{
		layers: layers, duties: map[string]*Duty{}, services: map[string]*Service{},
		models: map[string]*model{}, frameworks: map[string]*Framework{},
		answers: map[string][]dutyAnswer{}, read: map[string][sha256.Size]byte{},
	}
	var problems source.Diagnostics
	for i := range layers {
		if i > 0 { // what is embedded can be read
			problems = append(problems, layers[i].check()...)
			problems = append(problems, c.checkCase(i)...)
		}
		problems = append(problems, c.readVersion(i)...)
		problems = append(problems, c.readControls(i)...)
	}
	for _, control := range c.Controls {
		c.order = append(c.order, control.Duties...)
	}
	problems = append(problems, c.placeAnswers()...)
	if len(problems) == 0 {
		problems = c.checkTakenNames()
	}
	return c, problems.Sorted()
}

// readFile reads one file of a layer and remembers its digest. A file that does
// not exist gives nil.
func (c *Catalog) readFile(layer int, name string) ([]byte, source.Pos, source.Diagnostics) {
	l := &c.layers[layer]
	name = l.spelled(name)
	if _, err := fs.Stat(l.FS, name); errors.Is(err, fs.ErrNotExist) {
		return nil, l.at(name), nil
	}
	data, problem := l.read(name)
	if problem != nil {
		return nil, l.at(name), source.Diagnostics{*problem}
	}
	c.read[readKey(layer, name)] = sha256.Sum256(data)
	return data, l.at(name), nil
}

// readKey is the name of a file among those that were read.
func readKey(layer int, name string) string { return fmt.Sprintf("%d/%s", layer, name) }

// Info returns the version, and a digest of the files read so far, in the
// order of their names.
func (c *Catalog) Info() Info {
	names := make([]string, 0, len(c.read))
	for name := range c.read {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		sum := c.read[name]
		fmt.Fprintf(h, "%s %x\n", name, sum)
	}
	return Info{Version: c.Version, Digest: "sha256:" + hex.EncodeToString(h.Sum(nil))}
}

// Duties returns all duties, in the order of their controls.
func (c *Catalog) Duties() []*Duty { return c.order }

// ServiceIDs returns the ids of all services, sorted. It reads no file.
func (c *Catalog) ServiceIDs() []string { return c.ids("services") }

// ModelIDs returns the ids of all service models, sorted. It reads no file.
func (c *Catalog) ModelIDs() []string { return c.ids("models") }

func (c *Catalog) ids(folder string) []string {
	if ids, ok := c.idLists[folder]; ok {
		return slices.Clone(ids)
	}
	var ids []string
	for i := range c.layers {
		ids = append(ids, c.layers[i].ids(folder)...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if c.idLists == nil {
		c.idLists = map[string][]string{}
	}
	c.idLists[folder] = ids
	return slices.Clone(ids)
}

// Kind is what several services have in common: a service model, or a variant
// that they share.
type Kind struct{ ID, Name, Description string }

// Model returns the service model with this id.
func (c *Catalog) Model(id string) (Kind, source.Diagnostics) { return c.kind("models", id) }

// SharedVariantIDs returns the ids of the variants that several services share,
// sorted. It reads no file.
func (c *Catalog) SharedVariantIDs() []string { return c.ids("variants") }

// SharedVariant returns the shared variant with this id.
func (c *Catalog) SharedVariant(id string) (Kind, source.Diagnostics) {
	return c.kind("variants", id)
}

func (c *Catalog) kind(folder, id string) (Kind, source.Diagnostics) {
	m, problems := c.model(folder, id, nil)
	if m == nil || len(problems) > 0 {
		return Kind{}, problems.Sorted()
	}
	return Kind{m.id, m.name, m.description}, nil
}

// Variant returns the variant with this id, or nil.
func (s *Service) Variant(id string) *Variant {
	if i := slices.IndexFunc(s.Variants, func(v *Variant) bool { return v.ID == id }); i >= 0 {
		return s.Variants[i]
	}
	return nil
}

// findVariant returns the variant that has this id or alias, in capitals or not,
// or nil.
func (s *Service) findVariant(name string) *Variant {
	if v := s.Variant(name); v != nil {
		return v
	}
	i := slices.IndexFunc(s.Variants, func(v *Variant) bool {
		return strings.EqualFold(v.ID, name) || slices.Contains(v.Aliases, strings.ToLower(name))
	})
	if i < 0 {
		return nil
	}
	return s.Variants[i]
}

func (s *Service) variantIDs() []string {
	ids := make([]string, len(s.Variants))
	for i, v := range s.Variants {
		ids[i] = v.ID
	}
	return ids
}
