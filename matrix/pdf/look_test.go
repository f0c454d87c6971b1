package pdf

import (
	"bytes"
	"os"
	"testing"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("PDF_LOOK")
	if dir == "" {
		t.Skip("set PDF_LOOK")
	}
	for name, s := range map[string]shape{"real": {8, 6, 200, true}, "one": {1, 1, 3, false}, "wide": {40, 25, 400, false}, "many": {5, 40, 100, true}} {
		m := sample(s)
		var b bytes.Buffer
		w, err := Write(&b, m, sampleFindings(m))
		if err != nil {
			t.Fatal(err)
		}
		t.Log(name, w, b.Len())
		os.WriteFile(dir+"/"+name+".pdf", b.Bytes(), 0o644)
	}
}
