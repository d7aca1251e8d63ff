// Reads compose files as `docker compose` does, by its own library: schema, references, values that
// are not text (ports, sizes, times) and variables, whose values it takes from an env file.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: check-compose ENV-FILE COMPOSE-FILE ...")
		os.Exit(2)
	}
	failed := false
	for _, file := range os.Args[2:] {
		if err := check(os.Args[1], file); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func check(environment, file string) error {
	options, err := cli.NewProjectOptions(
		[]string{file}, cli.WithEnvFiles(environment), cli.WithDotEnv, cli.WithResolvedPaths(true),
	)
	if err != nil {
		return err
	}
	_, err = options.LoadProject(context.Background())
	return err
}
