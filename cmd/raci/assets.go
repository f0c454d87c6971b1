package main

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos are PNG or JPEG
	_ "image/png"
	"io"
	"os"
	"path/filepath"

	"raci/matrix"
)

// Limits on the files that a manifest names.
const (
	maxLogo       = 2 << 20  // bytes
	maxLogoPixels = 4000     // a side
	maxFont       = 64 << 20 // bytes; a face for Chinese, Japanese and Korean has about 20 MiB
)

// readAssets fills in the files that the manifest names for its reports.
func readAssets(r *matrix.Report, folder string) matrix.Problems {
	var problems matrix.Problems
	if r.Logo.ID != "" {
		data, problem := readAsset(r.Logo.Ref, folder, "logo", maxLogo)
		if problem == nil {
			problem = checkLogo(r.Logo.Ref, data)
		}
		if problem != nil {
			problems = append(problems, *problem)
		}
		r.Logo.Data = data
	}
	for i := range r.Fonts {
		data, problem := readAsset(r.Fonts[i].Ref, folder, "font", maxFont)
		if problem != nil {
			problems = append(problems, *problem)
		}
		r.Fonts[i].Data = data
	}
	return problems
}

func readAsset(ref matrix.Ref, folder, what string, limit int64) ([]byte, *matrix.Problem) {
	path := filepath.FromSlash(ref.ID)
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &matrix.Problem{Pos: ref.At, Message: fmt.Sprintf("cannot read the %s %q", what, ref.ID), Hint: "name a file, relative to the manifest"}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, &matrix.Problem{Pos: ref.At, Message: fmt.Sprintf("cannot read the %s %q", what, ref.ID), Hint: "name a file, relative to the manifest"}
	case int64(len(data)) > limit:
		return nil, &matrix.Problem{Pos: ref.At, Message: fmt.Sprintf("the %s %q is larger than %d MiB", what, ref.ID, limit>>20), Hint: "use a smaller file"}
	}
	return data, nil
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
