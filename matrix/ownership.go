package matrix

import (
	"slices"

	"raci/matrix/catalog"
)

func ownership(q *catalog.Requirement, kinds []*rowKind) Ownership {
	provided, left := false, q.Organization != ""
	for _, k := range kinds {
		provided = provided || k.Side(catalog.AWS) != "" && q.TakesAWSPartFrom(k.Duty)
		left = left || k.Split != catalog.AWS
	}
	switch {
	case provided && left:
		return OwnedByBoth
	case provided:
		return Inherited
	case left:
		return OwnedByCustomer
	}
	return NotApplicable
}

// inheritance sums up whether the customer can lean on AWS's work for the parts of
// a requirement: in full where it can for all of them, not at all where it can
// for none.
func (w *answerWriter) inheritance(q *catalog.Requirement) catalog.Inheritance {
	var sum catalog.Inheritance
	for _, p := range q.Parts() {
		switch next := w.inheritanceOfPart(p); {
		case next == "" || next == sum:
		case sum == "":
			sum = next
		default:
			sum = catalog.PartialInheritance
		}
	}
	return lessOf(sum, q.Inheritance)
}

func (w *answerWriter) inheritanceOfPart(q *catalog.Requirement) catalog.Inheritance {
	provided, carried, left := false, false, q.Organization != ""
	for _, d := range q.Duties {
		of := w.byDuty[d]
		if of == nil {
			continue
		}
		counts, carries := q.TakesAWSPartFrom(d), !slices.Contains(q.AWSApart, d)
		for _, k := range of.kinds {
			if !q.IsAbout(k.Service, w.inUse) {
				continue
			}
			left = left || k.Split != catalog.AWS
			if counts && k.Side(catalog.AWS) != "" {
				provided, carried = true, carried || carries
			}
		}
	}
	switch {
	case !provided && !left:
		return ""
	case provided && !left:
		return lessOf(catalog.FullInheritance, q.Inheritance)
	case carried:
		return lessOf(catalog.PartialInheritance, q.Inheritance)
	}
	return catalog.NoInheritance
}

// lessOf returns the lesser of an inheritance and the most that there may be,
// where that is not "".
func lessOf(i, most catalog.Inheritance) catalog.Inheritance {
	if i == "" || most == "" {
		return i
	}
	return catalog.Inheritances[max(slices.Index(catalog.Inheritances, i), slices.Index(catalog.Inheritances, most))]
}
