package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"raci/matrix/load"
	"raci/matrix/source"
	"raci/matrix/view"
)

// explainedInput is what a folder's JSON has of one manifest.
type explainedInput struct {
	Input     string          `json:"input"`
	Explained json.RawMessage `json:"explained"` // as explain prints it of this manifest alone
}

// explainFolder explains each manifest of a folder that has what is asked for. What
// cannot be read fails all of them, but with keepGoing.
func (p *program) explainFolder(loader *load.Loader, inputs []load.Named, args []string, filter rowFilter, format string, keepGoing bool) error {
	var text bytes.Buffer
	explained := []explainedInput{}
	var lacking error // what the first says that has not what is asked for
	unread := 0
	for _, input := range inputs {
		in, problems := loader.Load(input.Path)
		if problems != nil {
			p.printError(problems.Err())
			unread++
			continue
		}
		var out bytes.Buffer
		one := *p
		one.out, one.err = &out, &bytes.Buffer{}
		if err := one.explainInput(in, args, filter, format); err != nil {
			lacking = cmp.Or(lacking, err)
			continue
		}
		explained = append(explained, explainedInput{input.Path, out.Bytes()})
		fmt.Fprintf(&text, "== %s\n\n%s\n", source.Quoted(input.Path), out.Bytes())
	}
	switch {
	case unread > 0 && !keepGoing:
		p.say("raci: %d of %d inputs cannot be read; explain the others with --keep-going", unread, len(inputs))
		return errPrinted
	case len(explained) == 0 && lacking != nil:
		p.printError(lacking)
		p.say("raci: none of the %d manifests in the folder has it", len(inputs)-unread)
		return errPrinted
	case format == "json":
		if err := p.printJSON(explained); err != nil {
			return err
		}
	default:
		_, _ = text.WriteTo(p.out) // which remembers an error
	}
	p.say("%s of %d", view.Count(len(explained), "manifest"), len(inputs))
	if unread > 0 {
		return errPrinted
	}
	return nil
}
