package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"raci/matrix/load"
)

// inputHelp says what an INPUT of a command may be.
const inputHelp = `INPUT is a manifest, a folder with manifests, a matrix that build wrote with
--format json, or - for standard input. Of a folder all files are taken that say
"version: 1" and "services:", also those in the folders below, but not what Git
ignores, what begins with a dot, and node_modules. A pipe is not read by its
name: write PROGRAM | raci build -. A matrix needs no manifest and no catalog;
the logo and the fonts of its reports lie beside it, or in the folder that
--assets names. One that was edited since raci wrote it is refused, unless
--edited is given.
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

// find returns the inputs that the arguments name, and what loads them.
func (p *program) find(args []string) ([]load.Named, *load.Loader, error) {
	l, err := p.loader()
	if err != nil {
		return nil, nil, err
	}
	inputs, problems := load.Find(args)
	return inputs, l, problems.Err()
}

// checkAssets refuses --assets where no input is a matrix.
func (p *program) checkAssets(stored bool) error {
	if p.assets != "" && !stored {
		return errors.New("--assets is for a matrix, and no input is one; a manifest names its logo and fonts itself")
	}
	return nil
}

// isStored reports whether a matrix was read, not a manifest.
func isStored(l *load.Input) bool { return l.Catalog == nil }

func (p *program) loader() (*load.Loader, error) {
	date, err := sourceDate()
	return &load.Loader{Shipped: p.catalog, Stdin: p.in, Date: date, Assets: p.assets, Edited: p.edited, Rules: p.rules}, err
}
