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
