package load

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"raci/matrix/report"
	"raci/matrix/source"
)

// readMatrix reads a matrix that was stored, with the files that its reports
// need. One that was edited is refused unless the user asks for it.
func (l *Loader) readMatrix(in *Input, r io.Reader) source.Diagnostics {
	in.shipped = l.Shipped.Name
	stored, problems := report.ReadJSON(in.file(), r)
	if problems != nil {
		return problems
	}
	in.Matrix, in.Edited = stored.Matrix, stored.Edited
	for _, a := range stored.Assets {
		problems = append(problems, l.readStored(in, a)...)
	}
	for _, p := range checkAssets(&in.Matrix.Appearance) {
		p.At = in.whole()
		problems = append(problems, p)
	}
	if digest := in.Matrix.Digest(); problems == nil && digest != stored.Digest {
		in.Edited = true
		if !l.Edited {
			problems.Add(in.whole(), "build it again from its manifest, or read it all the same with --edited, which every report will say",
				"the matrix was edited: it states the digest %s, and what it says has %s", stored.Digest, digest)
		}
	}
	return problems
}

// whole is the place of what is about the whole file.
func (in *Input) whole() source.Pos { return source.Pos{File: in.file()} }

// readStored reads a file that reports need, from the folder for assets or from
// beside the matrix. Only what was there when the matrix was written will do.
func (l *Loader) readStored(in *Input, a report.Asset) (problems source.Diagnostics) {
	ref := source.Ref{ID: a.File.ID, At: in.whole()}
	data, problem := l.readAsset(l.assetPath(in, ref.ID), ref, "file", maxFont)
	if problem != nil {
		problem.Hint = "put it beside the matrix, or name the folder that holds it with --assets"
		return source.Diagnostics{*problem}
	}
	a.File.Data = data
	if got := a.File.SHA256(); got != a.SHA256 {
		problems.Add(ref.At, "find the one that it was, and name its folder with --assets",
			"the file %q is not the one of which the matrix was made: its SHA-256 is %s, not %s", ref.ID, got, a.SHA256)
	}
	return problems
}

// assetPath returns where the file is. Of a path that held on one machine alone
// the folder for assets has the last part.
func (l *Loader) assetPath(in *Input, name string) string {
	path := filepath.FromSlash(name)
	switch {
	case l.Assets == "":
		return in.beside(name)
	case filepath.IsAbs(path):
		path = filepath.Base(path)
	}
	return filepath.Join(l.Assets, path)
}

// besideMatrix returns a place in a file that lies beside the matrix with the
// path that the user can open. Where the manifest and its overlays are not
// there, the place keeps the name that it has for them.
func (in *Input) besideMatrix(at source.Pos) source.Pos {
	if at.File == "" || strings.HasPrefix(at.File, in.shipped+"/") {
		return at
	}
	path := in.beside(at.File)
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		at.File = path
	}
	return at
}
