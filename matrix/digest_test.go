package matrix

import (
	"reflect"
	"testing"
)

// TestMakeLists: a list that nobody filled is an empty one to JSON, not null.
func TestMakeLists(t *testing.T) {
	v := struct {
		Text        string
		None, Some  []string
		Differently []struct{ A int }
	}{Some: []string{"a"}}
	makeLists(reflect.ValueOf(&v).Elem())
	if v.None == nil || len(v.None) > 0 || len(v.Some) != 1 || v.Differently == nil {
		t.Errorf("%#v", v)
	}
}
