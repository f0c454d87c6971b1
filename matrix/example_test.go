package matrix_test

import (
	"fmt"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
	"raci/templates"
)

const checkout = `version: 1
organization: Northwind Payments
system: Checkout
date: 2026-11-21
parties: {ciso: Chief Information Security Officer, data: Data Platform}
defaults: {accountable: ciso}
services:
  - {use: rds, name: ledger, owner: data}
`

// All problems of a manifest come back together, each with its place.
func ExampleParseManifest() {
	man, problems := matrix.ParseManifest("manifest.yaml", []byte(checkout))
	fmt.Println(man.System, len(man.Parties), problems == nil)

	_, problems = matrix.ParseManifest("manifest.yaml", []byte("version: 1\norganization: Northwind\nsystem: Checkout\nparties: {ciso: CISO}\naccountabilty: provider\nservices: s3\n"))
	for _, d := range problems {
		fmt.Println(d)
	}
	// Output:
	// Checkout 2 true
	// manifest.yaml:5:1: unknown key "accountabilty" in the manifest; did you mean "accountability"?
	// manifest.yaml:6:11: services must be a list, not text; write each as an item: - use: s3
}

// A manifest and the catalog that ships become rows with a letter for each
// party. What is dubious in them is for check to say.
func ExampleBuild() {
	man, problems := matrix.ParseManifest("manifest.yaml", []byte(checkout))
	if problems != nil {
		fmt.Println(problems)
		return
	}
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		fmt.Println(problems)
		return
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		fmt.Println(problems)
		return
	}
	row, _ := m.FindRow("ledger/back-up-data")
	for _, role := range row.Roles {
		fmt.Println(role.Party, role.Letters, "because", role.Reasons[0].Text)
	}
	fmt.Println(m.Gaps(), "gaps,", check.AtLeast(check.Run(m).Open, source.Error), "errors")
	// Output:
	// aws R because performs this duty
	// ciso A because default of the manifest
	// data R because owner of ledger
	// 0 gaps, 0 errors
}
