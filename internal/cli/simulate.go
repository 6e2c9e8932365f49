package cli

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/server"
	"posthaste/internal/vipps"
)

// simulateFlags is what `posthaste simulate vipps` was told. What an option means is its help
// text.
type simulateFlags struct {
	addr, writeEnv, log string
	listen, listenURL   string
	rateLimits, strict  bool
	remote              bool
	vary                bool
	seed                string
	faults              []string
	now                 string
}

// define makes the flag set.
func (f *simulateFlags) define() *pflag.FlagSet {
	s := pflag.NewFlagSet("simulate", pflag.ContinueOnError)
	s.SortFlags = false
	s.StringVar(&f.addr, "addr", "127.0.0.1:0", "`ADDRESS` listen on this address; port 0 means any free port")
	s.StringVar(&f.writeEnv, "write-env", "", "`FILE` write a Postman environment with the simulator's address and keys; for an OpenAPI file, it fits the collection that generate makes")
	s.StringVar(&f.log, "log", "", "`FILE` write every request, one JSON object on each line")
	s.StringVar(&f.listen, "listen", "", "`ADDRESS` receive callbacks, as run --listen does; --write-env writes its URL into the environment")
	s.StringVar(&f.listenURL, "listen-url", "", "`URL` URL by which others reach the listener, such as the URL of a tunnel")
	option.Group(s, "Addresses and files")
	s.BoolVar(&f.strict, "strict-api", false, "also refuse what Vipps documents as wrong but accepts")
	s.BoolVar(&f.rateLimits, "rate-limits", false, "answer with status 429 above the limits that Vipps documents")
	s.StringArrayVar(&f.faults, "fault", nil, "`FAULT` inject a fault: 'POST /ecomm/v2/payments 503 10%'; may be repeated")
	s.BoolVar(&f.vary, "vary", false, "vary some responses, as Vipps' OpenAPI files allow: 202, other fields, other hosts in links")
	s.StringVar(&f.seed, "seed", "", "`N` make the same choices with --vary in every run with this number; for an OpenAPI file, choose other valid values")
	s.StringVar(&f.now, "now", "", "`TIME` start the clock at this time; POST /__sim/clock moves it")
	s.BoolVar(&f.remote, "openapi-remote", false, "follow references of an OpenAPI file to other hosts")
	option.Group(s, "Behaviour")
	return s
}

// simulateCommand is `posthaste simulate vipps`: it prints the address and the keys, and
// serves until it is interrupted. The keys are made for this simulator and are no secrets.
func simulateCommand(ctx context.Context, p *process.Process, args []string) error {
	var f simulateFlags
	flags := f.define()
	if helped, err := option.Parse(p, flags, option.Page{
		Usage: "simulate vipps|FILE [OPTIONS]",
		About: "Serves a simulated Vipps MobilePay API, or what an OpenAPI file describes, on this machine until it is interrupted.",
		Examples: [][2]string{
			{"posthaste simulate vipps --addr 127.0.0.1:8080 --write-env simulator.json", "Serve it, with an environment for your collection"},
			{"posthaste simulate shop.yaml --addr 127.0.0.1:8080", "Serve any API by its OpenAPI file"},
		},
	}, args); helped || err != nil {
		return err
	}
	switch {
	case flags.NArg() != 1:
		return process.Usage("posthaste simulate vipps", "simulate takes the name of the API to simulate, which is vipps, or an OpenAPI file")
	case flags.Arg(0) != "vipps" && !input.IsURL(flags.Arg(0)) && !process.Exists(p.Path(flags.Arg(0))):
		return process.Usage("posthaste simulate vipps, or posthaste simulate FILE.yaml", "there is no API %q to simulate, and no OpenAPI file of that name", flags.Arg(0))
	case flags.Arg(0) != "vipps":
		return f.simulateFile(ctx, p, flags)
	case f.remote:
		return process.Usage("posthaste simulate FILE.yaml --openapi-remote", "--openapi-remote is an option for OpenAPI files")
	}
	return f.simulateVipps(ctx, p)
}

