package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"sync"

	"posthaste/internal/transport/certificate"
	"posthaste/internal/transport/cipher"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// tlsConfigs keeps one configuration per poolKey.tls, with the sessions that it can resume: a
// resumed handshake saves a round trip.
type tlsConfigs struct {
	mu    sync.Mutex
	byKey map[string]*tls.Config
}

// secure takes a fresh TCP connection through proxy and TLS. On an error the caller closes w.
func (c *Client) secure(ctx context.Context, h *hop, r route, w *wire) (*conn, error) {
	cn := newConn(w)
	if r.proxy != nil {
		if err := c.throughProxy(ctx, h, r, cn); err != nil {
			return nil, err
		}
	}
	if h.via.Scheme != "https" {
		return cn, nil
	}
	config, err := c.tlsConfig(h, r)
	if err != nil {
		return nil, err
	}
	start := c.opts.Now()
	if err = c.handshake(ctx, cn, config); err != nil {
		return nil, err
	}
	h.timing.TLS = c.opts.Now().Sub(start)
	cn.agreed = securityOf(cn.stream)
	return cn, nil
}

// securityOf is what a connection agreed on in its handshake, nil without TLS.
func securityOf(stream net.Conn) *Security {
	t, ok := stream.(*tls.Conn)
	if !ok {
		return nil
	}
	state := t.ConnectionState()
	agreed := &Security{Version: tls.VersionName(state.Version)}
	if len(state.PeerCertificates) > 0 {
		issuer := state.PeerCertificates[0].Issuer
		agreed.Issuer = issuer.CommonName
		if len(issuer.Organization) > 0 {
			agreed.Issuer = issuer.Organization[0]
		}
	}
	return agreed
}

// handshake starts TLS over what the connection is so far. The message for a connection that
// ends meanwhile is Node's.
func (c *Client) handshake(ctx context.Context, cn *conn, config *tls.Config) error {
	t := tls.Client(cn.stream, config)
	err := t.HandshakeContext(ctx)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &failure.Error{Code: "ECONNRESET", Message: "Client network socket disconnected before secure TLS connection was established", Hint: "the server closed the connection during the TLS handshake", Err: err}
	}
	if err != nil {
		return err
	}
	cn.stream = t
	return nil
}

// tlsConfig returns the configuration of a route. Configurations with errors are not stored,
// so each request reports them.
func (c *Client) tlsConfig(h *hop, r route) (*tls.Config, error) {
	c.tls.mu.Lock()
	defer c.tls.mu.Unlock()
	if known := c.tls.byKey[r.key.tls]; known != nil {
		return known, nil
	}
	config := c.baseTLS(r.server, h.settings.verify)
	if err := limitVersions(config, h.settings.tlsDisabled); err != nil {
		return nil, err
	}
	if err := c.chooseCiphers(config, h.settings); err != nil {
		return nil, err
	}
	if r.alpn != "" {
		config.NextProtos = strings.Fields(r.alpn)
	}
	if r.cert != nil {
		pair, err := r.cert.Load()
		if err != nil {
			return nil, err
		}
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return pair, nil }
	}
	if c.tls.byKey == nil {
		c.tls.byKey = map[string]*tls.Config{}
	}
	c.tls.byKey[r.key.tls] = config
	return config, nil
}

// proxyTLS is the configuration for an https proxy, which has its own name and no client
// certificate.
func (c *Client) proxyTLS(host string, s *settings) *tls.Config { return c.baseTLS(host, s.verify) }

// baseTLS checks certificates itself, in Node's order: the chain first, then the name. Go
// would check the name first and report another error than newman.
func (c *Client) baseTLS(host string, verify bool) *tls.Config {
	config := &tls.Config{
		ServerName:         host,
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // VerifyConnection checks
		ClientSessionCache: tls.NewLRUClientSessionCache(8),
	}
	if !verify {
		return config
	}
	config.VerifyConnection = func(state tls.ConnectionState) error {
		chain := state.PeerCertificates
		options := x509.VerifyOptions{Intermediates: x509.NewCertPool()}
		if c.roots != nil {
			options.Roots = c.roots()
		}
		// chain[0] is the server's own certificate; there always is one.
		for _, cert := range chain[1:] {
			options.Intermediates.AddCert(cert)
		}
		if _, err := chain[0].Verify(options); err != nil {
			return certificate.VerifyError(err, chain)
		}
		if chain[0].VerifyHostname(host) != nil {
			return certificate.NameError(host, chain[0])
		}
		return nil
	}
	return config
}

// limitVersions leaves out the protocols that a request forbids (tlsDisabledProtocols). Below
// TLS 1.2 nothing is spoken anyway.
func limitVersions(config *tls.Config, disabled string) error {
	no12, no13 := false, false
	for name := range strings.FieldsSeq(disabled) {
		no12 = no12 || name == "TLSv1_2"
		no13 = no13 || name == "TLSv1_3"
	}
	switch {
	case no12 && no13:
		return &failure.Error{Code: "ERR_SSL_NO_PROTOCOLS_AVAILABLE", Message: "error:0A0000BF:SSL routines::no protocols available", Hint: "tlsDisabledProtocols leaves neither TLS 1.2 nor 1.3"}
	case no12:
		config.MinVersion = tls.VersionTLS13
	case no13:
		config.MaxVersion = tls.VersionTLS12
	}
	return nil
}

// chooseCiphers offers the suites of tlsCipherSelection. What it asks for and Go does not
// have is reported, and the request is sent. TLS 1.3 suites cannot be chosen in Go.
func (c *Client) chooseCiphers(config *tls.Config, s *settings) error {
	if s.tlsCiphers == "" {
		return nil
	}
	suites, unknown, ok := cipher.Suites(s.tlsCiphers)
	switch {
	case !ok:
		return &failure.Error{Code: "ERR_SSL_NO_CIPHER_MATCH", Message: "error:0A0000B9:SSL routines::no cipher match", Hint: "tlsCipherSelection names no cipher that is known here"}
	case len(unknown) > 0:
		s.say("tlsCipherSelection: " + strings.Join(unknown, ", ") + ": unknown and left out")
	case len(suites) == 0 && !strings.Contains(s.tlsCiphers, "TLS_"):
		s.say("tlsCipherSelection: " + s.tlsCiphers + ": no such cipher is supported, the usual ones are offered")
	}
	config.CipherSuites = suites
	return nil
}

// certificateFor returns the first client certificate for a target, or nil. The target is the
// one that the request names, not the one that a map leads to.
func (c *Client) certificateFor(t *target.Target) *certificate.Client {
	for i := range c.certs {
		if c.certs[i].IsFor(t) {
			return &c.certs[i]
		}
	}
	return nil
}
