package matrix

import (
	"slices"

	"raci/matrix/catalog"
)

// AuthorizationBaselines returns the selections of baselines of FedRAMP revision
// 5 and NIST SP 800-53 revision 5: FedRAMP's before NIST's. A report that an
// authorization rests on is for the first. Where it has several baselines, the
// report holds the requirements of all, at the highest impact level: see
// [ImpactLevel].
func (m *Matrix) AuthorizationBaselines() []*catalog.Selection {
	var list []*catalog.Selection
	for _, framework := range []string{"fedramp-rev5", "nist-800-53-r5"} {
		for i := range m.Frameworks {
			if s := &m.Frameworks[i]; s.Framework.ID == framework && len(s.Baselines()) > 0 {
				list = append(list, s)
			}
		}
	}
	return list
}

// ImpactLevel returns the highest impact level among the baselines of a
// selection that [Matrix.AuthorizationBaselines] returned: high, moderate, low or
// li-saas, or else the baseline, such as privacy.
func ImpactLevel(s *catalog.Selection) string {
	selected := s.Baselines()
	for _, level := range []string{"high", "moderate", "low"} {
		if slices.Contains(selected, level) {
			return level
		}
	}
	return selected[0]
}
