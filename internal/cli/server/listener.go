package server

import (
	"context"
	"net"
	"net/http"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/listener"
)

// ListenerName is the placeholder that has the listener's URL.
const ListenerName = "$listener"

// Receive starts a listener for callbacks on an address.
func Receive(ctx context.Context, p *process.Process, addr string) (url string, end func(), err error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, process.Usage("such as --listen 127.0.0.1:0", "listening for callbacks: %w", err)
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
