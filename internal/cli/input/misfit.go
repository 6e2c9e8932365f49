package input

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/cli/process"
	"posthaste/internal/filekind"
)

// fits are the kinds of files that an input takes. An input that is not listed is not looked at.
func fits(what string) (nouns string, kinds []filekind.Kind) {
	switch what {
	case "collection":
		return "a collection", []filekind.Kind{filekind.Collection}
	case "environment":
		return "an environment", []filekind.Kind{filekind.Environment, filekind.Globals}
	case "globals":
		return "globals", []filekind.Kind{filekind.Globals, filekind.Environment}
	case "iteration data":
		return "iteration data", []filekind.Kind{filekind.Rows, filekind.CSV}
	case "environment file":
		return "a file of KEY=value lines", []filekind.Kind{filekind.Dotenv}
	case "cookie jar":
		return "a cookie jar", []filekind.Kind{filekind.CookieJar}
	case "OpenAPI file":
		return "an OpenAPI file", []filekind.Kind{filekind.OpenAPI, filekind.YAML, filekind.JSONSchema}
	case "client certificate list":
		return "a list of client certificates", []filekind.Kind{filekind.CertificateList}
	case "certificate authorities":
		return "a file of certificates in PEM", []filekind.Kind{filekind.Certificate}
	case "client certificate":
		return "a certificate", []filekind.Kind{filekind.Certificate, filekind.PKCS12, filekind.PrivateKey}
	case "client key":
		return "a private key", []filekind.Kind{filekind.PrivateKey, filekind.Certificate}
	case "rules":
		return "a rules file of posthaste check", []filekind.Kind{filekind.YAML}
	case "timings":
		return "a file of timings", nil
	case "events":
		return "the recording of a run", []filekind.Kind{filekind.Recording, filekind.Gzip}
	case "baseline":
		return "a baseline of deviations", nil
	}
	return "", nil
}

// Misfit replaces the error of reading an input where the file is recognised as something else: it says what the file is,
// and its hint says which option or command takes it. Otherwise err comes back, which may be nil.
func Misfit(err error, what, name string, data []byte) error {
	nouns, kinds := fits(what)
	kind := filekind.Of(name, data)
	if nouns == "" || kind == "" || slices.Contains(kinds, kind) {
		return err
	}
	return process.Usage(kind.Hint(name), "reading the %s: %s: this is %s, not %s", what, name, kind, nouns)
}

// MisfitFile is Misfit for a file that has not been read; a part of it is enough.
func MisfitFile(p *process.Process, err error, what, name string) error {
	if err == nil || name == "-" || IsURL(name) {
		return err
	}
	file, cannot := os.Open(p.Path(name))
	if cannot != nil {
		return err
	}
	defer file.Close()
	data, cannot := io.ReadAll(io.LimitReader(file, 16<<20))
	if cannot != nil {
		return err
	}
	return Misfit(err, what, name, data)
}

// Swapped replaces the error of reading a collection where the collection and the environment of a command line have taken
// each other's place. Otherwise err comes back.
func Swapped(p *process.Process, err error, collection, environment string) error {
	if kindOf(p, collection) != filekind.Environment || kindOf(p, environment) != filekind.Collection {
		return err
	}
	return process.Usage("swap them: posthaste run "+filekind.Quote(environment)+" -e "+filekind.Quote(collection),
		"reading the collection: %s is an environment, and %s is a collection", collection, environment)
}

// kindOf recognises a file, "" where it cannot be read.
func kindOf(p *process.Process, name string) filekind.Kind {
	if name == "" || name == "-" || IsURL(name) {
		return ""
	}
	data, err := os.ReadFile(p.Path(name))
	if err != nil {
		return ""
	}
	return filekind.Of(name, data)
}

// CheckCookieJar refuses what is no cookie jar, before a request is sent.
func CheckCookieJar(name string, data []byte) error {
	if gjson.GetBytes(data, "cookies").IsArray() {
		return nil
	}
	return Misfit(process.Usage("give the file that --export-cookie-jar wrote", "reading the cookie jar: %s: it is not a cookie jar: it has no list \"cookies\"", name),
		"cookie jar", name, data)
}

// VaultError is the error of opening the sources of --vault. A dotenv file that is recognised as something else is named.
func VaultError(p *process.Process, err error, sources []string) error {
	err = process.Usage("such as --vault dotenv:.env", "opening the vault: %w", err)
	for _, text := range sources {
		kind, rest, _ := strings.Cut(text, ":")
		switch kind {
		case "dotenv":
			text = rest
		case "env", "exec":
			continue
		}
		if better := MisfitFile(p, err, "environment file", text); better != err { //nolint:errorlint // it is err or another
			return better
		}
	}
	return err
}
