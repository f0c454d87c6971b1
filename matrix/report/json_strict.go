package report

import (
	"encoding"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"raci/matrix/source"
)

// strict reads JSON by the shape of Go values. Unlike encoding/json it
// refuses keys that it does not know, keys that are missing, that occur twice
// or in other capitals, and null in the place of a value; and it says where.
type strict struct {
	*walker
	words  map[reflect.Type][]string // what a text of this type may be
	shapes map[reflect.Type]*shape
}

func newStrict(name string, r io.Reader, words map[reflect.Type][]string) *strict {
	return &strict{newWalker(name, r), words, map[reflect.Type]*shape{}}
}

// read reads the next value into v.
func (d *strict) read(v reflect.Value) error {
	t, err := d.value()
	if err != nil {
		return err
	}
	return d.into(v, t)
}

// into reads the value that begins with this token into v.
func (d *strict) into(v reflect.Value, t byte) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return d.parsed(u, t)
	}
	switch v.Kind() {
	case reflect.Struct:
		return d.object(v, t)
	case reflect.Slice:
		return d.list(v, t)
	case reflect.Func:
		return d.each(v, t)
	case reflect.Map:
		return d.pairs(v, t)
	case reflect.Pointer:
		if t == nullToken {
			return nil
		}
		v.Set(reflect.New(v.Type().Elem()))
		return d.into(v.Elem(), t)
	}
	return d.scalar(v, t)
}

// scalar reads a text, a number, or true or false.
func (d *strict) scalar(v reflect.Value, t byte) error {
	switch kind := v.Kind(); {
	case kind == reflect.String && t == textToken:
		v.SetString(d.word(v.Type()))
	case kind == reflect.String:
		return d.wrong(t, "text")
	case kind == reflect.Bool && (t == trueToken || t == falseToken):
		v.SetBool(t == trueToken)
	case kind == reflect.Bool:
		return d.wrong(t, "true or false")
	case kind == reflect.Int && t == numberToken:
		v.SetInt(int64(d.number()))
	case kind == reflect.Int:
		return d.wrong(t, "a number")
	default:
		return fmt.Errorf("%s: a %s cannot be read", d.what(), v.Type())
	}
	return nil
}

// word returns the text that was read, which may have to be one of a few.
func (d *strict) word(t reflect.Type) string {
	s := d.kept(d.text)
	if words, ok := d.words[t]; ok && !slices.Contains(words, s) {
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
		d.add(d.at, source.DidYouMean(s, words, "use one of "+strings.Join(words, ", ")), "%s cannot be %q", d.what(), s)
	}
	return s
}

// number returns the number that was read, which counts something.
func (d *strict) number() int {
	const most = 1_000_000
	n, err := strconv.Atoi(string(d.text))
	if err != nil || n < 0 || n > most {
		d.add(d.at, "", "%s is %s; it must be a whole number from 0 to %d", d.what(), d.text, most)
		return 0
	}
	return n
}

// parsed reads a text that has a form of its own.
func (d *strict) parsed(u encoding.TextUnmarshaler, t byte) error {
	if t != textToken {
		return d.wrong(t, "text")
	}
	if p, ok := u.(*place); ok {
		text := d.kept(d.text)
		*p = place(source.ParsePos(text))
		d.oneLine(d.at, text)
	} else if err := u.UnmarshalText(d.text); err != nil {
		d.add(d.at, "", "%s: %v", d.what(), err)
	}
	return nil
}

func (d *strict) list(v reflect.Value, t byte) error {
	if t != '[' {
		return d.wrong(t, "a list")
	}
	return d.items(func(t byte) error {
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		v.Index(n).SetZero()
		return d.into(v.Index(n), t)
	})
}

// each hands the items of a list to a function, one by one.
func (d *strict) each(take reflect.Value, t byte) error {
	if t != '[' {
		return d.wrong(t, "a list")
	}
	return d.items(func(t byte) error {
		item := reflect.New(take.Type().In(0).Elem())
		if err := d.into(item.Elem(), t); err != nil {
			return err
		}
		take.Call([]reflect.Value{item})
		return nil
	})
}

