package cli

import (
	"context"
	"net"
	"net/http"
	"time"

	"posthaste/internal/listener"
)

// listenerName is the placeholder that has the listener's URL.
const listenerName = "$listener"

// receive starts a listener for callbacks on an address.
func receive(ctx context.Context, p *Process, addr string) (url string, end func(), err error) {
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
