package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // logos are PNG or JPEG
	_ "image/png"
	"io"
	"os"

	"raci/matrix"
	"raci/matrix/report"
)

// Limits on the files that a manifest names.
const (
	maxLogo       = 2 << 20  // bytes
	maxLogoPixels = 4000     // a side
	maxFont       = 64 << 20 // bytes; a face for Chinese, Japanese and Korean has about 20 MiB
)

// readAssets fills in the files that the manifest names for its reports, and
// says what is wrong with them.
func (l *loaded) readAssets(r *matrix.Report) matrix.Problems {
	var problems matrix.Problems
	if r.Logo.ID != "" {
		problem := l.readAsset(&r.Logo, "logo", maxLogo)
		if problem == nil {
			problem = checkLogo(r.Logo.Ref, r.Logo.Data)
		}
		if problem != nil {
			problems = append(problems, *problem)
		}
	}
	var fonts []matrix.File
	for i := range r.Fonts {
		if problem := l.readAsset(&r.Fonts[i], "font", maxFont); problem != nil {
			problems = append(problems, *problem)
			continue
		}
		fonts = append(fonts, r.Fonts[i])
	}
	var unusable matrix.Problems
	errors.As(report.CheckFonts(fonts), &unusable)
	return append(problems, unusable...)
}

func (l *loaded) readAsset(asset *matrix.File, what string, limit int64) *matrix.Problem {
	unreadable := &matrix.Problem{Pos: asset.At, Message: fmt.Sprintf("cannot read the %s %q", what, asset.ID), Hint: "name a file, relative to the manifest"}
	path := l.beside(asset.ID)
	f, err := os.Open(path)
	if err != nil {
		return unreadable
	}
	defer f.Close()
	l.inputs.add(path, f)
	asset.Data, err = io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return unreadable
	case int64(len(asset.Data)) > limit:
		return &matrix.Problem{Pos: asset.At, Message: fmt.Sprintf("the %s %q is larger than %d MiB", what, asset.ID, limit>>20), Hint: "use a smaller file"}
	}
	return nil
}

func checkLogo(ref matrix.Ref, data []byte) *matrix.Problem {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && config.Width <= maxLogoPixels && config.Height <= maxLogoPixels {
		_, _, err = image.Decode(bytes.NewReader(data)) // a broken picture shows only here
	} else if err == nil {
		return &matrix.Problem{Pos: ref.At, Message: fmt.Sprintf("the logo %q has %d by %d pixels", ref.ID, config.Width, config.Height),
			Hint: fmt.Sprintf("make it at most %d by %d", maxLogoPixels, maxLogoPixels)}
	}
	if err != nil {
		return &matrix.Problem{Pos: ref.At, Message: fmt.Sprintf("the logo %q is not a picture that can be read: %v", ref.ID, err), Hint: "use a PNG or JPEG file"}
	}
	return nil
}
