package run

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/runner"
)

// certificates reads the list of client certificates and the single one, which serves every
// other host (newman: lib/run/index.js). Order matters: the first that matches a URL is used,
// so the list goes before the single one. A certificate that cannot be read is a warning and
// left out, as in newman; only a list that cannot be read is an error.
func (r *running) certificates() ([]runner.Certificate, error) {
	var list []runner.Certificate
	if name := r.flags.clientCertList; name != "" {
		data, err := input.ReadFile(r.process, "client certificate list", name)
		if err != nil {
			return nil, err
		}
		var entries []listedCertificate
		if err := json.Unmarshal(data, &entries); err != nil {
			return nil, input.Misfit(process.Usage("it is a JSON array of {matches, cert: {src}, key: {src}, passphrase}",
				"reading the client certificate list: %s: %w", name, err), "client certificate list", name, data)
		}
		if err := input.Misfit(nil, "client certificate list", name, data); err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			r.process.Warn("the client certificate list %s is empty", name)
		}
		for _, e := range entries {
			list = append(list, r.certificate(e))
		}
	}
	if r.flags.clientCert != "" {
		single := listedCertificate{Name: "--ssl-client-cert", Matches: []string{"<all_urls>"}, Passphrase: r.flags.clientPass}
		single.Key.Src = r.flags.clientKey
		if isPFX(r.flags.clientCert) {
			single.PFX.Src = r.flags.clientCert
		} else {
			single.Cert.Src = r.flags.clientCert
		}
		list = append(list, r.certificate(single))
	}
	// What is left has both a certificate and a key, or a PKCS#12 file with both.
	return slices.DeleteFunc(list, func(c runner.Certificate) bool {
		keyless := c.Key == nil && c.PFX == nil
		if keyless && c.Cert != nil {
			r.process.Warn("client certificate %s has no key and is not shown to servers", c.Name)
		}
		return keyless || c.Cert == nil && c.PFX == nil // newman: no key, no certificate
	}), nil
}

// listedCertificate is an entry of --ssl-client-cert-list, in newman's format. Matches are
// URL patterns such as https://*.example.com/*.
type listedCertificate struct {
	Name           string
	Matches        []string
	Cert, Key, PFX struct{ Src string } // paths, relative to the working directory of the command
	Passphrase     string
}

// isPFX decides by the name whether a file is PKCS#12 (binary) or PEM, since both are named
// by one option.
func isPFX(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".p12" || ext == ".pfx"
}

// certificate reads the files of one entry. A file that cannot be read is a warning and not
// an error, since the entry may be for a host that this run never sends a request to.
func (r *running) certificate(e listedCertificate) runner.Certificate {
	read := func(name string) []byte {
		if name == "" {
			return nil
		}
		data, err := os.ReadFile(r.process.Path(name))
		if err != nil {
			r.process.Warn("client certificate %s: %v", name, err)
		}
		return data
	}
	c := runner.Certificate{
		Name: e.Name, Matches: e.Matches, Cert: read(e.Cert.Src), Key: read(e.Key.Src), PFX: read(e.PFX.Src),
		Passphrase: e.Passphrase,
	}
	// newman asks for the key in a file of its own even then, so not under --newman-compat.
	if e.Key.Src == "" && !r.flags.compat && bytes.Contains(c.Cert, []byte("PRIVATE KEY-----")) {
		c.Key = c.Cert // one file with both
	}
	return c
}
