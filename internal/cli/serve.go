package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"posthaste/internal/vipps"
)

// A simulator is the Vipps API on a loopback port.
type simulator struct {
	api    *vipps.Server
	url    string
	server *http.Server
	failed chan error
}

// serve starts the simulator. The caller closes it.
func serve(ctx context.Context, addr string, opt vipps.Options) (*simulator, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, usage("choose another with --addr 127.0.0.1:PORT", "starting the simulator: %w", err)
	}
	s := &simulator{
		api: vipps.New(opt), url: "http://" + listener.Addr().String(), failed: make(chan error, 1),
	}
	const headers = 10 * time.Second
	s.server = &http.Server{Handler: s.api, ReadHeaderTimeout: headers}
	go func() { s.failed <- s.server.Serve(listener) }()
	return s, nil
}

// close stops the simulator and waits until it has.
func (s *simulator) close() error {
	err := s.server.Close()
	s.api.Close()
	if served := <-s.failed; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	if err != nil {
		return fmt.Errorf("stopping the simulator: %w", err)
	}
	return nil
}
