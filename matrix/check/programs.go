package check

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// mostServices is how many services a finding names.
const mostServices = 12

// reportNotConfirmed looks, for each framework, for services in which AWS performs
// something and that no list has of the programs on whose reports the framework rests.
func reportNotConfirmed(m *input, report reporter) {
	performs := map[string]bool{}
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Side(catalog.AWS) != "" {
			performs[r.Entry] = true
		}
	}
	names := m.ProgramNames()
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		var gaps []string
		for _, name := range s.Framework.Reports {
			programs := m.ProgramsOf(name, s)
			if len(programs) == 0 {
				continue
			}
			var services []string
			for k := range m.Entries {
				e := &m.Entries[k]
				if performs[e.Name] && !catalog.Confirmed(e.Coverage, programs) && !slices.Contains(services, e.ServiceName) {
					services = append(services, e.ServiceName)
				}
			}
			if len(services) > 0 {
				named := make([]string, len(programs))
				for k, id := range programs {
					named[k] = names[id]
				}
				gaps = append(gaps, fmt.Sprintf("that %s covers %s", strings.Join(named, " or "), matrix.SomeServices(services, mostServices)))
			}
		}
		if len(gaps) > 0 {
			report(s.At, aboutManifest(), fmt.Sprintf("%s: no list at hand confirms %s", s.Name, strings.Join(gaps, ", and ")))
		}
	}
}
