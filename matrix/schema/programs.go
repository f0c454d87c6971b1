package schema

// programsKeys describe the programs of audits of AWS. Files beside this one may have
// a program and services, so that whether these are known only raci says.
func programsKeys() []Key {
	ids := longText
	ids.schema = anyOf(longText.schema, list(oneLine.schema))
	programList := aMap(
		Key{Name: "month", Shape: month, Required: true, Text: "Month of the list, YYYY-MM: what it names was in scope then."},
		Key{Name: "page", Shape: page, Text: "Address of the page with the list, where it is not that of the program."},
		Key{Name: "complete", Shape: marked, Default: "false", Text: "true where the list has all that was in scope in that month. What older lists name beside it is then unknown again, and never out of scope."},
		Key{Name: "services", Shape: ids, Required: true, Text: "Services in scope: a list of names, as AWS writes them, or ids in one text. SERVICE/VARIANT is about the variant alone. Names that mean no service with duties are passed over."},
		Key{Name: "limits", Shape: mapTo("name", oneLine), Text: "What the list leaves out of a service, or restricts it to. Such a service is shown, and evidence says to confirm it."},
	)
	return []Key{{Name: "programs", Required: true, Text: "Programs by id. One that ships gains the lists.", Shape: mapTo("id", aMap(
		Key{Name: "name", Shape: oneLine, Text: "Short name in the reports. Required of a new program."},
		Key{Name: "page", Shape: page, Text: "Address of AWS's page that lists the services in scope."},
		Key{Name: "reports", Shape: orList(aWord), Text: "What it ends in, exactly as the evidence of duties and the reports of frameworks name it."},
		Key{Name: "baselines", Shape: orList(aWord), Text: "Baselines of frameworks for which the program counts where a manifest chooses some; all where none is named."},
		Key{Name: "lists", Shape: listOf(programList), Text: "What AWS listed, by month. Those of an overlay are laid over those that ship."},
	))}}
}
