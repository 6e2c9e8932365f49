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

// listen receives callbacks while the run goes on, and gives every collection {{$listener}}. The function ends it.
func (r *running) listen(ctx context.Context, all []runner.Options) (end func(), err error) {
	addr := r.flags.listen
	if addr == "" {
		return func() {}, nil
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, usage("such as --listen 127.0.0.1:0", "listening for callbacks: %w", err)
	}
	const headers = 10 * time.Second
	server := &http.Server{Handler: listener.New(r.process.Now), ReadHeaderTimeout: headers}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // it ends when it is closed below
	}()
	for i := range all {
		all[i].Placeholders = listening{url: "http://" + l.Addr().String(), others: all[i].Placeholders}
	}
	return func() {
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
	case name == "$listener":
		return collection.Text(l.url), true
	case l.others == nil:
		return collection.Value{}, false
	}
	return l.others.Lookup(name)
}
