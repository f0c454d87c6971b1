package xlsx

import "raci/matrix/catalog"

// meaning is a line of the legend: a sign, and what it stands for.
type meaning struct {
	look look
	sign string
	text string
}

// writeLegend writes the sheet that explains the others.
func (b *book) writeLegend() error {
	var lines []line
	part := func(name string, list ...meaning) {
		lines = append(lines, line{cells: []cell{{look: section, text: name}}, height: 24})
		for _, m := range list {
			lines = append(lines, line{cells: []cell{{look: m.look, text: m.sign}, {look: plain, text: m.text}}, height: 18})
		}
		lines = append(lines, line{height: 8})
	}
	lines = append(lines, line{cells: []cell{{look: title, text: "Legend"}}, height: 30})
	part("Letters", letterMeanings()...)
	part("Accountability", meaning{label, conventionName(b.m.Accountability), convention(b.m.Accountability)})
	part("Splits: who performs a duty", b.splitMeanings()...)
	part("Categories of the controls", categoryMeanings()...)
	if len(b.m.Frameworks) > 0 {
		part("Ownership of requirements", ownershipMeanings()...)
	}
	part("Basis: what a row rests on", basisMeanings()...)
	part("Marks", markMeanings()...)
	part("Parties", b.partyMeanings()...)
	s, err := b.newSheet(plan{name: "Legend", widths: []float64{26, 100}, rows: len(lines), paper: paperA4, portrait: true, tab: quiet})
	if err != nil {
		return err
	}
	for _, l := range lines {
		s.add(l)
	}
	return s.close()
}

func letterMeanings() []meaning {
	return []meaning{
		{letterR, "R", "Responsible: does the work. Every row has at least one."},
		{letterA, "A", "Accountable: answers for the duty. Every row has exactly one."},
		{letterAR, "A/R", "Accountable and responsible: answers for the duty and does the work, or sees to it."},
		{letterC, "C", "Consulted: is asked before."},
		{letterI, "I", "Informed: is told after."},
	}
}

func (b *book) splitMeanings() []meaning {
	list := []meaning{
		{onAWS, "AWS", "AWS performs the duty alone. In the sheet Split: A."},
		{onCustomer, "Customer", "The customer performs the duty alone. In the sheet Split: C."},
		{onShared, "Shared", "Two or more sides perform the duty, each with a part of its own; the texts say which. In the sheet Split: S."},
	}
	for _, s := range b.stats.splits {
		switch splitLook(s) {
		case onOperator:
			list = append(list, meaning{onOperator, b.splitName(s), "This operator performs the duty alone. In the sheet Split: " + b.splitCode(s) + "."})
		case onNone:
			list = append(list, meaning{onNone, "None", "The duty does not apply. In the sheet Split: –."})
		}
	}
	return list
}

func categoryMeanings() []meaning {
	return []meaning{
		{label, "inherited", "Controls that the customer takes over from AWS as they are, such as the protection of buildings and hardware."},
		{label, "shared", "Controls that apply to AWS and to the customer, each in its own part of the system."},
		{label, "customer-specific", "Controls that depend on the customer's own applications and data alone."},
	}
}

func ownershipMeanings() []meaning {
	return []meaning{
		{onAWS, "inherited", "AWS performs every duty that answers the requirement."},
		{onShared, "shared", "AWS and the customer, or another operator, each perform some of them."},
		{onCustomer, "customer", "AWS performs none of them."},
		{onNone, "not applicable", "The duties do not arise in this system, or the manifest leaves the requirement out and says why."},
	}
}

func basisMeanings() []meaning {
	return []meaning{
		{label, string(catalog.BasisControl), "Stated once for all services, in the catalog's list of controls."},
		{label, string(catalog.BasisModel), "Follows from the kind of service, such as a managed database."},
		{label, string(catalog.BasisService), "Stated for this service or variant, with a source of its own."},
		{label, string(catalog.BasisOverlay), "Stated in a catalog of the organization's own."},
		{label, string(catalog.BasisOverride), "Stated in the manifest, as an exception."},
	}
}

func markMeanings() []meaning {
	return []meaning{
		{gapMark, "gap", "No party is accountable. Name one in the manifest, or put an A into the row."},
		{gapMark, "no A, two As", "What the check of a row says while it does not have exactly one A. It follows edits in the sheet Matrix."},
		{mark, "exception", "The row deviates from the catalog; the number leads to the sheet Exceptions."},
		{mark, "unassigned", "No rule and no owner names who does the customer's part. The accountable party holds A/R until somebody is named."},
		{mark, "assumed", "The manifest names no variant; the catalog's usual one is used."},
	}
}

func (b *book) partyMeanings() []meaning {
	var list []meaning
	for _, p := range b.m.Parties {
		text := kindName(p.Kind) + "; id: " + p.ID
		if p.Contact != "" {
			text += "; contact: " + p.Contact
		}
		list = append(list, meaning{label, or(p.Name, p.ID), text})
	}
	return list
}
