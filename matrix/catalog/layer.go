package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// What the folder of a catalog holds.
const (
	controlsFile   = "controls.yaml"
	versionFile    = "catalog.yaml"
	servicesFolder = "services"
	startersFolder = "starters" // of the catalog that ships, for new manifests
)

var catalogFolders = []string{servicesFolder, "models", "variants", "frameworks"}

// FolderHint says which folder may be named as a catalog.
var FolderHint = "name the folder that holds " + controlsFile + " or " + programsFile + ", or a folder " + strings.Join(catalogFolders[:3], ", ") + " or " + catalogFolders[3]

// check reports what would be ignored without a word: a folder that is not a
// catalog, files that would be read under another name, and those that cannot
// be read. Names that begin with a dot are those of editors and systems.
func (l *Layer) check() source.Diagnostics {
	var problems, misplaced source.Diagnostics
	known := false
	for _, e := range l.list(".", &problems) {
		name := e.Name()
		want := nearName(name, e.IsDir())
		switch {
		case want == "" && !e.IsDir():
			l.checkMisplaced(name, &misplaced)
		case want == "":
		case slices.Contains(catalogFolders, name):
			known = true
			l.checkFolder(name, &problems)
		case e.IsDir():
			l.checkStray(name, want, &problems)
		case want != name:
			known = true
			problems.Add(l.at(name), "name it "+want, "the file is not read under this name")
		default:
			known = known || name != versionFile
			l.checkFile(name, &problems)
		}
	}
	if !known && len(problems) == 0 {
		problems.Add(source.Pos{File: l.Name}, FolderHint, "this folder is not a catalog")
		return problems
	}
	return append(problems, misplaced...)
}

// nearName returns the name that a file or a folder of a catalog must have to be
// read, where its own is that or nearly so, or "".
func nearName(name string, folder bool) string {
	names := []string{controlsFile, programsFile, versionFile, factsFile}
	if folder {
		names = append(slices.Clone(catalogFolders), startersFolder)
	}
	if slices.Contains(catalogFolders, name) {
		return name // a link to a folder is not a folder itself
	}
	return source.Nearest(strings.ToLower(yamlName(name)), names)
}

// checkFolder looks at the files of one kind. What is no YAML is no file of a
// catalog.
func (l *Layer) checkFolder(folder string, problems *source.Diagnostics) {
	first := map[string]string{}
	for _, e := range l.list(folder, problems) {
		name := path.Join(folder, e.Name())
		if other, ok := first[norm.NFC.String(name)]; ok {
			problems.Add(l.at(name), "remove one of the two", "the names %+q and %+q are two forms of one", other, name)
			continue
		}
		first[norm.NFC.String(name)] = name
		id, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		switch want := yamlName(e.Name()); {
		case want != e.Name() && !e.IsDir():
			problems.Add(l.at(name), "name it "+want, "the file is not read under this name")
		case !isYAML && e.IsDir():
			l.checkStray(name, "", problems)
		case strings.EqualFold(path.Ext(name), ".json"):
			problems.Add(l.at(name), "name it "+strings.TrimSuffix(e.Name(), path.Ext(name))+".yaml, which JSON may stand in", "the file is not read under this name")
		case !isYAML:
		case folder == servicesFolder && slices.Contains(listFiles, id):
			problems.Add(l.at(name), "say it in the file of the service, with aliases or lifecycle", "this list is read from the catalog that ships alone")
		default:
			l.checkID(name, id, problems)
			l.checkFile(name, problems)
		}
	}
}

// checkStray reports a folder with files of YAML that are not read.
func (l *Layer) checkStray(folder, want string, problems *source.Diagnostics) {
	if !slices.ContainsFunc(l.list(folder, problems), func(e fs.DirEntry) bool { return strings.HasSuffix(yamlName(e.Name()), ".yaml") }) {
		return
	}
	hint := "move its files to the folder above"
	switch want {
	case "":
	case startersFolder:
		hint = "remove it: starters come from the catalog that ships"
	default:
		hint = "name it " + want
	}
	problems.Add(l.at(folder), hint, "the files of this folder are not read")
}

