package load

import (
	"errors"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/picture"
	"raci/matrix/report"
	"raci/matrix/source"
)

// Limits on the files that a manifest names.
const (
	maxLogo = 2 << 20  // bytes
	maxFont = 64 << 20 // bytes; a face for Chinese, Japanese and Korean has about 20 MiB
)

// readAssets fills in the files that the manifest names for its reports, and
// says what is wrong with them.
func (l *Loader) readAssets(in *Input, a *matrix.Appearance) (problems source.Diagnostics) {
	read := func(f *matrix.File, what string, limit int64) {
		data, problem := l.readAsset(in.beside(f.ID), f.Ref, what, limit)
		if f.Data = data; problem != nil {
			problems = append(problems, *problem)
		}
	}
	if a.Logo.ID != "" {
		read(&a.Logo, "logo", maxLogo)
	}
	for i := range a.Fonts {
		read(&a.Fonts[i], "font", maxFont)
	}
	return append(problems, checkAssets(a)...)
}

// checkAssets says what is wrong with those that could be read.
func checkAssets(a *matrix.Appearance) (problems source.Diagnostics) {
	if a.Logo.Data != nil {
		if problem := checkLogo(a.Logo.Ref, a.Logo.Data); problem != nil {
			problems = append(problems, *problem)
		}
	}
	fonts := slices.DeleteFunc(slices.Clone(a.Fonts), func(f matrix.File) bool { return f.Data == nil })
	return append(problems, report.CheckFonts(fonts)...)
}

func (l *Loader) readAsset(path string, ref source.Ref, what string, limit int64) ([]byte, *source.Diagnostic) {
	data, err := l.readFile(path, limit)
	if err != nil {
		hint := "name a file, relative to the manifest"
		if large := tooLarge(0); errors.As(err, &large) {
			hint = "use a smaller file"
		}
		return nil, &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("cannot read the %s %q: %v", what, ref.ID, err), Hint: hint}
	}
	return data, nil
}

func checkLogo(ref source.Ref, data []byte) *source.Diagnostic {
	err := picture.Check(data)
	if wrong := (*picture.Error)(nil); errors.As(err, &wrong) {
		return &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("the logo %q %s", ref.ID, wrong.Message), Hint: wrong.Hint}
	}
	return nil
}
