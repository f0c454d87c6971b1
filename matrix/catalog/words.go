package catalog

import (
	"slices"
	"strings"

	"raci/matrix/source"
)

// Ids of the two sides that every duty may have. Any other side is the id of
// a third operator.
const (
	AWS      = "aws"
	Customer = "customer"
)

// Info says which catalog a matrix rests on.
type Info struct {
	Version string
	Digest  string // "sha256:..." over the catalog files that were read for this matrix
}

// Category is the category that AWS gives to a control.
type Category string

// The categories.
const (
	InheritedControl        Category = "inherited"         // the customer takes it over from AWS as it is
	SharedControl           Category = "shared"            // AWS and the customer apply it, each in its own part
	CustomerSpecificControl Category = "customer-specific" // it is the customer's alone
)

// Categories are all categories, in the order in which they are printed.
var Categories = []Category{InheritedControl, SharedControl, CustomerSpecificControl}

// Lifecycle says whether AWS still offers a service.
type Lifecycle string

// The lifecycles.
const (
	Available   Lifecycle = "available"
	Maintenance Lifecycle = "maintenance" // closed to new customers, or ending
	Retired     Lifecycle = "retired"     // ended
)

// Lifecycles are all lifecycles.
var Lifecycles = []Lifecycle{Available, Maintenance, Retired}

// Scope says how often a duty is done.
type Scope string

// The scopes.
const (
	ProviderScope     Scope = "provider"     // once, by AWS, for all
	OrganizationScope Scope = "organization" // once, by the customer
	ServiceScope      Scope = "service"      // once for each entry
)

// Part says what AWS's side of a duty is to the customer.
type Part string

// The parts.
const (
	// InStead is work that the customer would have to do if AWS did not: it
	// counts in every requirement that the duty answers, and the customer can
	// lean on it.
	InStead Part = "in-stead"
	// AtHome is what AWS does for its own organization, beside what the
	// customer does in its own. It counts where a requirement names it, and
	// carries nothing.
	AtHome Part = "at-home"
	// AsEvidence shows that AWS does other duties. It counts nowhere.
	AsEvidence Part = "evidence"
)

// Parts are all parts.
var Parts = []Part{InStead, AtHome, AsEvidence}

// Frequency says how often a duty is done.
type Frequency string

// Frequencies are all frequencies, the most frequent first, and then those that
// follow an occasion.
var Frequencies = []Frequency{"continuous", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "every-two-years", "every-three-years", "on-change", "on-event"}

// Inheritance says whether the customer can lean on AWS's work to answer a
// requirement.
type Inheritance string

// The inheritances, the most first.
const (
	FullInheritance    Inheritance = "full"    // AWS does all that the requirement asks of the system
	PartialInheritance Inheritance = "partial" // AWS does a part of it in the customer's stead
	NoInheritance      Inheritance = "none"    // AWS does nothing of it for the customer
)

// Inheritances are all inheritances, in the order in which they are printed.
var Inheritances = []Inheritance{FullInheritance, PartialInheritance, NoInheritance}

// NoSplit is the split of a duty that does not apply. The other splits are
// AWS, Customer, Shared or the id of an operator.
const NoSplit = "none"

// Shared is the split of a duty with two or more sides.
const Shared = "shared"

// Basis says what the sides of a row rest on.
type Basis string

// The bases of a row.
const (
	BasisControl  Basis = "control"  // stated once for all services, in the catalog's list of controls
	BasisModel    Basis = "model"    // follows from the kind of service
	BasisFact     Basis = "fact"     // follows from the kind of service and from facts of this one, each with a source
	BasisService  Basis = "service"  // stated for this service or variant, with a source of its own
	BasisOverlay  Basis = "overlay"  // stated in the user's own catalog
	BasisOverride Basis = "override" // stated in the manifest
)

// Level is how much of what runs under a service is out of the customer's sight: the
// higher it is, the more of the duties AWS performs.
type Level string

// The levels, from the lowest to the highest, in the words of AWS's partners and of
// those who explain its model of shared responsibility.
const (
	BareMetal  Level = "bare-metal" // dedicated hosts, on which the customer runs the hypervisor
	IaaS       Level = "iaas"       // machines, networks and disks: the customer runs the operating system
	Containers Level = "containers" // AWS schedules the containers, the customer runs their hosts
	PaaS       Level = "paas"       // AWS runs operating system and platform, on instances of a size that the customer chooses
	Serverless Level = "serverless" // AWS runs all under the customer's code or data, without instances
	Abstracted Level = "abstracted" // an endpoint to which data is sent, with nothing to run
	SaaS       Level = "saas"       // a finished application, or operation as a service
)

// Levels are all levels, from the lowest to the highest.
var Levels = []Level{BareMetal, IaaS, Containers, PaaS, Serverless, Abstracted, SaaS}

// Side is what one operator does in a duty.
type Side struct {
	Who  string // AWS, Customer or an operator's id
	Text string
	At   source.Pos // where the catalog or the manifest says so
}

// Source is a page that states a fact, and the month it was checked.
type Source struct {
	URL     string
	Checked string // 2006-01
}

// ReservedParties are words that cannot be the id of a party, in capitals or not,
// because they mean something else.
var ReservedParties = []string{AWS, Customer, NoSplit, Shared}

// IsReservedParty reports whether an id is one of ReservedParties.
func IsReservedParty(id string) bool { return slices.Contains(ReservedParties, strings.ToLower(id)) }
