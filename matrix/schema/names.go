package schema

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// makers may stand before any name of a service.
var makers = []string{"", "amazon ", "aws "}

// fronts are what stands before most names, where they are not alone.
var fronts = []string{"amazon ", "aws ", "aws::", "aws_", ""}

// anyName is a pattern for names of services in use: one of these, in capitals
// or not, with Amazon or AWS before it or without, and any of these variants
// behind it. The parser finds them so.
func anyName(names, variants []string) string {
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	short := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(makers[1:], func(m string) bool { rest, ok := strings.CutPrefix(name, m); return ok && known[rest] })
	})
	pattern := "^" + tree(makers) + "(" + options(short) + ")"
	if len(variants) > 0 {
		pattern += "(/(" + options(variants) + "))*"
	}
	return pattern + "$"
}

// anyCase is a pattern for these words, in capitals or not: JSON Schema has no
// flag for that.
func anyCase(words []string) string { return "^(" + options(words) + ")$" }

// options keeps a pattern for names short: names that differ in their fronts
// alone share the rest, and those that begin alike share the beginning.
func options(names []string) string {
	before := map[string][]string{} // fronts by the rest of the name
	for _, name := range names {
		i := slices.IndexFunc(fronts, func(f string) bool { return strings.HasPrefix(name, f) })
		rest := name[len(fronts[i]):]
		before[rest] = append(before[rest], fronts[i])
	}
	rests := map[string][]string{} // rests of names by their fronts
	for _, rest := range slices.Sorted(maps.Keys(before)) {
		slices.Sort(before[rest])
		front := tree(slices.Compact(before[rest]))
		rests[front] = append(rests[front], rest)
	}
	var options []string
	for _, front := range slices.Sorted(maps.Keys(rests)) {
		options = append(options, front+tree(rests[front]))
	}
	return strings.Join(options, "|")
}

// tree returns a pattern for sorted names.
func tree(names []string) string {
	var branches []string
	optional := false
	for len(names) > 0 {
		if names[0] == "" {
			optional, names = true, names[1:]
			continue
		}
		first, size := utf8.DecodeRuneInString(names[0])
		var rests []string
		for len(names) > 0 && strings.HasPrefix(names[0], string(first)) {
			rests, names = append(rests, names[0][size:]), names[1:]
		}
		branches = append(branches, cases(first)+tree(rests))
	}
	switch {
	case optional && len(branches) > 0:
		return "(" + strings.Join(branches, "|") + ")?"
	case len(branches) == 1:
		return branches[0]
	case len(branches) > 1:
		return "(" + strings.Join(branches, "|") + ")"
	}
	return ""
}

// cases matches a small letter and what becomes it in small letters: beside
// the capital that is a letter of Turkish for i, and a sign of physics for k.
func cases(c rune) string {
	switch upper := unicode.ToUpper(c); {
	case c == 'i':
		return "[iI\u0130]"
	case c == 'k':
		return "[kK\u212A]"
	case upper != c:
		return "[" + string(c) + string(upper) + "]"
	}
	return regexp.QuoteMeta(string(c))
}