// simulateVipps serves the simulated Vipps API until it is interrupted.
func (f *simulateFlags) simulateVipps(ctx context.Context, p *process.Process) error {
	if f.listenURL != "" && f.listen == "" {
		return process.Usage("such as --listen 127.0.0.1:0 --listen-url "+f.listenURL, "--listen-url needs --listen: there is no listener")
	}
	opt, err := f.options(p)
	if err != nil {
		return err
	}
	log, closeLog, err := f.openLog(p)
	if err != nil {
		return err
	}
	defer closeLog()
	opt.Log = log
	s, err := server.Simulate(ctx, f.addr, opt)
	if err != nil {
		return err
	}
	var further [][2]string
	if f.listen != "" {
		address, end, err := server.Receive(ctx, p, f.listen, f.listenURL)
		if err != nil {
			return errors.Join(err, s.Close())
		}
		defer end()
		further = append(further, [2]string{server.ListenerName, address})
	}
	if f.writeEnv != "" {
		due := [2]string{"dueDate", opt.Now().UTC().AddDate(0, 0, 3).Format(time.DateOnly)} // collections of 2019 have no script for it
		if err := os.WriteFile(p.Path(f.writeEnv), vipps.Environment(s.URL, s.API.Keys(), append(further, due)...), 0o600); err != nil {
			return process.Usage("", "writing the environment: %w", errors.Join(err, s.Close()))
		}
	}
	defer p.WatchInterrupts()()
	if f.vary {
		fmt.Fprintf(p.Stderr, "posthaste: responses vary; the same again: --vary --seed %d\n", opt.VarySeed)
	}
	announce(p, s, further)
	select {
	case <-ctx.Done():
	case <-p.Interrupts:
	case err := <-s.Failed:
		return fmt.Errorf("serving: %w", err)
	}
	return s.Close()
}

// openLog opens the file of --log; log is nil without the option.
func (f *simulateFlags) openLog(p *process.Process) (log func(vipps.Request), end func(), err error) {
	if f.log == "" {
		return nil, func() {}, nil
	}
	// Only the owner may read the log: it has what real users' collections send.
	file, err := os.OpenFile(p.Path(f.log), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, process.Usage("", "writing the simulator's log: %w", err)
	}
	return (&requestLog{file: file, warn: p.Warn}).write, func() { _ = file.Close() }, nil // each line was written
}

// options turns flags into the simulator's options.
func (f *simulateFlags) options(p *process.Process) (vipps.Options, error) {
	opt := vipps.Options{Now: p.Now, RateLimits: f.rateLimits, Strict: f.strict, Vary: f.vary, Client: &http.Client{}}
	if err := f.choose(&opt); err != nil {
		return opt, err
	}
	for _, text := range f.faults {
		fault, err := vipps.ParseFault(text)
		if err != nil {
			return opt, process.Usage("such as 'POST /ecomm/v2/payments 503 10%'", "--fault: %w", err)
		}
		opt.Faults = append(opt.Faults, fault)
	}
	if f.now != "" {
		at, err := option.ParseTime(f.now)
		if err != nil {
			return opt, err
		}
		// The clock goes on from --now, at its usual speed.
		began := p.Now()
		opt.Now = func() time.Time { return at.Add(p.Now().Sub(began)) }
	}
	return opt, nil
}

// choose takes the seed of --vary, or draws one, which is printed so that the run can be
// repeated.
func (f *simulateFlags) choose(opt *vipps.Options) error {
	switch {
	case f.seed == "" && !f.vary:
		return nil
	case !f.vary:
		return process.Usage("posthaste simulate vipps --vary --seed "+f.seed, "--seed needs --vary: nothing else of the simulator is left to chance")
	case f.seed == "":
		var b [4]byte
		if _, err := rand.Read(b[:]); err != nil {
			return fmt.Errorf("choosing a seed: %w", err)
		}
		opt.VarySeed = uint64(binary.LittleEndian.Uint32(b[:]))
		return nil
	}
	seed, err := strconv.ParseUint(f.seed, 10, 64)
	if err != nil {
		return process.Usage("such as --seed 7", "--seed wants a whole number that is not negative, not %q", f.seed)
	}
	opt.VarySeed = seed
	return nil
}

// announce prints the address on a line of its own, for scripts that read the first line, and
// then the keys.
func announce(p *process.Process, s *server.Simulator, further [][2]string) {
	k := s.API.Keys()
	fmt.Fprintf(p.Stdout, "%s\n", s.URL)
	for _, line := range append([][2]string{
		{"client_id", k.ClientID},
		{"client_secret", k.ClientSecret},
		{"Ocp-Apim-Subscription-Key", k.SubscriptionKey},
		{"merchantSerialNumber", k.MerchantSerialNumber},
		{"mobileNumber", k.MobileNumber},
	}, further...) {
		fmt.Fprintf(p.Stdout, "  %-26s %s\n", line[0], line[1])
	}
	fmt.Fprint(p.Stdout, "serving a simulated Vipps MobilePay API until interrupted\n")
}
