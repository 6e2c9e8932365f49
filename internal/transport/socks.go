package transport

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"golang.org/x/net/proxy"
)

// fixedDialer hands out a connection that is already open.
type fixedDialer struct{ nc net.Conn }

func (d fixedDialer) Dial(string, string) (net.Conn, error) { return d.nc, nil }

func (d fixedDialer) DialContext(context.Context, string, string) (net.Conn, error) { return d.nc, nil }

func socks5(ctx context.Context, r route, cn *conn) error {
	var auth *proxy.Auth
	if r.proxy.User != nil {
		password, _ := r.proxy.User.Password()
		auth = &proxy.Auth{User: r.proxy.User.Username(), Password: password}
	}
	d, err := proxy.SOCKS5("tcp", proxyAddr(r.proxy), auth, fixedDialer{cn.wire})
	if err == nil {
		_, err = d.(proxy.ContextDialer).DialContext(ctx, "tcp", r.key.addr)
	}
	if err != nil {
		return &Error{Code: "ERR_SOCKS", Message: "Socks5 proxy rejected connection: " + err.Error(), Hint: "the proxy " + r.proxy.Redacted() + " could not be used", Err: err}
	}
	return nil
}

// socks4 asks for the server by address, or by name where the name is no address (4a).
func socks4(ctx context.Context, r route, cn *conn) error {
	host, port, err := net.SplitHostPort(r.key.addr)
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
	ask := append([]byte{4, 1, byte(n >> 8), byte(n)}, four[:]...)
	ask = append(append(ask, r.proxy.User.Username()...), 0)
	if byName {
		ask = append(append(ask, host...), 0)
	}
	if _, err = cn.wire.Write(ask); err != nil {
		return proxyError(r.proxy, "http", errorOf("write", err))
	}
	var answer [8]byte
	for got := 0; got < len(answer); {
		n, err := cn.wire.Read(answer[got:])
		if got += n; err != nil {
			return proxyError(r.proxy, "http", errorOf("read", err))
		}
	}
	if answer[1] != 90 {
		return &Error{Code: "ERR_SOCKS", Message: fmt.Sprintf("Socks4 proxy rejected connection: code %d", answer[1]), Hint: "the proxy " + r.proxy.Redacted() + " could not be used"}
	}
	return nil
}
