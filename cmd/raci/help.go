package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"raci/matrix/source"
)

// completeHelp mends what cobra makes of help. A command that only groups others
// is asked for its help whatever stands behind it, so a slip of the keys would
// exit with 0; and a topic is listed as if it were a command.
func completeHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch {
		case cmd.Name() == "help":
			cmd.RunE = showHelp
		case cmd.HasSubCommands():
			cmd.Args, cmd.RunE, cmd.DisableFlagsInUseLine = cobra.ArbitraryArgs, unknownCommand, true
		}
	}
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(), "{{rpad .CommandPath .CommandPathPadding}} {{.Short}}",
		"{{$.CommandPath}} help {{rpad .Name .NamePadding}} {{.Short}}", 1))
}

func showHelp(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return unknownCommand(found, rest)
	}
	found.InitDefaultHelpFlag()
	found.InitDefaultVersionFlag()
	return found.Help()
}

// unknownCommand runs where a command that groups others is given none of them.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	message := fmt.Sprintf("unknown command %q", args[0])
	if cmd.HasParent() {
		message += " of " + cmd.CommandPath()
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	otherwise := "see " + cmd.CommandPath() + " --help"
	if cmd.HasParent() && len(names) > 0 {
		otherwise = "the commands are " + strings.Join(names, ", ")
	}
	return fmt.Errorf("%s; %s", message, source.DidYouMean(args[0], names, otherwise))
}

// argCount accepts so many arguments, of which the first one is called what.
func argCount(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		usage := strings.TrimSuffix(cmd.UseLine(), " [flags]")
		switch {
		case len(args) < least:
			return fmt.Errorf("name %s: %s", what, usage)
		case len(args) > most:
			return fmt.Errorf("unexpected %q: %s", args[most], usage)
		}
		return nil
	}
}

// flagError says which flag was likely meant, or where the flags are listed.
func flagError(cmd *cobra.Command, err error) error {
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		return fmt.Errorf("--%s cannot be %q; see %s --help", wrong.GetFlag().Name, wrong.GetValue(), cmd.CommandPath())
	}
	if name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --"); unknown {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if n := source.Nearest(name, names); n != "" {
			return fmt.Errorf("%w; did you mean --%s?", err, n)
		}
	}
	return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
}