// pairs reads an object whose keys are data.
func (d *strict) pairs(v reflect.Value, t byte) error {
	if t != '{' {
		return d.wrong(t, "an object")
	}
	v.Set(reflect.MakeMap(v.Type()))
	return d.members(func(key string) error {
		name, item := reflect.ValueOf(key), reflect.New(v.Type().Elem()).Elem()
		if v.MapIndex(name).IsValid() {
			return d.twice()
		}
		err := d.read(item)
		v.SetMapIndex(name, item)
		return err
	})
}

// twice reports a key that was there before.
func (d *strict) twice() error {
	d.add(d.keyAt, "remove one of the two", "the key %s occurs twice", d.what())
	return d.skipNext()
}

// object reads an object whose keys are those of a struct.
func (d *strict) object(v reflect.Value, t byte) error {
	if t != '{' {
		return d.wrong(t, "an object")
	}
	begin, s := d.at, d.shape(v.Type())
	if w, ok := v.Addr().Interface().(interface{ set(where) }); ok {
		w.set(begin)
	}
	there := make([]bool, len(s.fields))
	err := d.members(func(key string) error {
		i, known := s.index[key]
		switch {
		case !known:
			d.add(d.keyAt, source.DidYouMean(key, s.keys(), "this version of raci does not know it; a later one may"), "unknown key %q%s", key, d.within(1))
			return d.skipNext()
		case there[i]:
			return d.twice()
		}
		if there[i] = true; s.fields[i].skip {
			return d.skipNext()
		}
		return d.field(v.FieldByIndex(s.fields[i].index), s.fields[i])
	})
	for i, f := range s.fields {
		if err == nil && !there[i] && !f.optional {
			d.add(begin, "build the matrix again", "missing key %q%s", f.key, d.within(0))
		}
	}
	return err
}

// field reads the value of a key. A list that may be left out is there for what
// it holds: an empty one would say the same as none, and more likely is a slip.
func (d *strict) field(v reflect.Value, f shapeField) error {
	err := d.read(v)
	if f.optional && err == nil && v.Kind() == reflect.Slice && v.Len() == 0 {
		d.add(d.keyAt, "leave the key out", "%s is empty", d.what())
	}
	if f.line && err == nil {
		d.oneLine(d.at, v.String())
	}
	return err
}

// oneLine reports a text that goes on, or holds what no name does. A name or a place
// that begins a line of output anew could pass for a line of raci's own.
func (d *strict) oneLine(at where, text string) {
	if i, bad := source.BadCharacter(text, false); i >= 0 {
		if inTexts, _ := source.BadCharacter(text, true); inTexts < 0 { // else that was said
			d.add(at, "remove it", "%s contains %s", d.what(), bad)
		}
	}
	if strings.ContainsAny(text, "\n\t") {
		d.add(at, "write it on one line", "%s has a line break or a tab", d.what())
	}
}

// within names the object so many steps above what is being read.
func (d *strict) within(steps int) string {
	if path := d.path[:len(d.path)-steps]; len(path) > 0 {
		return " in " + strings.Join(path, ".")
	}
	return ""
}

// shape says which keys the object of a struct has.
type shape struct {
	fields []shapeField
	index  map[string]int // by key
}

type shapeField struct {
	key                  string
	index                []int
	optional, skip, line bool
}

func (s *shape) keys() []string {
	return each(s.fields, func(f *shapeField) string { return f.key })
}

func (d *strict) shape(t reflect.Type) *shape {
	if s := d.shapes[t]; s != nil {
		return s
	}
	s := &shape{index: map[string]int{}}
	for _, f := range reflect.VisibleFields(t) {
		if key, options, _ := strings.Cut(f.Tag.Get("json"), ","); key != "" {
			s.index[key] = len(s.fields)
			s.fields = append(s.fields, shapeField{key, f.Index, strings.HasPrefix(options, "omit"), f.Tag.Get("read") == "no", f.Tag.Get("lines") == "one"})
		}
	}
	d.shapes[t] = s
	return s
}
