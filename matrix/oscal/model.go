package oscal

// The types of this file are the part of OSCAL's models that is written, in
// the names and the order of its JSON format. Those that belong to one of the
// two documents alone stand beside it.

type metadata struct {
	Title        string       `json:"title"`
	LastModified string       `json:"last-modified"`
	Version      string       `json:"version"`
	OSCALVersion string       `json:"oscal-version"`
	Revisions    []revision   `json:"revisions,omitempty"`
	Props        []prop       `json:"props,omitempty"`
	Roles        []role       `json:"roles,omitempty"`
	Parties      []party      `json:"parties,omitempty"`
	Responsible  []assignment `json:"responsible-parties,omitempty"`
	Remarks      string       `json:"remarks,omitempty"`
}

// revision is an earlier issue of the document, or this one.
type revision struct {
	LastModified string `json:"last-modified"`
	Version      string `json:"version"`
	Remarks      string `json:"remarks"`
}

type prop struct {
	Name    string `json:"name"`
	NS      string `json:"ns,omitempty"`
	Value   string `json:"value"`
	Class   string `json:"class,omitempty"`
	Remarks string `json:"remarks,omitempty"`
}

type link struct {
	Href string `json:"href"`
}

type role struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
}

type party struct {
	UUID     string   `json:"uuid"`
	Type     string   `json:"type"`
	Name     string   `json:"name"`
	Props    []prop   `json:"props,omitempty"`
	Emails   []string `json:"email-addresses,omitempty"`
	MemberOf []string `json:"member-of-organizations,omitempty"`
	Remarks  string   `json:"remarks,omitempty"`
}

// assignment says which parties hold a role: a responsible-party or a
// responsible-role.
type assignment struct {
	Role    string   `json:"role-id"`
	Parties []string `json:"party-uuids"`
}

type backMatter struct {
	Resources []resource `json:"resources"`
}

type resource struct {
	UUID        string  `json:"uuid"`
	Title       string  `json:"title"`
	Description string  `json:"description,omitempty"`
	Props       []prop  `json:"props,omitempty"`
	Links       []rlink `json:"rlinks,omitempty"`
}

type rlink struct {
	Href string `json:"href"`
}

type status struct {
	State   string `json:"state"`
	Remarks string `json:"remarks,omitempty"`
}

// customProp returns a property of raci's own, its value in one line. A property
// cannot be empty: where the value is, there is no property.
func customProp(name, value string) []prop {
	if value = line(value); value == "" {
		return nil
	}
	return []prop{{Name: name, NS: NS, Value: value}}
}

// ownClass returns a property with a class.
func ownClass(name, value, class string) []prop {
	props := customProp(name, value)
	for i := range props {
		props[i].Class = class
	}
	return props
}

// ownAll returns a property for each value.
func ownAll(name string, values []string) []prop {
	var props []prop
	for _, v := range values {
		props = append(props, customProp(name, v)...)
	}
	return props
}

// placeholder marks what the manifest does not tell.
func placeholder(field string) []prop {
	return []prop{{Name: "placeholder", NS: NS, Value: field, Remarks: "The manifest does not tell this. Replace it and remove this property."}}
}
