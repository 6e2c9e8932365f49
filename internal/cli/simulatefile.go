package cli

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/server"
	"posthaste/internal/openapi/generate"
	"posthaste/internal/openapi/serve"
	"posthaste/internal/vipps"
)

// notOfFiles are the options that mean nothing for an OpenAPI file, and why.
func notOfFiles() map[string]string {
	const callbacks = "a server made of a file sends no callbacks"
	return map[string]string{
		"listen": callbacks, "listen-url": callbacks, "vary": "a file's values vary by --seed", "strict-api": "requests are held against the file in any case",
		"now": "a file's values do not depend on the time", "rate-limits": "a file's limits are no part of it; --fault 'GET /x 429 10%' answers so",
	}
}

// simulateFile is `posthaste simulate FILE.yaml`: it serves what an OpenAPI file describes until it is interrupted.
func (f *simulateFlags) simulateFile(ctx context.Context, p *process.Process, flags *pflag.FlagSet) error {
	for name, why := range notOfFiles() {
		if flags.Changed(name) {
			return process.Usage("with a file there are --addr, --write-env, --log, --seed, --fault and --openapi-remote", "--%s is an option of simulate vipps: %s", name, why)
		}
	}
	files := apifile.Flags{Files: flags.Args(), Remote: f.remote}
	docs, err := files.Load(ctx, &input.Reader{Process: p})
	if err != nil {
		return err
	}
	if len(docs) != 1 {
		return process.Usage("name one file", "simulate serves one OpenAPI file; %s has %d", flags.Arg(0), len(docs))
	}
	random, faults, err := f.choices()
	if err != nil {
		return err
	}
	log, closeLog, err := f.openLog(p)
	if err != nil {
		return err
	}
	defer closeLog()
	api := serve.New(docs[0], random)
	var around func(http.Handler) http.Handler
	if log != nil {
		around = func(h http.Handler) http.Handler { return server.Logged(h, p.Now, api.Operation, log) }
	}
	s, err := server.ServeAPI(ctx, f.addr, api, faults, chances(), around)
	if err != nil {
		return err
	}
	if f.writeEnv != "" {
		env, err := generate.Environment(docs[0], s.URL)
		if err == nil {
			err = os.WriteFile(p.Path(f.writeEnv), env, 0o600)
		}
		if err != nil {
			return process.Usage("", "writing the environment: %w", errors.Join(err, s.Close()))
		}
	}
	defer p.WatchInterrupts()()
	fmt.Fprintf(p.Stdout, "%s\nserving %s: %d operations, until interrupted\n", s.URL, flags.Arg(0), len(docs[0].Operations))
	select {
	case <-ctx.Done():
	case <-p.Interrupts:
	case err := <-s.Failed:
		return fmt.Errorf("serving: %w", err)
	}
	return s.Close()
}

// choices reads --seed, whose random is nil without it, and --fault.
func (f *simulateFlags) choices() (random *rand.Rand, faults []vipps.Fault, err error) {
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 10, 64)
		if err != nil {
			return nil, nil, process.Usage("such as --seed 7", "--seed wants a whole number that is not negative, not %q", f.seed)
		}
		random = rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // answers, no secrets
	}
	for _, text := range f.faults {
		fault, err := vipps.ParseFault(text)
		if err != nil {
			return nil, nil, process.Usage("such as 'POST /payments 503 10%'", "--fault: %w", err)
		}
		faults = append(faults, fault)
	}
	return random, faults, nil
}

// chances decides about faults that meet a share of the requests, in the same way each time the simulator is started.
func chances() func(percent float64) bool {
	random := rand.New(rand.NewPCG(1, 0)) //nolint:gosec // faults, no secrets
	var mu sync.Mutex
	return func(percent float64) bool {
		mu.Lock()
		defer mu.Unlock()
		return random.Float64()*100 < percent
	}
}
