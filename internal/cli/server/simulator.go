// Package server serves on this machine while a command goes on: the simulated API, and a listener for callbacks.
//
// Both are for this machine and for the time of the command. A server that other machines can reach is behind a
// guard.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path"
	"strings"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/guard"
	"posthaste/internal/vipps"
)

// A Simulator is the Vipps API on a loopback port.
type Simulator struct {
	API    *vipps.Server
	URL    string
	server *http.Server
	Failed chan error
}

// Simulate starts the simulator. The caller closes it.
func Simulate(ctx context.Context, addr string, opt vipps.Options) (*Simulator, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, process.Usage("choose another with --addr 127.0.0.1:PORT", "starting the simulator: %w", err)
	}
	s := &Simulator{
		API: vipps.New(opt), URL: "http://" + listener.Addr().String(), Failed: make(chan error, 1),
	}
	control := func(r *http.Request) bool { return strings.HasPrefix(path.Clean("/"+r.URL.Path), "/__sim") }
	guarded := &guard.Guard{Now: time.Now, Body: bodyTime, Only: control}
	s.server = &http.Server{Handler: guarded.Before(s.API), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime}
	go func() { s.Failed <- s.server.Serve(listener) }()
	return s, nil
}

// Close stops the simulator and waits until it has.
func (s *Simulator) Close() error {
	err := s.server.Close()
	s.API.Close()
	if served := <-s.Failed; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	if err != nil {
		return fmt.Errorf("stopping the simulator: %w", err)
	}
	return nil
}
