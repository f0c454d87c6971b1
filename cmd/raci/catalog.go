package main

import (
	"github.com/spf13/cobra"
)

func catalogCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Show what the catalog says of services, variants, controls and duties",
		Example: `  raci catalog list services
  raci catalog show rds/custom-oracle
  raci catalog lint ./our-services`,
	}
	cmd.AddCommand(catalogListCommand(p), catalogShowCommand(p), catalogLintCommand(p))
	return cmd
}
