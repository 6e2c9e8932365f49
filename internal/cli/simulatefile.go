package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/server"
	"posthaste/internal/openapi/serve"
	"posthaste/internal/vipps"
)

// simulateFile is `posthaste simulate FILE.yaml`: it serves what an OpenAPI file describes until it is interrupted.
func (f *simulateFlags) simulateFile(ctx context.Context, p *process.Process, flags *pflag.FlagSet) error {
	for _, name := range []string{"write-env", "listen", "listen-url", "log", "vary", "strict-api", "now", "rate-limits"} {
		if flags.Changed(name) {
			return process.Usage("with a file there are --addr, --seed, --fault and --openapi-remote", "--%s is an option of simulate vipps", name)
		}
	}
	api := apifile.Flags{Files: flags.Args(), Remote: f.remote}
	docs, err := api.Load(ctx, &input.Reader{Process: p})
	if err != nil {
		return err
	}
	if len(docs) != 1 {
		return process.Usage("name one file", "simulate serves one OpenAPI file; %s has %d", flags.Arg(0), len(docs))
	}
	var random *rand.Rand
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 10, 64)
		if err != nil {
			return process.Usage("such as --seed 7", "--seed wants a whole number that is not negative, not %q", f.seed)
		}
		random = rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // answers, no secrets
	}
	var faults []vipps.Fault
	for _, text := range f.faults {
		fault, err := vipps.ParseFault(text)
		if err != nil {
			return process.Usage("such as 'POST /payments 503 10%'", "--fault: %w", err)
		}
		faults = append(faults, fault)
	}
	s, err := server.ServeAPI(ctx, f.addr, serve.New(docs[0], random), faults, chances())
	if err != nil {
		return err
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
