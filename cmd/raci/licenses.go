package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// licenses holds the notices of what the program is made of: for each module a
// folder with its files, copied as they are. A test keeps them complete.
//
//go:embed licenses
var licenses embed.FS

// goNotices is the folder of Go itself, which is no module.
const goNotices = "go"

func licensesCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "licenses",
		Short: "Print the notices of the software and fonts that raci contains",
		Long: `Print the copyright notices and licenses of the software that this program
contains, Go's own among it, and of the fonts that it embeds in PDF reports.`,
		Args: argCount(0, 0, ""),
		RunE: func(*cobra.Command, []string) error { return p.printLicenses(buildInfo()) },
	}
}

// printLicenses prints the notices of what is linked in.
func (p *program) printLicenses(info *debug.BuildInfo) error {
	list, err := notices(licenses, info)
	if err != nil {
		return err
	}
	for i, n := range list {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		rule := strings.Repeat("=", 80)
		fmt.Fprintf(p.out, "%s\n%s\n%s\n\n%s\n", rule, n.title, rule, strings.TrimRight(n.text, "\n"))
	}
	return nil
}

// notice is one file of a module's.
type notice struct{ title, text string }

// notices returns the notices of what is linked in, by the path of the module,
// or all of them where the linker did not say what that is.
func notices(licenses fs.FS, info *debug.BuildInfo) ([]notice, error) {
	var list []notice
	err := fs.WalkDir(licenses, "licenses", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		of := strings.TrimPrefix(path.Dir(name), "licenses/")
		if !linked(of, info) {
			return nil
		}
		text, err := fs.ReadFile(licenses, name)
		list = append(list, notice{title(of, path.Base(name)), string(text)})
		return err
	})
	return list, err
}

func title(of, file string) string {
	switch {
	case of == goNotices:
		of = "Go"
	case strings.HasPrefix(of, "golang.org/x/image/font/gofont"):
		of += ", the fonts in PDF reports"
	}
	return of + ": " + file
}

// linked reports whether the program contains what is in this folder: a module,
// a package of one, or Go.
func linked(folder string, info *debug.BuildInfo) bool {
	if folder == goNotices || info == nil || len(info.Deps) == 0 {
		return true
	}
	return slices.ContainsFunc(info.Deps, func(m *debug.Module) bool {
		return m.Path == folder || strings.HasPrefix(folder, m.Path+"/")
	})
}