// checkID reports a file whose name is none that an id may have, such as a copy.
func (l *Layer) checkID(name, id string, problems *source.Diagnostics) {
	r := source.Reader{File: l.at(name).File}
	r.ID(&yaml.Node{Kind: yaml.ScalarNode, Value: id}, "the file name")
	for _, p := range r.Problems {
		p.At = l.at(name)
		*problems = append(*problems, p)
	}
}

// CheckUnread reports files of overlays that nothing needed so far and that cannot be
// parsed, or are about another id than their names say: whoever wrote them thinks
// that they count.
func (c *Catalog) CheckUnread() source.Diagnostics {
	var problems source.Diagnostics
	for i := 1; i < len(c.layers); i++ {
		if _, err := fs.Stat(c.layers[i].FS, factsFile); err == nil {
			problems = append(problems, c.readQuestionsOnce()...)
		}
		for _, folder := range catalogFolders {
			for _, id := range c.layers[i].ids(folder) {
				name := c.layers[i].spelled(path.Join(folder, id+".yaml"))
				if _, read := c.read[readKey(i, name)]; !read {
					c.layers[i].checkForm(name, &problems)
				}
			}
		}
	}
	return problems
}

// checkForm reports a file that cannot be parsed, or that is about another id than
// its name says.
func (l *Layer) checkForm(name string, problems *source.Diagnostics) {
	var r reader
	var top *yaml.Node
	if f := l.parsed(name); f != nil {
		r.Reader, top = f.read, f.top
	} else {
		data, problem := l.read(name)
		if problem != nil {
			*problems = append(*problems, *problem)
			return
		}
		top = r.Parse(data)
	}
	r.File = l.at(name).File
	for i := range r.Problems {
		r.Problems[i].At.File = r.File
	}
	if top != nil && top.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(top.Content); i += 2 {
			if value := source.Deref(top.Content[i+1]); source.KeyOf(top.Content[i]) == "id" && value.Kind == yaml.ScalarNode {
				r.idOfFile(value)
			}
		}
	}
	*problems = append(*problems, r.Problems...)
}

// checkMisplaced reports a file beside the folders that belongs into one of them.
func (l *Layer) checkMisplaced(name string, problems *source.Diagnostics) {
	if ext := path.Ext(yamlName(name)); ext != ".yaml" && !strings.EqualFold(ext, ".json") {
		return
	}
	data, problem := l.read(name)
	if problem != nil {
		return // a catalog does not read it
	}
	if keys, _ := source.TopKeys(data); keys["id"] != "" {
		problems.Add(l.at(name), "move it into one of "+strings.Join(catalogFolders, ", "), "the file is not read here")
	}
}

// checkFile reports a file that cannot be read.
func (l *Layer) checkFile(name string, problems *source.Diagnostics) {
	f, problem := l.open(name)
	if problem != nil {
		*problems = append(*problems, *problem)
		return
	}
	f.Close()
}

// open opens a file, which must be one and no larger than files may be. A pipe
// would be waited for, and a device has no end.
func (l *Layer) open(name string) (fs.File, *source.Diagnostic) {
	info, err := fs.Stat(l.FS, name)
	switch {
	case err != nil:
		return nil, l.unreadable(name, err)
	case !info.Mode().IsRegular():
		return nil, &source.Diagnostic{At: l.at(name), Message: "cannot read the catalog: this is not a regular file", Hint: "put a file in its place, or remove it"}
	case info.Size() > source.MaxFileSize:
		return nil, &source.Diagnostic{At: l.at(name), Message: fmt.Sprintf("the file is larger than %d MiB", source.MaxFileSize>>20), Hint: "split it"}
	}
	f, err := l.FS.Open(name)
	if err != nil {
		return nil, l.unreadable(name, err)
	}
	return f, nil
}

