package main

import (
	"github.com/spf13/cobra"

	"raci/matrix/catalog"
	"raci/matrix/load"
)

func catalogCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Show what the catalog says about services, duties and frameworks",
		Example: `  raci catalog list services
  raci catalog show rds/custom-oracle
  raci catalog lint examples/in-house/our-services`,
	}
	cmd.AddCommand(catalogListCommand(p), catalogShowCommand(p), catalogLintCommand(p))
	return cmd
}

// addOverlayFlag adds the flag that names overlays, as catalog: does in a
// manifest.
func addOverlayFlag(cmd *cobra.Command, folders *[]string) {
	cmd.Flags().StringArrayVar(folders, "catalog", nil, "read also the catalog in this `FOLDER`, as a manifest's catalog: does; may be repeated")
}

// openCatalog opens the shipped catalog with the user's overlays.
func (p *program) openCatalog(folders []string) (*catalog.Catalog, error) {
	cat, problems := load.OpenCatalog(p.catalog, folders)
	return cat, problems.Err()
}
