package xlsx

import "raci/matrix"

// conventionName names an accountability convention.
func conventionName(a matrix.Accountability) string {
	if a == matrix.ProviderAccountable {
		return "Provider"
	}
	return "Customer"
}

// convention says what an accountability convention means.
func convention(a matrix.Accountability) string {
	if a == matrix.ProviderAccountable {
		return "AWS or another operator holds A/R for the duties it performs alone; the customer's accountable party is informed."
	}
	return "The customer stays accountable for every duty, also for what AWS performs: accountability cannot be handed to a provider."
}

// kindName returns what a kind of party is called in print.
func kindName(k matrix.Kind) string {
	switch k {
	case matrix.Provider:
		return "Provider"
	case matrix.Team:
		return "Customer"
	case matrix.Operator:
		return "Operator"
	}
	return string(k)
}

// exceptionEnd says when an exception ends or ended.
func exceptionEnd(e *matrix.Exception) string {
	switch {
	case e.Expired:
		return "ended " + e.Expires
	case e.Expires == "":
		return "no end"
	}
	return e.Expires
}

// exceptionState says whether an exception holds.
func exceptionState(e *matrix.Exception) string {
	if e.Expired {
		return "ended: the catalog applies again"
	}
	return "in force"
}
