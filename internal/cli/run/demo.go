package run

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/server"
	"posthaste/internal/vipps"
)

// demoCollection is the file in package collections that the demo runs.
const demoCollection = "vipps-ecom-v2.postman_collection.json"

// Demo is `posthaste demo`: our eCommerce collection against the simulator, with the reports on the
// terminal and in posthaste-report/junit.xml. It takes every option of run.
func Demo(ctx context.Context, p *process.Process, args []string) error {
	// Options of reporters have names of their own (--reporter-junit-export), which pflag
	// does not know beforehand.
	args, rawOptions := option.TakeReporterOptions(args)
	f := runFlags{}
	flags := f.define()
	if err := flags.Set("reporters", "cli,junit"); err != nil {
		return err
	}
	for _, name := range append(notOfDemo(), "watch") {
		flags.Lookup(name).Hidden = true
	}
	if helped, err := option.Parse(p, flags, option.Page{
		Usage:    "demo [OPTIONS OF RUN]",
		About:    "Runs our own Vipps collection against the built-in simulator. Nothing leaves this machine.",
		Examples: [][2]string{{"posthaste demo -o html=demo.html", "See a run, and its report as a page"}},
		Tables:   []option.Table{output.ReporterTable()},
	}, option.JoinValues(args)); helped || err != nil {
		return err
	}
	f.allowTyped = flags.Changed("allow-host")
	if flags.NArg() > 0 {
		return process.Usage("posthaste run "+flags.Arg(0)+" runs a collection of yours", "demo runs its own collection and takes none")
	}
	for _, name := range notOfDemo() {
		if flags.Changed(name) {
			return process.Usage("--env-var sets single variables; posthaste simulate vipps serves the simulator to a run of yours",
				"demo runs with the simulator's environment and does not take --%s", name)
		}
	}
	if err := f.checkValues(p); err != nil {
		return err
	}
	// Port 0: any free port of this machine.
	s, err := server.Simulate(ctx, "127.0.0.1:0", vipps.Options{Now: p.Now, Client: &http.Client{}})
	if err != nil {
		return err
	}
	r := &running{process: p, flags: &f, source: "collections/" + demoCollection}
	if err := r.loadDemo(s); err != nil {
		return err
	}
	if r.reporting, err = f.reporting(p, rawOptions); err != nil {
		return err
	}
	f.idle(p, givenNames(flags), r.reporting.Names)
	fmt.Fprintf(p.Stderr, "posthaste: simulating the Vipps MobilePay API on %s\n", s.URL)
	err = r.run(ctx)
	// The run's error says more than that of closing.
	if closing := s.Close(); err == nil {
		err = closing
	}
	if !f.silent {
		fmt.Fprint(p.Stderr, next)
	}
	return f.exit(err)
}

// notOfDemo are the options of run that the demo does not take: it has its own collection and environment.
func notOfDemo() []string {
	return []string{"environment", "globals", "env-file", "all", "postman-api-key"}
}

// next is what to type after the demo. Every line must work as it stands; a test runs them.
const next = `posthaste: next, with a simulator that stays, a payment of your own, and your own keys:
  posthaste simulate vipps --addr 127.0.0.1:8080 --write-env simulator.json
  posthaste run YOUR-COLLECTION.json -e simulator.json --map https://apitest.vipps.no=http://127.0.0.1:8080
  posthaste check -e YOUR-ENVIRONMENT.json
posthaste: docs/quickstart-vipps.md leads from the onboarding mail to a refunded payment
`

// loadDemo takes the collection from the binary and the environment, with keys that are made
// for this run, from the simulator. Options that set variables apply as in a run.
func (r *running) loadDemo(s *server.Simulator) error {
	data, err := fs.ReadFile(collections.Files(), demoCollection)
	if err != nil {
		return fmt.Errorf("reading the demo's collection: %w", err)
	}
	if r.collection, err = collection.Parse(r.source, data, collection.Options{}); err != nil {
		return fmt.Errorf("reading the demo's collection: %w", err)
	}
	r.environment, err = collection.ParseEnvironment("the simulator's environment", vipps.Environment(s.URL, s.API.Keys()), collection.Options{})
	if err != nil {
		return fmt.Errorf("reading the demo's environment: %w", err)
	}
	input.SetPairs(r.environment, r.flags.envVars)
	r.globals = &collection.Environment{}
	input.SetPairs(r.globals, r.flags.globalVars)
	return nil
}
