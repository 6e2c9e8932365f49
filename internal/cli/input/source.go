package input

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"posthaste/internal/cli/process"
	"posthaste/internal/transport"
	"posthaste/internal/transport/proxy"
)

// A source is where a collection, an environment, globals or data come from. It is a value
// that is used once.
type source struct {
	process *process.Process
	what    string // "collection", "environment", "globals", "iteration data"
	text    string // path, URL, "-" or a UID of the Postman API
	apiKey  string
	api     string // base of the Postman API

	insecure bool                  // --insecure
	roots    func() *x509.CertPool // with --ssl-extra-ca-certs; returns nil for the system's
	rules    []transport.Rule      // of --map
	bounds   Bounds
}

// postmanAPI is the base of the Postman API, without a slash at the end.
const postmanAPI = "https://api.postman.com"

// uid is what the Postman API calls a collection or an environment by: the owner's number and
// a UUID.
var uid = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[0-9A-Z]+-[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$`)
})

// isUID reports whether a text is such a name (newman: lib/util.js).
func isUID(text string) bool { return uid().MatchString(text) }

// read returns the name to show and the bytes. A file goes before the Postman API: a UID is
// tried only when there is no file of that name and a key is known.
func (s source) read(ctx context.Context) (name string, data []byte, err error) {
	switch {
	case s.text == "-":
		data, err = s.all(s.process.Stdin)
	case IsURL(s.text):
		data, err = s.fetch(ctx, s.text)
	default:
		data, err = s.file()
		if errors.Is(err, fs.ErrNotExist) && s.apiKey != "" && isUID(s.text) {
			data, err = s.fetch(ctx, s.api+"/"+s.resource()+"/"+s.text)
		}
	}
	if err != nil {
		return s.text, nil, s.explain(err)
	}
	return s.text, data, nil
}

// IsURL reports whether a source is to be fetched over HTTP.
func IsURL(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}

// resource is the path of the input's kind in the Postman API.
func (s source) resource() string {
	if s.what == "environment" {
		return "environments"
	}
	return "collections"
}

// file reads a file. A directory has an error of its own, because it may be a collection of
// format 3.
func (s source) file() ([]byte, error) {
	path := s.process.Path(s.text)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, errDirectory{}
	}
	if s.bounds.Bytes == 0 {
		return os.ReadFile(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return s.all(f)
}

// all reads everything, or fails where that is more than the bounds allow.
func (s source) all(r io.Reader) ([]byte, error) {
	if s.bounds.Bytes == 0 {
		return io.ReadAll(r)
	}
	data, err := io.ReadAll(io.LimitReader(r, s.bounds.Bytes+1))
	if err == nil && int64(len(data)) > s.bounds.Bytes {
		return nil, fmt.Errorf("it has more than %d MB, which is the most that is read", s.bounds.Bytes>>20)
	}
	return data, err
}

// errDirectory is the error for a directory where a file is needed.
type errDirectory struct{}

func (errDirectory) Error() string { return "it is a directory" }

// explain makes an error of usage: what could not be read, why, and what to do.
func (s source) explain(err error) error {
	hint := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "check the path, relative to " + s.process.Dir
		if isUID(s.text) {
			hint = "to read it from the Postman API, give --postman-api-key or set POSTMAN_API_KEY"
		} else if near := s.besides(); near != "" {
			hint = "did you mean " + near + "?"
		}
		err = errors.New("no such file")
	case errors.Is(err, fs.ErrPermission):
		err = errors.New("permission denied")
	case errors.As(err, &errDirectory{}):
		hint = "name the " + s.what + " file inside it"
	}
	return process.Usage(hint, "reading the %s: %s: %w", s.what, s.text, err)
}

// besides finds the one JSON or YAML file whose name begins as the text does, such as Shop.postman_collection.json for Shop;
// "" where there is none or several.
func (s source) besides() string {
	path := s.process.Path(s.text)
	if strings.ContainsAny(path, "*?[\\") {
		return ""
	}
	found, err := filepath.Glob(strings.TrimSuffix(path, ".json") + ".*")
	if err != nil || len(found) != 1 {
		return ""
	}
	return filepath.Join(filepath.Dir(s.text), filepath.Base(found[0]))
}

// trusted are the authorities for https, nil for the system's.
func (s source) trusted() *x509.CertPool {
	if s.roots == nil {
		return nil
	}
	return s.roots()
}

// transport goes through the proxies that the environment names, and trusts what the flags
// say.
func (s source) transport() *http.Transport {
	t := &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: s.insecure, RootCAs: s.trusted()}, //nolint:gosec // -k asks for it
	}
	if proxy := proxy.FromEnvironment(s.process.Getenv); proxy != nil {
		t.Proxy = func(req *http.Request) (*url.URL, error) { return proxy(req.URL) }
	}
	return t
}

// fetch gets a URL. A key in the query of a Postman API URL moves to a header, so that it is
// in no log on the way (newman: lib/util.js). Iteration data is whatever the URL returns,
// with any status, as in newman.
func (s source) fetch(ctx context.Context, text string) ([]byte, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	key := ""
	if host := u.Hostname(); host == "api.postman.com" || host == "api.getpostman.com" || strings.HasPrefix(text, s.api) {
		query := u.Query()
		key = query.Get("apikey")
		if key == "" {
			key = s.apiKey
		}
		query.Del("apikey")
		u.RawQuery = query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "Posthaste/"+s.process.Version)
	req.Header.Set("Accept", "application/json, text/plain, */*")
	if key != "" {
		req.Header.Set("X-Api-Key", key)
	}
	client := &http.Client{Transport: mapped{s.transport(), s.rules}, Timeout: s.bounds.Time, CheckRedirect: s.redirects}
	res, err := client.Do(req)
	if err != nil {
		return nil, s.timed(errors.Unwrap(err)) // the URL in the outer error may contain a key
	}
	defer res.Body.Close()
	data, err := s.all(res.Body)
	if err != nil {
		return nil, s.timed(err)
	}
	if res.StatusCode != http.StatusOK && s.what != "iteration data" {
		if message := gjson.GetBytes(data, "error.message").String(); message != "" {
			return nil, errors.New(message)
		}
		return nil, fmt.Errorf("the URL answered %s", res.Status)
	}
	return bytes.TrimSpace(data), nil
}

// redirects is http.Client's own limit, and the bounds'.
func (s source) redirects(req *http.Request, via []*http.Request) error {
	const most = 10
	if len(via) >= most {
		return fmt.Errorf("stopped after %d redirects", most)
	}
	if s.bounds.Redirect != nil {
		return s.bounds.Redirect(via[len(via)-1].URL.String(), req.URL.String())
	}
	return nil
}

// timed says in plain words that the time of the bounds was over.
func (s source) timed(err error) error {
	var timeout interface{ Timeout() bool }
	if s.bounds.Time > 0 && errors.As(err, &timeout) && timeout.Timeout() {
		return fmt.Errorf("it was not read within %s", s.bounds.Time)
	}
	return err
}

// ReadFile reads a file that a flag names. what is the word for it in errors.
func ReadFile(p *process.Process, what, name string) ([]byte, error) {
	data, err := source{process: p, what: what, text: name}.file()
	if err != nil {
		return nil, source{process: p, what: what, text: name}.explain(err)
	}
	return data, nil
}
