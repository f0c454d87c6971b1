package oscal

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
)

// fedRAMPRules are the rules that the list below was taken from, by the version
// that they name themselves.
const fedRAMPRules = "fedramp-3.0.0rc1-oscal-1.1.2"

// ask is something that FedRAMP's rules for a plan demand and no manifest
// states.
type ask struct {
	what  string
	rules string // the ids of the rules, as FedRAMP's validator prints them
	// unless reports whether a plan has it all the same; nil is never.
	unless func(s *catalog.Selection, p *plan) bool
}

// fedRAMPAsks are all such things. Rules about what is inside of one of them, such as
// the caption of a diagram, are left out: they speak when it is there.
var fedRAMPAsks = []ask{
	{"a baseline of FedRAMP as the profile", "import-profile-resolves-to-fedramp-content", func(s *catalog.Selection, _ *plan) bool { return s.Framework.ID == "fedramp-rev5" }},
	{"document: FedRAMP version, publication date", "fedramp-version, has-published-date", nil},
	{"a classification (report.classification in the manifest)", "marking", func(_ *catalog.Selection, p *plan) bool { return hasProp(p.Metadata.Props, "marking") }},
	{"roles and persons: system-owner, information-system-security-officer, authorizing-official-poc, prepared-for", "role-defined-system-owner, " +
		"role-defined-information-system-security-officer, role-defined-authorizing-official-poc, role-defined-prepared-for, responsible-party-is-person, responsible-party-prepared-for", nil},
	{"addresses of who prepared it and for whom", "responsible-party-prepared-by-location-valid, responsible-party-prepared-for-location-valid", nil},
	{"data centres", "data-center-count, data-center-primary, data-center-alternate, data-center-country-code, data-center-us", nil},
	{"the system's FedRAMP id and short name", "has-system-id, has-system-name-short", nil},
	{"service and deployment model, date of operation", "has-cloud-service-model, has-cloud-deployment-model, has-fully-operational-date", nil},
	{"security-sensitivity-level", "has-security-sensitivity-level", func(_ *catalog.Selection, p *plan) bool { return p.Characteristics.Sensitivity != "" }},
	{"security-impact-level, information types with their impacts", "has-security-impact-level, categorization-has-information-type-id, " +
		"information-type-has-confidentiality-impact, information-type-has-integrity-impact, information-type-has-availability-impact", nil},
	{"assurance levels of identity, authenticator and federation", "has-identity-assurance-level, has-authenticator-assurance-level, has-federation-assurance-level", nil},
	{"diagrams of boundary, network and data flow", "has-authorization-boundary-diagram, has-network-architecture, has-network-architecture-diagram, has-data-flow, has-data-flow-diagram", nil},
	{"users with type, roles and privileges", "user-has-user-type, user-has-role-id, user-has-authorized-privilege, non-provider-responsible-role-references-user", nil},
	{"leveraged authorizations, such as that of AWS", "saas-has-leveraged-authorization", nil},
	{"implementation point, authentication and connections of each component", "network-component-has-implementation-point, component-has-authentication-method, network-component-has-connection-security-prop", nil},
	{"inventory items", "has-inventory-items", nil},
	{"one answer for each control as a whole, as LI-SaaS has it", "has-required-response-points", func(s *catalog.Selection, _ *plan) bool { return !slices.Contains(s.Baselines(), "li-saas") }},
	{"set-parameter values", "has-required-parameters", nil},
	{"attachments: user guide, rules of behavior, incident response, contingency and configuration management plans, citations", "has-user-guide, has-rules-of-behavior, " +
		"has-incident-response-plan, has-information-system-contingency-plan, has-configuration-management-plan, has-fedramp-citations", nil},
}

// asksOf returns what FedRAMP's rules would ask of a plan. A plan about other
// controls than NIST SP 800-53 cannot be one for FedRAMP.
func asksOf(s *catalog.Selection, p *plan) []ask {
	c := findCatalog(s.Framework.ID)
	if c == nil || c.catalog != nistRevision5+"catalog.json" {
		return nil
	}
	var asks []ask
	for _, a := range fedRAMPAsks {
		if a.unless == nil || !a.unless(s, p) {
			asks = append(asks, a)
		}
	}
	return asks
}

// askWarning is the list on one line.
func askWarning(asks []ask) string {
	names := make([]string, len(asks))
	for i, a := range asks {
		names[i] = a.what
	}
	return "a validator of FedRAMP will still ask for what no manifest states: " + strings.Join(names, "; ")
}

// askRemark is the list in the document, with the ids of the rules.
func askRemark(asks []ask) string {
	var b strings.Builder
	b.WriteString("FedRAMP's rules for a plan (" + fedRAMPRules + ") still ask for what no manifest states:\n")
	for _, a := range asks {
		b.WriteString("\n- " + a.what + " (" + a.rules + ")")
	}
	return b.String()
}

func hasProp(props []prop, name string) bool {
	return slices.ContainsFunc(props, func(p prop) bool { return p.Name == name && p.NS == "" })
}
