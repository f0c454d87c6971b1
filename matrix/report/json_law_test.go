package report

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

// filler gives every exported field a value, each text and number another one.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value, within ...reflect.Type) {
	f.n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", f.n))
		if words := jsonWords[v.Type()]; words != nil {
			v.SetString(words[f.n%2])
		}
	case reflect.Int:
		v.SetInt(int64(f.n))
	case reflect.Uint8:
		v.SetUint(uint64(f.n%3 + 1))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), within...)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key)
			f.fill(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Slice:
		if nested := strings.Count(fmt.Sprint(within), fmt.Sprint(v.Type().Elem())); nested > 1 {
			return // statements have none of their own
		}
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range v.Len() {
			f.fill(v.Index(i), within...)
		}
	case reflect.Struct:
		within = append(within[:len(within):len(within)], v.Type())
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i), within...)
			}
		}
	default:
		panic(fmt.Sprint("no value for a ", v.Type()))
	}
}

// filled is a matrix that has something in every field, and that makes sense.
func filled() *matrix.Matrix {
	m := &matrix.Matrix{}
	(&filler{}).fill(reflect.ValueOf(m).Elem())
	m.Date, m.Catalog.Digest = "2026-11-21", "sha256:"+strings.Repeat("0123456789abcdef", 4)
	m.NextReview = "2027-11-21"
	for i := range m.History {
		m.History[i].Date = fmt.Sprint("2026-01-0", i+1)
	}
	for i, kind := range []matrix.Kind{matrix.Provider, matrix.Team, matrix.Operator} {
		m.Parties[i].ID, m.Parties[i].Kind = []string{"aws", "team", "msp"}[i], kind
	}
	a := &m.Appearance
	a.Approvers, a.Color, a.Paper = []string{"team", "msp"}, "#1F3A5F", matrix.PaperLetter
	for i := range a.Columns {
		a.Columns[i].ID = matrix.ColumnIDs[i]
	}
	for i := range m.Exceptions {
		for k, who := range []string{"aws", "customer", "msp"} {
			m.Exceptions[i].Sides[k].Who = who
			for n := range m.Exceptions[i].Removed {
				m.Exceptions[i].Removed[n].Sides[k].Who = who
			}
		}
		m.Exceptions[i].Expires = fmt.Sprint("2027-01-0", i+1)
		m.Check.Waivers[i].Expires = fmt.Sprint("2027-02-0", i+1)
		m.Entries[i].Owner = "team"
	}
	for i := range m.Frameworks {
		f := &m.Frameworks[i]
		f.Framework.ID = []string{"fedramp-rev5", "csa-ccm-4.0", "nist-800-53-r5"}[i] // which have formats of their own
		f.Name = f.Framework.ID + "/low"
		for k, q := range f.Requirements {
			if q.Group = k == 0; q.Group {
				q.Statements = nil
			}
			q.Omitted = k == 1
			for s := range q.Statements {
				q.Statements[s].Group, q.Statements[s].Omitted = false, s == 1
			}
		}
	}
	for i := range m.Programs {
		m.Programs[i].Page = fmt.Sprint("https://example.com/programs/", i)
		for k := range m.Entries {
			m.Entries[k].Coverage[i] = catalog.Coverage{Program: m.Programs[i].ID, Since: fmt.Sprint("2026-0", i+1), Seen: fmt.Sprint("2026-0", i+2),
				Page: fmt.Sprintf("https://example.com/lists/%d-%d", k, i), Limit: fmt.Sprint("limit ", k, i)}
		}
	}
	m.DefaultAccountable.ID = "team"
	for i := range m.AnswerRules {
		a := &m.AnswerRules[i]
		a.Accountable.ID = "msp"
		for k := range a.Responsible {
			a.Responsible[k].ID = "team"
		}
		for k := range a.Requirements {
			a.Requirements[k].ID = m.Frameworks[i].Framework.ID + "/" + m.Frameworks[i].Requirements[k].ID
		}
	}
	for i := range m.Rows {
		m.Rows[i].Entry = m.Entries[i].Name
		makeValid(m, &m.Rows[i], i)
		m.OrganizationRows[i].Entry = matrix.OrganizationEntry
		makeValid(m, &m.OrganizationRows[i], i)
	}
	return m
}

func makeValid(m *matrix.Matrix, r *matrix.Row, i int) {
	r.Split, r.Exception, r.LosingOverrides = catalog.Shared, i, []int{2, 0, 1}
	for k, who := range []string{"aws", "customer", "msp"} {
		r.Sides[k].Who, r.Replaced[k].Who = who, who
		r.Requirements[k].Framework = m.Frameworks[k].Framework.ID
		for n := range r.Requirements[k].IDs {
			r.Requirements[k].IDs[n] = m.Frameworks[k].Requirements[n].ID
		}
	}
	r.Frequency = catalog.Frequencies[i]
	for k := range r.Process {
		r.Process[k].URL = "https://example.com/" + r.Process[k].Text[len("text "):]
		r.Details[k].About = matrix.Details[k]
	}
	for k := range r.Sources {
		r.Sources[k].URL = "https://example.com/" + r.Sources[k].URL[len("text "):]
	}
	r.Roles, r.Overruled = r.Roles[:2], r.Overruled[:1]
	for k := range r.Withheld {
		r.Withheld[k].Parties, r.Withheld[k].About = []string{"msp", "team"}, matrix.Details[k]
	}
	r.Roles[0].Party, r.Roles[1].Party, r.Overruled[0].Party, r.Overruled[0].Letters = "aws", "team", "msp", 0
}

