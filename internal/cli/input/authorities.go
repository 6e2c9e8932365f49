package input

import (
	"crypto/x509"
	"errors"
	"os"

	"posthaste/internal/cli/process"
	"posthaste/internal/transport/certificate"
)

// NodeAuthoritiesVariable names a file of certificate authorities to trust. It is Node's, so
// newman's users behind a proxy that ends TLS have set it.
const NodeAuthoritiesVariable = "NODE_EXTRA_CA_CERTS"

// NodeAuthorities reads that file as PEM; nil where the variable is not set. Its error must
// not end a run (Node: a warning).
func NodeAuthorities(p *process.Process) ([]byte, error) {
	name := p.Getenv(NodeAuthoritiesVariable)
	if name == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(p.Path(name))
	if err == nil && !certificate.HasPEM(pem) {
		err = errors.New("no certificate in it")
	}
	if err != nil {
		return nil, err
	}
	return append(pem, '\n'), nil // so that more can be appended
}

// roots are the authorities to trust when inputs come from https, nil for the system's.
// Errors are ignored here: the run reads the same files and reports them.
func (r *Reader) roots() *x509.CertPool {
	pem, _ := NodeAuthorities(r.Process) // reading it for the run says what is wrong
	if r.ExtraCA != "" {
		more, _ := os.ReadFile(r.Process.Path(r.ExtraCA)) // the same
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
