package cli

import (
	"crypto/x509"
	"errors"
	"os"

	"posthaste/internal/transport"
)

// nodeAuthoritiesVariable names a file of certificate authorities to trust. It is Node's, so newman's users behind a
// proxy that ends TLS have set it.
const nodeAuthoritiesVariable = "NODE_EXTRA_CA_CERTS"

// nodeAuthorities reads that file as PEM; nil where the variable is not set. Its error ends no run (Node: a warning).
func nodeAuthorities(p *Process) ([]byte, error) {
	name := p.env(nodeAuthoritiesVariable)
	if name == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(p.path(name))
	if err == nil && !transport.HasCertificate(pem) {
		err = errors.New("no certificate in it")
	}
	if err != nil {
		return nil, err
	}
	return append(pem, '\n'), nil
}

// roots are the authorities to trust when inputs come from https, nil for the system's.
func (r *reader) roots() *x509.CertPool {
	pem, _ := nodeAuthorities(r.process) // reading it for the run says what is wrong
	if r.extraCA != "" {
		more, _ := os.ReadFile(r.process.path(r.extraCA)) // the same
		pem = append(pem, more...)
	}
	if len(pem) == 0 {
		return nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil || !pool.AppendCertsFromPEM(pem) {
		return nil
	}
	return pool
}