// notWritten are fields that the JSON does not hold, and why.
var notWritten = map[string]string{
	"Appearance.Logo.Data":                               "the file is named, with its SHA-256; load reads it",
	"Appearance.Fonts[].Data":                            "likewise",
	"Frameworks[].Requirements[].Withdrawn":              "what is withdrawn is never selected",
	"Frameworks[].Requirements[].Statements[].Withdrawn": "likewise",
}

// TestMatrixJSONHoldsAll: a matrix that is written as JSON and read is the same,
// in every field that it has.
func TestMatrixJSONHoldsAll(t *testing.T) {
	m, left := filled(), maps.Clone(notWritten)
	eachField(reflect.ValueOf(m).Elem(), "", func(path string, v reflect.Value) {
		if _, ok := notWritten[path]; ok {
			v.SetZero()
			delete(left, path)
		}
	})
	for path, why := range left {
		t.Errorf("no field %s (%s)", path, why)
	}
	for _, indent := range []string{"", "  "} {
		var b bytes.Buffer
		if err := encodeJSON(&b, view.New(m, matrix.Findings{}), indent); err != nil {
			t.Fatal(err)
		}
		stored, problems := ReadJSON("m.json", bytes.NewReader(b.Bytes()))
		if problems != nil {
			t.Fatal(problems)
		}
		if !reflect.DeepEqual(stored.Matrix, m) {
			t.Errorf("read back differs: %s", firstUnlike(reflect.ValueOf(stored.Matrix).Elem(), reflect.ValueOf(m).Elem(), "matrix"))
		}
		if stored.Digest != m.Digest() || stored.Matrix.Digest() != m.Digest() {
			t.Error("the digests differ")
		}
		var again bytes.Buffer
		if err := encodeJSON(&again, view.New(stored.Matrix, matrix.Findings{}), indent); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
			t.Errorf("written again it differs: %v", err)
		}
	}
}

// firstUnlike names the first field in which two values differ.
func firstUnlike(a, b reflect.Value, path string) string {
	switch {
	case reflect.DeepEqual(a.Interface(), b.Interface()):
		return ""
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if a.Type().Field(i).IsExported() {
				if s := firstUnlike(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); s != "" {
					return s
				}
			}
		}
	case a.Kind() == reflect.Slice && a.Len() == b.Len():
		for i := range a.Len() {
			if s := firstUnlike(a.Index(i), b.Index(i), fmt.Sprintf("%s[%d]", path, i)); s != "" {
				return s
			}
		}
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil():
		return firstUnlike(a.Elem(), b.Elem(), path)
	}
	return fmt.Sprintf("%s is %#v, want %#v", path, a, b)
}

// eachField calls do for every exported field and list below v that is no
// struct, with a path that has no numbers.
func eachField(v reflect.Value, path string, do func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name := strings.TrimPrefix(path+"."+f.Name, ".")
				if f.Anonymous {
					name = path
				}
				eachField(v.Field(i), name, do)
			}
		}
	case reflect.Pointer:
		eachField(v.Elem(), path, do)
	case reflect.Slice:
		do(path, v)
		if v.Type().Elem().Kind() != reflect.Uint8 {
			for i := range v.Len() {
				eachField(v.Index(i), path+"[]", do)
			}
		}
	default:
		do(path, v)
	}
}

// notDigested are fields that do not count for the digest, and why.
var notDigested = []struct{ path, why string }{
	{`^File$`, "the manifest's name is part of places"},
	{`(^|\.|[a-z])(At|LostTo)\.(File|Line|Col)$`, "a place: moving a line changes nothing"},
	{`^Places$`, "places of what belongs to no row"},
	{`^Remarks\[\]\.(Message|Hint|Related)\b`, "words, which another version of raci may choose otherwise"},
	{`\.Withdrawn$`, "what is withdrawn is never selected"},
}

// TestDigestCoversAll: whatever changes in a matrix changes its digest, but for
// the fields of the list.
func TestDigestCoversAll(t *testing.T) {
	m := filled()
	digest, used := m.Digest(), map[string]bool{}
	eachField(reflect.ValueOf(m).Elem(), "", func(path string, v reflect.Value) {
		if v.Kind() == reflect.Slice && v.Len() == 0 {
			return // headings and statements have no statements
		}
		excused := false
		for _, n := range notDigested {
			if regexp.MustCompile(n.path).MatchString(path) {
				excused, used[n.path] = true, true
			}
		}
		before := reflect.ValueOf(v.Interface())
		change(v)
		if (m.Digest() == digest) != excused {
			t.Errorf("%s: in the list %t, and yet its change counts %t", path, excused, m.Digest() != digest)
		}
		v.Set(before)
	})
	for _, n := range notDigested {
		if !used[n.path] {
			t.Errorf("no field %s (%s)", n.path, n.why)
		}
	}
	if m.Digest() != digest {
		t.Fatal("the test did not restore what it changed")
	}
	lost := &m.Rows[0].Roles[0].Reasons[0].LostTo
	if *lost = (source.Pos{}); m.Digest() == digest {
		t.Error("whether a statement lost does not count")
	}
}

// change gives v another value; a list becomes shorter.
func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "!")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8:
		v.SetUint(v.Uint() ^ 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		v.Set(v.Slice(0, max(0, v.Len()-1)))
	case reflect.Map:
		fewer := reflect.MakeMap(v.Type())
		for i, key := range v.MapKeys() {
			if i > 0 {
				fewer.SetMapIndex(key, v.MapIndex(key))
			}
		}
		v.Set(fewer)
	default:
		panic(fmt.Sprint("no change for a ", v.Type()))
	}
}
