package input

import (
	"os"
	"strings"

	"posthaste/internal/cli/process"
	"posthaste/internal/transport/certificate"
)

// WarnOfPairs says which key=value pairs of an option probably do not do what was meant, where newman takes them in silence.
func WarnOfPairs(p *process.Process, flag string, pairs []string) {
	for _, pair := range pairs {
		switch key, _, ok := strings.Cut(pair, "="); {
		case !ok:
			p.Warn("--%s %s has no \"=\": the variable is undefined (--%s %s=VALUE sets it)", flag, pair, flag, pair)
		case strings.TrimSpace(key) == "": // what follows may be a secret
			p.Warn("--%s =… names no variable (--%s NAME=VALUE sets one)", flag, flag)
		}
	}
}

// WarnOfVaults says which environment variables of --vault env:NAME are not set.
func WarnOfVaults(p *process.Process, sources []string) {
	for _, source := range sources {
		names, ok := strings.CutPrefix(source, "env:")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			if _, set := p.Env(name); !set && !strings.Contains(name, "*") {
				p.Warn("--vault %s: no environment variable %s is set", source, name)
			}
		}
	}
}

// WarnOfDirectory says that the directory of --working-dir is not there; "" is no directory that was named.
func WarnOfDirectory(p *process.Process, dir string) {
	if dir != "" && !process.IsDir(p.Path(dir)) {
		p.Warn("--working-dir %s is not a directory: files in request bodies are not found", dir)
	}
}

// CheckAuthorities refuses a file of --ssl-extra-ca-certs that holds no certificate.
func CheckAuthorities(p *process.Process, name string) error {
	pem, err := ReadFile(p, "certificate authorities", name)
	if err != nil {
		return err
	}
	if !certificate.HasPEM(pem) {
		return process.Usage("it is a PEM file, with lines such as -----BEGIN CERTIFICATE-----",
			"reading the certificate authorities: %s: it holds no certificate", name)
	}
	return nil
}

// HasCertificate reports whether a file can be that of a client certificate: it is PKCS#12, which is binary, or PEM.
func HasCertificate(p *process.Process, name string) bool {
	data, err := os.ReadFile(p.Path(name))
	return err != nil || certificate.HasPEM(data) || len(data) > 0 && data[0] == 0x30 // an ASN.1 sequence
}
