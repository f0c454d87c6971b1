package oscal

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestLayout(t *testing.T) {
	compact := `{"a":{"b":[{"c":"[{\"x\":1},{","d":[{"e":"\\"},{}],"f":["g","h"]},{"i":{}}],"j":[]}}`
	var l layout
	l.Write([]byte(compact))
	want := `{"a": {"b": [
{"c": "[{\"x\":1},{","d": [
 {"e": "\\"},
 {}],"f": ["g","h"]},
{"i": {}}],"j": []}}`
	if got := string(l.text); got != want {
		t.Errorf("the layout is\n%s\nwant\n%s", got, want)
	}
	var back bytes.Buffer
	if err := json.Compact(&back, l.text); err != nil || back.String() != compact {
		t.Errorf("it means %s (%v)", back.String(), err)
	}
}

// TestLayoutInPieces: where pieces end changes nothing.
func TestLayoutInPieces(t *testing.T) {
	var whole, cut layout
	for _, part := range []string{`{"a":[`, `{"b":[{"c":1}]}`, `,{"b":2}`, `]}`} {
		whole.Write([]byte(part))
		cut.Write([]byte(part))
		if part != `{"a":[` {
			cut.cut()
		}
	}
	whole.cut()
	if got := bytes.Join(cut.pieces, nil); !bytes.Equal(got, whole.pieces[0]) || len(cut.pieces) != 3 {
		t.Errorf("in %d pieces it is\n%s\nin one\n%s", len(cut.pieces), got, whole.pieces[0])
	}
	if !bytes.Equal(cut.digest(), whole.digest()) {
		t.Error("the digest depends on the pieces")
	}
}
