package cli

import (
	"context"
	"net"
	"net/http"
	"time"

	"posthaste/collection"
	"posthaste/internal/listener"
	"posthaste/runner"
)

// listenerName is the placeholder that has the listener's URL.
const listenerName = "$listener"

// listen receives callbacks while the run goes on, and gives every collection {{$listener}}. The function ends it.
func (r *running) listen(ctx context.Context, all []runner.Options) (end func(), err error) {
	if r.flags.listen == "" {
		return func() {}, nil
	}
	url, end, err := r.process.receive(ctx, r.flags.listen)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Placeholders = listening{url: url, others: all[i].Placeholders}
	}
	return end, nil
}

// receive starts a listener for callbacks on an address.
func (p *Process) receive(ctx context.Context, addr string) (url string, end func(), err error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, usage("such as --listen 127.0.0.1:0", "listening for callbacks: %w", err)
	}
	const headers = 10 * time.Second
	server := &http.Server{Handler: listener.New(p.Now), ReadHeaderTimeout: headers}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // it ends when it is closed below
	}()
	return "http://" + l.Addr().String(), func() {
		_ = server.Close() // what came in has been asked for by now
		<-done
	}, nil
}

// listening knows {{$listener}}, and what the others know.
type listening struct {
	url    string
	others runner.Placeholders // nil for none
}

// Lookup returns the listener's URL.
func (l listening) Lookup(name string) (collection.Value, bool) {
	switch {
	case name == listenerName:
		return collection.Text(l.url), true
	case l.others == nil:
		return collection.Value{}, false
	}
	return l.others.Lookup(name)
}
