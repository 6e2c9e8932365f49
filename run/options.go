package run

import (
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"time"

	"posthaste/runner/event"
)

// Options say how a collection is run. The zero Options run everything once, over the network, and write no report.
type Options struct {
	Environment string            // the file of an environment, Postman's JSON or format 3's YAML; "" for none
	Globals     string            // the file of globals; "" for none
	Variables   map[string]string // set in the environment, in place of what its file says
	Data        string            // a CSV or JSON file, one row an iteration; "" for none
	Iterations  int               // 0: one for each row of Data, else one
	Folders     []string          // names or ids of the folders and requests to run; none is everything
	Parallel    int               // how many top-level folders run at a time; 0 and 1 are one
	Bail        bool              // the first failure ends the run
	Strict      bool              // notices of a run that only looks green, such as a placeholder that nothing replaced, are failures

	Delay          time.Duration // before each request
	Timeout        time.Duration // of the whole run; 0 is no limit
	RequestTimeout time.Duration // of each request; 0 is no limit
	ScriptTimeout  time.Duration // of each script; 0 is no limit

	// Transport sends the requests in place of the network, redirects one by one. It must be safe for concurrent use.
	// Handler makes one of an http.Handler, and the Transport of an http.Client will do as well. Nil is the network, with
	// the wire format of newman.
	Transport http.RoundTripper
	Proxy     func(*url.URL) (*url.URL, error) // nil asks no proxy, whatever the environment says
	Insecure  bool                             // certificates are not checked

	// AllowHosts are globs of the hosts that requests may go to, such as "*.example.com" or "127.0.0.1:8080"; none is
	// every host. A request elsewhere is not sent and fails. What a collection brings itself holds as well.
	AllowHosts []string
	// Limits bound the amounts that requests may have, such as "POST */payments: amount.value each <= 20000, total <=
	// 100000". docs/money.md has the language.
	Limits []string

	Files    fs.FS // where request bodies find their files; nil: nowhere
	Packages fs.FS // where pm.require finds packages, as in a node_modules folder; nil: nowhere

	SecretNames []string // variables whose values are secrets whatever their names say
	ShowSecrets bool     // nothing is masked

	Reports []Report
	// Events is called with each event of the run in its order, one at a time, secrets masked. Its first error ends the
	// run and is in Result.Err. Package event has the kinds.
	Events func(event.Masked) error
	// EventBodies is how many bytes of each body the events carry; 0 is 64 KiB, less than 0 leaves bodies out.
	EventBodies int

	Now func() time.Time // nil is the system's clock
}

// A Report is one report of a run.
type Report struct {
	// Name is that of the reporter: "cli", "junit", "json", "html", "events" and so on. `posthaste help reporters` lists
	// them.
	Name string
	// Out gets the report: at the end of the run, complete, or for the reporters of the terminal as the run goes on.
	Out io.Writer
	// Options are those of the reporter, by their names after --reporter-<name>-.
	Options map[string]string
}

// bodies is EventBodies with its default.
func (o *Options) bodies() int {
	if o.EventBodies == 0 {
		return 64 << 10
	}
	return max(o.EventBodies, 0)
}
