package catalog_test

import (
	"strings"
	"testing"
)

// TestTakenDuty: the id of a duty of an overlay is no other name of one that exists.
func TestTakenDuty(t *testing.T) {
	_, problems := overRules(map[string]string{
		"controls.yaml": "controls: [{id: care, duties: [{id: feed, aliases: [give food]}, {id: walk, aliases: [stroll], scope: organization, title: Walk, customer: Walks.}, " +
			"{id: stroll, scope: organization, title: Stroll, customer: Strolls.}]}]\n",
	})
	if !strings.Contains(problems.String(), `"stroll" is a name of the duty walk; write id: walk to change that one, or give yours another id`) {
		t.Error(problems)
	}
}
