package report_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/view"
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

// Every format takes a view of the same matrix and writes the same bytes each
// time.
func ExampleFormat() {
	man, _ := matrix.ParseManifest("manifest.yaml", []byte(checkout))
	cat, _ := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		fmt.Println(problems)
		return
	}
	for _, f := range report.Formats {
		if f.ID != "csv" {
			continue
		}
		var text strings.Builder
		if _, err := f.Write(&text, view.New(m, check.Run(m))); err != nil {
			fmt.Println(err)
			return
		}
		rows, _ := csv.NewReader(strings.NewReader(text.String())).ReadAll()
		fmt.Println(rows[0][0], rows[0][9:12])
		for _, row := range rows {
			if row[0] == "ledger/back-up-data" {
				fmt.Println(row[0], row[9:12])
			}
		}
	}
	// Output:
	// row [letters:aws letters:ciso letters:data]
	// ledger/back-up-data [R A R]
}
