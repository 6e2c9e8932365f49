package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/guard"
	"posthaste/internal/vipps/fault"
)

// An API is a handler on a port of this machine.
type API struct {
	URL    string
	server *http.Server
	Failed chan error
}

// ServeAPI serves a handler. Faults happen to its requests; chance decides on those that do not always happen. around, unless nil, is put
// before both, such as a log. The caller closes it.
func ServeAPI(ctx context.Context, addr string, handler http.Handler, faults []fault.Fault, chance func(percent float64) bool, around func(http.Handler) http.Handler) (*API, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, process.Usage("choose another with --addr 127.0.0.1:PORT", "starting the simulator: %w", err)
	}
	s := &API{URL: "http://" + listener.Addr().String(), Failed: make(chan error, 1)}
	guarded := &guard.Guard{Now: time.Now, Body: bodyTime, Only: func(*http.Request) bool { return false }}
	handler = &faulty{Handler: handler, faults: newFaults(faults), chance: chance}
	if around != nil {
		handler = around(handler)
	}
	s.server = &http.Server{Handler: guarded.Before(handler), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime}
	go func() { s.Failed <- s.server.Serve(listener) }()
	return s, nil
}

// Close stops the server and waits until it has.
func (s *API) Close() error {
	err := s.server.Close()
	if served := <-s.Failed; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	if err != nil {
		return fmt.Errorf("stopping the simulator: %w", err)
	}
	return nil
}
