package proxy

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"

	socks "golang.org/x/net/proxy"

	"posthaste/internal/transport/failure"
)

// fixedDialer returns a connection that is already open. x/net's SOCKS client wants to dial
// itself; ours is dialled with timeouts and timing.
type fixedDialer struct{ nc net.Conn }

func (d fixedDialer) Dial(string, string) (net.Conn, error) { return d.nc, nil }

func (d fixedDialer) DialContext(context.Context, string, string) (net.Conn, error) { return d.nc, nil }

// SOCKS5 asks a proxy of that kind, to which nc is connected, to connect it to addr (RFC
// 1928). The proxy looks up the name.
func SOCKS5(ctx context.Context, nc net.Conn, by *url.URL, addr string) error {
	var auth *socks.Auth
	if by.User != nil {
		password, _ := by.User.Password()
		auth = &socks.Auth{User: by.User.Username(), Password: password}
	}
	d, err := socks.SOCKS5("tcp", Addr(by), auth, fixedDialer{nc})
	if err == nil {
		_, err = d.(socks.ContextDialer).DialContext(ctx, "tcp", addr)
	}
	if err != nil {
		return &failure.Error{Code: "ERR_SOCKS", Message: "Socks5 proxy rejected connection: " + err.Error(), Hint: "the proxy " + by.Redacted() + " could not be used", Err: err}
	}
	return nil
}

// SOCKS4 asks for the server by address, or by name where the name is no IPv4 address (SOCKS
// 4a: the address 0.0.0.1 announces that a name follows). There are no passwords in it, only
// a user name.
func SOCKS4(ctx context.Context, nc net.Conn, by *url.URL, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	n, err := net.DefaultResolver.LookupPort(ctx, "tcp", port)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	byName := err != nil || !ip.Is4()
	four := [4]byte{0, 0, 0, 1}
	if !byName {
		four = ip.As4()
	}
	ask := append([]byte{4, 1, byte(n >> 8), byte(n)}, four[:]...) // version 4, CONNECT, port, address
	ask = append(append(ask, by.User.Username()...), 0)
	if byName {
		ask = append(append(ask, host...), 0)
	}
	if _, err = nc.Write(ask); err != nil {
		return Explain(by, "http", failure.Of("write", err))
	}
	// Eight bytes: 0, the code, and an address that means nothing here.
	var answer [8]byte
	for got := 0; got < len(answer); {
		n, err := nc.Read(answer[got:])
		if got += n; err != nil {
			return Explain(by, "http", failure.Of("read", err))
		}
	}
	if answer[1] != 90 {
		return &failure.Error{Code: "ERR_SOCKS", Message: fmt.Sprintf("Socks4 proxy rejected connection: code %d", answer[1]), Hint: "the proxy " + by.Redacted() + " could not be used"}
	}
	return nil
}
