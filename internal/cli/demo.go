package cli

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/vipps"
)

// demoCollection is what the demo runs.
const demoCollection = "vipps-ecom-v2.postman_collection.json"

// demoCommand is `posthaste demo`: our eCommerce collection against the simulator, with the reports on the
// terminal and in posthaste-report/junit.xml. It takes every option of run.
func demoCommand(ctx context.Context, p *Process, args []string) error {
	args, rawOptions := takeReporterOptions(args)
	f := runFlags{}
	flags := f.define()
	if err := flags.Set("reporters", "cli,junit"); err != nil {
		return err
	}
	if helped, err := parse(p, flags, "demo [OPTIONS of run]", joinOptionalValues(args)); helped || err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return usage("posthaste run "+flags.Arg(0)+" runs a collection of yours", "demo runs its own collection and takes none")
	}
	s, err := serve(ctx, "127.0.0.1:0", vipps.Options{Now: p.Now, Client: &http.Client{}})
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
	fmt.Fprintf(p.Stderr, "posthaste: simulating the Vipps MobilePay API on %s\n", s.url)
	err = r.run(ctx)
	if closing := s.close(); err == nil {
		err = closing
	}
	return f.exit(err)
}

// loadDemo takes the collection from the binary and the environment from the simulator.
func (r *running) loadDemo(s *simulator) error {
	data, err := fs.ReadFile(collections.Files(), demoCollection)
	if err != nil {
		return fmt.Errorf("reading the demo's collection: %w", err)
	}
	if r.collection, err = collection.Parse(r.source, data, collection.Options{}); err != nil {
		return fmt.Errorf("reading the demo's collection: %w", err)
	}
	r.environment, err = collection.ParseEnvironment("the simulator's environment", vipps.Environment(s.url, s.api.Keys()), collection.Options{})
	if err != nil {
		return fmt.Errorf("reading the demo's environment: %w", err)
	}
	for _, pair := range r.flags.envVars {
		setPair(r.environment, pair)
	}
	r.globals = &collection.Environment{}
	for _, pair := range r.flags.globalVars {
		setPair(r.globals, pair)
	}
	return nil
}
