package catalog

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"raci/matrix/source"
)

// What the folder of a catalog holds.
const controlsFile = "controls.yaml"

var catalogFolders = []string{"services", "models", "variants", "frameworks"}

// check reports what would be ignored without a word: a folder that is not a
// catalog, and files that would be read under another name.
func (l *Layer) check() source.Diagnostics {
	var problems source.Diagnostics
	known := false
	for _, e := range l.list(".") {
		known = known || e.Name() == controlsFile || slices.Contains(catalogFolders, e.Name())
		if name := yamlName(e.Name()); name != e.Name() && (name == controlsFile || name == "catalog.yaml") {
			known = true
			problems.Add(source.Pos{File: path.Join(l.Name, e.Name())}, "name it "+name, "the file is not read under this name")
		}
	}
	for _, folder := range catalogFolders {
		for _, e := range l.list(folder) {
			if name := yamlName(e.Name()); name != e.Name() && !e.IsDir() {
				problems.Add(source.Pos{File: path.Join(l.Name, folder, e.Name())}, "name it "+name, "the file is not read under this name")
			}
		}
	}
	if !known {
		problems.Add(source.Pos{File: l.Name}, "name the folder that holds "+controlsFile+", or a folder "+strings.Join(catalogFolders[:3], ", ")+" or "+catalogFolders[3],
			"this folder is not a catalog")
	}
	return problems
}

func (l *Layer) list(folder string) []fs.DirEntry {
	entries, _ := fs.ReadDir(l.FS, folder) // a layer need not have the folder
	return entries
}

// yamlName returns the name that a file of YAML must have to be read.
func yamlName(name string) string {
	ext := path.Ext(name)
	if strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml") {
		return strings.TrimSuffix(name, ext) + ".yaml"
	}
	return name
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
	return problems.Sorted()
}
