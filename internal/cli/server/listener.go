package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/guard"
	"posthaste/internal/listener"
)

// ListenerName is the placeholder that has the listener's URL.
const ListenerName = "$listener"

// How long a client may take to send what it has to say.
const (
	headerTime = 10 * time.Second
	bodyTime   = 10 * time.Second
	idleTime   = 2 * time.Minute // between two requests of a connection
)

// Receive starts a listener for callbacks on an address. Its URL is the public one, where that is not "", else that of
// the address: of the first that others can reach where it stands for all.
func Receive(ctx context.Context, p *process.Process, addr, public string) (address string, end func(), err error) {
	guarded := &guard.Guard{Now: time.Now, Body: bodyTime}
	if public != "" {
		host, err := checkURL(public)
		if err != nil {
			return "", nil, process.Usage("such as --listen-url https://abc.example.com", "--listen-url %s: %w", public, err)
		}
		guarded.Hosts = []string{host}
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, process.Usage("such as --listen 127.0.0.1:0", "listening for callbacks: %w", err)
	}
	server := &http.Server{Handler: guarded.Before(listener.New(p.Now)), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // it ends when it is closed below
	}()
	if public == "" {
		public = "http://" + reachable(l.Addr())
	}
	return strings.TrimRight(public, "/"), func() {
		_ = server.Close() // what came in has been asked for by now
		<-done
	}, nil
}

// checkURL returns the host of a URL that others can call.
func checkURL(text string) (host string, err error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return "", errors.Unwrap(err)
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", errors.New("it has to begin with http:// or https:// and name a host")
	case u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("there can be nothing behind its path")
	}
	return strings.ToLower(u.Hostname()), nil
}

// reachable is the address of a listener for those who call it. One that stands for all addresses of the machine is no
// place to call: then it is the first one that is not loopback, of IPv4 where there is one.
func reachable(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return addr.String()
	}
	_, port, _ := net.SplitHostPort(addr.String()) // it is well formed
	return net.JoinHostPort(outward(), port)
}

// outward is the first address of the machine that is not loopback; without one it is loopback.
func outward() string {
	found := "127.0.0.1"
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return found
	}
	for _, a := range addrs {
		network, ok := a.(*net.IPNet)
		if !ok || !network.IP.IsGlobalUnicast() || network.IP.IsLoopback() {
			continue
		}
		if network.IP.To4() != nil {
			return network.IP.String()
		}
		if found == "127.0.0.1" {
			found = network.IP.String()
		}
	}
	return found
}
