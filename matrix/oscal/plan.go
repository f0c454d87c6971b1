package oscal

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

type plan struct {
	UUID            string                `json:"uuid"`
	Metadata        metadata              `json:"metadata"`
	Profile         importProfile         `json:"import-profile"`
	Characteristics characteristics       `json:"system-characteristics"`
	System          systemImplementation  `json:"system-implementation"`
	Controls        controlImplementation `json:"control-implementation"`
	BackMatter      *backMatter           `json:"back-matter,omitempty"`
}

type importProfile struct {
	Href    string `json:"href"`
	Remarks string `json:"remarks,omitempty"`
}

type characteristics struct {
	IDs         []systemID  `json:"system-ids"`
	Name        string      `json:"system-name"`
	Description string      `json:"description"`
	Props       []prop      `json:"props,omitempty"`
	Sensitivity string      `json:"security-sensitivity-level,omitempty"`
	Information information `json:"system-information"`
	Status      status      `json:"status"`
	Boundary    boundary    `json:"authorization-boundary"`
	Remarks     string      `json:"remarks,omitempty"`
}

type systemID struct {
	Type string `json:"identifier-type"`
	ID   string `json:"id"`
}

type information struct {
	Types []informationType `json:"information-types"`
}

type informationType struct {
	UUID        string `json:"uuid"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Props       []prop `json:"props,omitempty"`
}

type boundary struct {
	Description string `json:"description"`
	Props       []prop `json:"props,omitempty"`
	Remarks     string `json:"remarks,omitempty"`
}

type systemImplementation struct {
	Users      []systemUser      `json:"users"`
	Components []systemComponent `json:"components"`
	Remarks    string            `json:"remarks,omitempty"`
}

type systemUser struct {
	UUID        string `json:"uuid"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Props       []prop `json:"props,omitempty"`
}

type systemComponent struct {
	UUID        string       `json:"uuid"`
	Type        string       `json:"type"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Status      status       `json:"status"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

// uuidType says that the id of a system is a UUID.
const uuidType = "http://ietf.org/rfc/rfc4122"

// placeholderText begins the placeholders.
const placeholderText = "PLACEHOLDER: the manifest does not state "

// plan returns a plan without the answers to the requirements, and those.
func (d *document) plan(s *catalog.Selection, answers []matrix.Answer) (*plan, iter.Seq[requirement]) {
	system := d.organizationPart(selfKind)
	system.description = escapeMarkdown(line(d.m.System)) + ", the system of " + escapeMarkdown(line(d.m.Organization)) + " as a whole."
	aws := d.providerPart(systemKind)
	aws.props = append(aws.props, prop{Name: "implementation-point", Value: "external"})
	div := d.byEntry(system, aws)
	p := &plan{
		Metadata:        d.metadata("System security plan of " + d.m.System),
		Profile:         importProfile{Href: d.source(s)},
		Characteristics: d.characteristics(s),
		Controls:        controlImplementation{Description: controlsText(s), Requirements: []requirement{}},
		BackMatter:      d.backMatter(answers, *s),
	}
	if profileOf(s) == "" {
		p.Profile.Remarks = "PLACEHOLDER: no profile of " + escapeMarkdown(selectionName(s)) + " is known in OSCAL. This refers to its controls as a whole."
	}
	for i := range div.parts {
		p.System.Components = append(p.System.Components, d.systemComponent(&div.parts[i]))
	}
	p.System.Users = []systemUser{{
		UUID: d.uuid("user"), Title: "PLACEHOLDER", Props: placeholder("users"),
		Description: placeholderText + "who uses the system, nor with which privileges.",
	}}
	p.System.Remarks = "The manifest knows no users, inventory items or leveraged authorizations. Versions of OSCAL before 1.2.0 demand a user, so one stands as a placeholder."
	if asks := asksOf(s, p); len(asks) > 0 {
		p.Metadata.Remarks = strings.TrimSpace(p.Metadata.Remarks + "\n\n" + askRemark(asks))
	}
	return p, d.requirements(s, answers, div)
}

func (d *document) systemComponent(p *part) systemComponent {
	c := systemComponent{
		UUID: d.systemComponentUUID(p), Type: p.kind, Title: p.title, Description: p.description, Props: p.props,
		Status: status{State: "operational"}, Responsible: d.rolesOf(p),
	}
	switch {
	case p.kind == selfKind:
		c.Status = unknownStatus()
		c.Props = append(slices.Clone(c.Props), placeholder("status")...)
	case len(p.entries) > 0:
		c.Props = append(slices.Clone(c.Props), customProp("defined-component", d.componentUUID(serviceID(p.entries[0])))...)
		c.Status.Remarks = "The manifest lists the service as in use."
	}
	return c
}

func (d *document) systemComponentUUID(p *part) string { return d.uuid("component", p.id) }

func unknownStatus() status {
	return status{State: "other", Remarks: placeholderText + "whether the system is operational."}
}

func (d *document) characteristics(s *catalog.Selection) characteristics {
	name := line(d.m.System)
	var services []string
	seen := map[string]bool{}
	for i := range d.m.Entries {
		if title := escapeMarkdown(serviceTitle(&d.m.Entries[i])); !seen[title] {
			seen[title] = true
			services = append(services, title)
		}
	}
	inUse := fmt.Sprintf("%s of %s uses %s.", escapeMarkdown(name), escapeMarkdown(line(d.m.Organization)), strings.Join(services, ", "))
	c := characteristics{
		IDs: []systemID{{uuidType, d.uuid("system")}}, Name: name, Description: inUse, Props: placeholder("status"),
		Information: information{[]informationType{{
			UUID: d.uuid("information-type"), Title: "PLACEHOLDER", Props: placeholder("information-types"),
			Description: placeholderText + "which types of information the system handles, nor their impact.",
		}}},
		Status: unknownStatus(),
		Boundary: boundary{
			Description: placeholderText + "the authorization boundary. " + inUse, Props: placeholder("authorization-boundary"),
			Remarks: "The services are those of the manifest; what else is inside the boundary is for the system's owner to describe.",
		},
	}
	c.Sensitivity, c.Remarks = sensitivity(s)
	return c
}

// sensitivity is the level of FIPS 199 that the baselines of a selection are
// for, if they are for any, and where it comes from.
func sensitivity(s *catalog.Selection) (level, remarks string) {
	if len(s.Baselines()) == 0 || findCatalog(s.Framework.ID) == nil {
		return "", ""
	}
	level = map[string]string{"li-saas": "fips-199-low", "low": "fips-199-low", "moderate": "fips-199-moderate", "high": "fips-199-high"}[matrix.ImpactLevel(s)]
	switch {
	case level == "":
	case len(s.Baselines()) == 1:
		remarks = "The sensitivity level is that of the baseline that the manifest selects."
	default:
		remarks = "The sensitivity level is the highest of the baselines that the manifest selects, and the controls are those of all."
	}
	return level, remarks
}
