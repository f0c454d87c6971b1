// Package load is the one way from a path to a matrix with its findings: it
// reads a manifest, the overlays and the files for reports that it names, builds
// the matrix and checks it. In the place of a manifest it takes a matrix as JSON,
// which needs no catalog.
//
// Places in a matrix are relative to the manifest, so that they do not depend on
// the folder in which a report is made. [Input.Locate] is the one place that
// makes of them what a user of the working folder can open.
package load

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/source"
)

// Stdin is the path that means standard input.
const Stdin = "-"

// Loader holds what all inputs have in common. It is safe for concurrent use; each
// file of a catalog is read once for all that it loads.
type Loader struct {
	Shipped catalog.Layer // the catalog that ships
	Stdin   io.Reader     // for the path "-"
	Date    string        // for a manifest that has none, as 2006-01-02, or ""
	Assets  string        // the folder with the logo and the fonts of a matrix; its own where this is ""
	Rules   []string      // of check that are off unless chosen, and are chosen here
	Edited  bool          // read a matrix also where it was edited

	mu       sync.Mutex
	files    []file                   // that were read
	shipped  *catalog.Layer           // Shipped, with what was read of it
	overlays map[string]catalog.Layer // by folder, with what was read of them
}

// Input is a manifest made into a matrix, or one that was stored, with what
// check says of it.
type Input struct {
	Path     string           // as the user wrote it
	Source   []byte           // of the manifest; nil where a matrix was read
	Catalog  *catalog.Catalog // nil where a matrix was read
	Matrix   *matrix.Matrix
	Edited   bool            // the matrix was edited since it was built
	Findings matrix.Findings // at places relative to the manifest, as reports print them
	Overlays []Overlay

	shipped string // the name of the catalog that ships, in the places of a matrix that was read
}

// Overlay is a folder with the user's own catalog.
type Overlay struct {
	Name   string // in places: relative to the manifest
	Folder string // as the user can open it
}

// Each loads the inputs, as many at a time as there are processors, and calls use
// with each as soon as it is loaded: with its index, and with the Input or with
// what is wrong with it, at places that the user can open. The calls come at the
// same time and in any order. An Input that use does not keep takes no memory.
func (l *Loader) Each(inputs []Named, use func(i int, in *Input, problems source.Diagnostics)) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, n := range inputs {
		g.Go(func() error {
			in, problems := l.Load(n.Path)
			use(i, in, problems)
			return nil
		})
	}
	_ = g.Wait() // there is none
}

// Load loads one input. The diagnostics are at places that the user can open;
// the Input is nil if there are any.
func (l *Loader) Load(path string) (*Input, source.Diagnostics) {
	in := &Input{Path: path}
	file, problems := l.open(in)
	if problems != nil {
		return nil, problems
	}
	defer file.Close()
	if isMatrix, whole := report.IsMatrixJSON(file); isMatrix {
		problems = l.readMatrix(in, whole)
	} else {
		problems = l.readManifest(in, whole)
	}
	if len(problems) > 0 {
		for i := range problems {
			problems[i] = in.located(problems[i])
		}
		return nil, problems.Sorted()
	}
	in.Findings = check.Run(in.Matrix, l.Rules...)
	return in, nil
}

// readManifest reads the manifest, and builds the matrix.
func (l *Loader) readManifest(in *Input, r io.Reader) source.Diagnostics {
	if problems := nameError(in.Path, in.file()); problems != nil {
		return problems
	}
	l.shippedLayer().ReadAhead()
	data, err := io.ReadAll(io.LimitReader(r, source.MaxFileSize+1)) // a little more than a manifest may have
	if err != nil {
		return fileError(in.Path, err)
	}
	in.Source = data
	man, problems := matrix.ParseManifest(in.file(), data)
	l.readAhead(man)
	problems = append(problems, l.readAssets(in, &man.Appearance)...)
	return append(problems, l.build(in, man)...)
}

// Draft builds and checks the text of a manifest that is not in a file yet, and
// that names no other files.
func (l *Loader) Draft(text []byte) (*Input, source.Diagnostics) {
	in := &Input{Path: "manifest", Source: text}
	man, problems := matrix.ParseManifest(in.file(), text)
	if problems == nil {
		problems = l.build(in, man)
	}
	if problems != nil {
		return nil, problems
	}
	in.Findings = check.Run(in.Matrix, l.Rules...)
	return in, nil
}

// build makes the matrix of a manifest, with the overlays that it names.
func (l *Loader) build(in *Input, man *matrix.Manifest) source.Diagnostics {
	layers, problems := l.layers(in, man.Overlays)
	var more source.Diagnostics
	if in.Catalog, more = catalog.Open(layers...); more != nil {
		return append(problems, more...)
	}
	if man.Date == "" {
		man.Date = l.Date
	}
	in.Matrix, more = matrix.Build(man, in.Catalog)
	return slices.Concat(problems, more, in.Catalog.CheckUnread())
}

