package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"raci/matrix/load"
)

// inputHelp says what an INPUT of a command may be.
const inputHelp = `INPUT is a manifest, a matrix that build wrote with --format json, or - for
standard input. A pipe is not read by its name: write PROGRAM | raci build -.
A matrix needs no manifest and no catalog; the logo and the fonts of its
reports lie beside it, or in the folder that --assets names. One that was
edited since raci wrote it is refused, unless --edited is given.
`

// inputFlags adds the flags of commands that take inputs.
func (p *program) inputFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.assets, "assets", "", "`FOLDER` with the logo and the fonts of a matrix that is read")
	cmd.Flags().BoolVar(&p.edited, "edited", false, "read a matrix also where it was edited; every report but CSV says so")
	_ = cmd.MarkFlagDirname("assets")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if info, err := os.Stat(p.assets); cmd.Flags().Changed("assets") && (err != nil || !info.IsDir()) {
			return fmt.Errorf("--assets: %q is not a directory", p.assets)
		}
		return nil
	}
}

// load loads one of the inputs that the commands are given.
func (p *program) load(path string) (*load.Input, error) {
	all, err := p.loadAll([]string{path})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func (p *program) loadAll(paths []string) ([]*load.Input, error) {
	l, err := p.loader()
	if err != nil {
		return nil, err
	}
	all, problems := l.All(paths)
	if problems == nil && p.assets != "" && !slices.ContainsFunc(all, isStored) {
		return nil, errors.New("--assets is for a matrix, and no input is one; a manifest names its logo and fonts itself")
	}
	return all, problems.Err()
}

// isStored reports whether a matrix was read, not a manifest.
func isStored(l *load.Input) bool { return l.Catalog == nil }

func (p *program) loader() (*load.Loader, error) {
	date, err := sourceDate()
	return &load.Loader{Shipped: p.catalog, Stdin: p.in, Date: date, Assets: p.assets, Edited: p.edited, Rules: p.rules}, err
}
