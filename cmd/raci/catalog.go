package main

import (
	"github.com/spf13/cobra"
)

func catalogCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Show what the catalog says of services, variants, controls and duties",
		Example: `  raci catalog list services
  raci catalog show rds/custom-oracle`,
	}
	cmd.AddCommand(catalogListCommand(p), catalogShowCommand(p))
	return cmd
}
