package catalog

// Frequencies are the words for how often a duty is done, the most frequent
// first. The last two are for what is done when something happens: a change of
// the system, or an event such as an incident or someone who leaves.
var Frequencies = []string{"continuous", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly",
	"every-two-years", "every-three-years", "on-change", "on-event"}