// layers are the catalog that ships and the folders over it.
func (l *Loader) layers(in *Input, overlays []source.Ref) (layers []catalog.Layer, problems source.Diagnostics) {
	layers = []catalog.Layer{l.shippedLayer()}
	for _, o := range overlays {
		dir := in.beside(o.ID)
		if problem := checkFolder(o, dir); problem != nil {
			problem.Hint += ", relative to the manifest"
			problems = append(problems, *problem)
			continue
		}
		in.Overlays = append(in.Overlays, Overlay{filepath.ToSlash(filepath.Clean(o.ID)), dir})
		layers = append(layers, l.overlay(o.ID, dir))
	}
	return layers, problems
}

// readAhead has the part of the catalog read that the manifest names by its ids;
// other names and what rests on them are found when the matrix is built.
func (l *Loader) readAhead(man *matrix.Manifest) {
	var services, frameworks []string
	for _, use := range man.Uses {
		id, _, _ := strings.Cut(use.Service.ID, "/")
		services = append(services, id)
	}
	for _, use := range man.Frameworks {
		id, _, _ := strings.Cut(use.Ref.ID, "/")
		frameworks = append(frameworks, id)
	}
	l.shippedLayer().ReadAheadOf(frameworks, services)
}

// shippedLayer is the catalog that ships, with what any input read of it.
func (l *Loader) shippedLayer() catalog.Layer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shipped == nil {
		layer := l.Shipped.Remembering()
		l.shipped = &layer
	}
	return *l.shipped
}

// overlay is the folder under the name that a manifest has for it, with what any
// input read of it.
func (l *Loader) overlay(name, dir string) catalog.Layer {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := absolute(dir)
	layer, ok := l.overlays[key]
	if !ok {
		if l.overlays == nil {
			l.overlays = map[string]catalog.Layer{}
		}
		layer = catalog.Layer{FS: folder{dir, l}}.Remembering()
		l.overlays[key] = layer
	}
	layer.Name = name
	return layer
}

// checkFolder says why the folder of an overlay cannot be one, or returns nil.
func checkFolder(ref source.Ref, dir string) *source.Diagnostic {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("cannot read the catalog %q: %v", ref.ID, Cause(err)), Hint: catalog.FolderHint}
	case !info.IsDir():
		return &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("the catalog %q is not a folder", ref.ID), Hint: catalog.FolderHint}
	}
	return nil
}

// OpenCatalog opens the catalog that ships with these folders over it, as a
// manifest that names them does.
func OpenCatalog(shipped catalog.Layer, folders []string) (*catalog.Catalog, source.Diagnostics) {
	layers := []catalog.Layer{shipped}
	for _, dir := range folders {
		if problem := checkFolder(source.Ref{ID: dir}, dir); problem != nil {
			return nil, source.Diagnostics{*problem}
		}
		layers = append(layers, catalog.Layer{Name: filepath.ToSlash(filepath.Clean(dir)), FS: folder{path: dir}})
	}
	return catalog.Open(layers...)
}

// file is the name of the manifest in places.
func (in *Input) file() string {
	if in.Path == Stdin {
		return "stdin"
	}
	return filepath.Base(in.Path)
}

// beside returns the path of what the manifest names relative to itself.
func (in *Input) beside(name string) string {
	path := filepath.FromSlash(name)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(in.Path), path)
}

// Locate returns a place with the path that the user can open. A place in the
// catalog that ships has none, and keeps its name.
func (in *Input) Locate(at source.Pos) source.Pos {
	if at.File == in.file() {
		if in.Path != Stdin {
			at.File = in.Path
		}
		return at
	}
	if in.Catalog == nil {
		return in.besideMatrix(at)
	}
	for _, o := range slices.Backward(in.Overlays) {
		rest, inside := at.File, true
		if o.Name != "." {
			rest, inside = strings.CutPrefix(at.File, o.Name+"/")
		}
		file := filepath.Join(o.Folder, filepath.FromSlash(rest))
		if _, err := os.Lstat(file); inside && err == nil { // a link to nothing has a place, too
			at.File = file
			return at
		}
	}
	return at
}

// LocatedFindings returns the findings at places that the user can open. One
// without a place is about the manifest.
func (in *Input) LocatedFindings() matrix.Findings {
	var f matrix.Findings
	for _, d := range in.Findings.Open {
		f.Open = append(f.Open, in.located(d))
	}
	for _, a := range in.Findings.Accepted {
		a.Diagnostic = in.located(a.Diagnostic)
		f.Accepted = append(f.Accepted, a)
	}
	return f
}

// Located returns the diagnostics of an error at places that the user can open.
// An error of another kind stays as it is.
func (in *Input) Located(err error) error {
	ds := slices.Clone(source.FromError(err))
	if ds == nil {
		return err
	}
	for i := range ds {
		ds[i] = in.located(ds[i])
	}
	return ds.Err()
}

func (in *Input) located(d source.Diagnostic) source.Diagnostic {
	if d.At.File == "" {
		d.At.File = in.file()
	}
	d.At = in.Locate(d.At)
	d.Related = slices.Clone(d.Related)
	for i := range d.Related {
		d.Related[i].At = in.Locate(d.Related[i].At)
	}
	return d
}