// read returns what a file holds, or a little more than a file may.
func (l *Layer) read(name string) ([]byte, *source.Diagnostic) {
	f, problem := l.open(name)
	if problem != nil {
		return nil, problem
	}
	defer f.Close()
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil {
		data.Grow(int(info.Size()) + bytes.MinRead)
	}
	if _, err := data.ReadFrom(io.LimitReader(f, source.MaxFileSize+1)); err != nil {
		return nil, l.unreadable(name, err)
	}
	return data.Bytes(), nil
}

// unreadable says why a file or a folder cannot be read, without the name of a
// system call.
func (l *Layer) unreadable(name string, err error) *source.Diagnostic {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	d := &source.Diagnostic{At: l.at(name), Message: fmt.Sprintf("cannot read the catalog: %v", err), Hint: "make it readable, or remove it"}
	if errors.Is(err, fs.ErrNotExist) {
		d.Message, d.Hint = "cannot read the catalog: this is a link to nothing", "put the file in its place, or remove it"
	}
	return d
}

// at is the place of a file or a folder.
func (l *Layer) at(name string) source.Pos { return source.Pos{File: path.Join(l.Name, name)} }

// list returns what a folder holds under names that do not begin with a dot.
func (l *Layer) list(folder string, problems *source.Diagnostics) []fs.DirEntry {
	entries, err := fs.ReadDir(l.FS, folder)
	if err != nil {
		*problems = append(*problems, *l.unreadable(folder, err))
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") })
}

// ids returns the names of the files of one kind, which are the ids of what they
// describe.
func (l *Layer) ids(folder string) []string {
	var ids []string
	entries, _ := fs.ReadDir(l.FS, folder) // a layer need not have the folder
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".yaml"); ok && !strings.HasPrefix(id, ".") && !(folder == servicesFolder && slices.Contains(listFiles, id)) {
			ids = append(ids, norm.NFC.String(id))
		}
	}
	return ids
}

// spelled returns the name of a file as the folder has it: ids are composed (NFC),
// and some systems take the names of files apart (NFD).
func (l *Layer) spelled(name string) string {
	if norm.NFD.IsNormalString(name) {
		return name // there is no other form
	}
	folder := path.Dir(name)
	entries, _ := fs.ReadDir(l.FS, folder) // reading the file will say what is wrong
	for _, e := range entries {
		if path.Join(folder, norm.NFC.String(e.Name())) == name {
			return path.Join(folder, e.Name())
		}
	}
	return name
}

// yamlName returns the name that a file of YAML must have to be read.
func yamlName(name string) string {
	ext := path.Ext(name)
	if strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml") {
		return strings.TrimSuffix(name, ext) + ".yaml"
	}
	return name
}

// checkCase reports files of a layer that differ from those below it in capitals
// alone: whoever wrote them meant the same id.
func (c *Catalog) checkCase(layer int) source.Diagnostics {
	var problems source.Diagnostics
	for _, folder := range catalogFolders {
		known := (&Catalog{layers: c.layers[:layer]}).ids(folder)
		for _, id := range c.layers[layer].ids(folder) {
			i := slices.IndexFunc(known, func(other string) bool { return strings.EqualFold(id, other) })
			if i >= 0 && !slices.Contains(known, id) {
				problems.Add(c.layers[layer].at(path.Join(folder, id+".yaml")), "name it "+known[i]+".yaml", "the file is not read for %q under this name", known[i])
			}
		}
	}
	return problems
}

// ReadAll reads every file of the catalog, in use or not, and returns the
// diagnostics of all of them.
func (c *Catalog) ReadAll() source.Diagnostics {
	var problems source.Diagnostics
	for _, id := range c.ServiceIDs() {
		if _, err := c.service(id); err != nil {
			problems = append(problems, err...)
		}
	}
	for _, folder := range []string{"models", "variants"} {
		for _, id := range c.ids(folder) {
			_, more := c.model(folder, id, nil)
			problems = append(problems, more...)
		}
	}
	for _, id := range c.FrameworkIDs() {
		_, more := c.frameworkByID(id)
		problems = append(problems, more...)
	}
	return append(problems, c.readPrograms().problems...).Sorted()
}
