package confirm

import (
	"encoding/json"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A testcase is one line of testdata/confirm/cases.json. The format is parity's, so that the same list runs against
// the real newman; Also is ours and parity skips it. bare.json has those that parity cannot run, because it adds
// reporters and exports to every command line.
type testcase struct {
	ID          string            `json:"id"`
	Collection  string            `json:"collection"`
	Environment string            `json:"environment"`
	Globals     string            `json:"globals"`
	Data        string            `json:"data"`
	Args        []string          `json:"args"`
	Cwd         string            `json:"cwd"`
	Env         map[string]string `json:"env"`
	Secure      bool              `json:"secure"`   // do not add --insecure
	NoProxy     bool              `json:"no_proxy"` // no proxy in the environment
	Direct      bool              `json:"direct"`   // the run talks to the listeners {http} and {https}
	Quarantine  string            `json:"quarantine"`
	Also        []string          `json:"also"` // more to compare: stdout, files, names, report, xml

	bare bool // of bare.json: the command line as it stands, and Env is all that is in the environment
}

// folder is where the cases are.
func folder() string { return filepath.Join("..", "..", "testdata", "confirm") }

func readCases(t *testing.T) []testcase {
	t.Helper()
	var cases []testcase
	for _, name := range []string{"cases.json", "bare.json"} {
		data, err := os.ReadFile(filepath.Join(folder(), name))
		if err != nil {
			t.Fatal(err)
		}
		var list struct{ Cases []testcase }
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, c := range list.Cases {
			c.bare = name == "bare.json"
			cases = append(cases, c)
		}
	}
	return cases
}

// path is where a file of the case is, for a program that runs elsewhere.
func (c *testcase) path(name string) string {
	if filepath.IsAbs(name) || strings.Contains(name, "://") {
		return name
	}
	dir, err := filepath.Abs(folder())
	if err != nil {
		panic(err)
	}
	return filepath.Join(dir, name)
}

func (s *stage) cwd(c *testcase) string {
	if c.Cwd != "" {
		return c.path(s.fill(c, c.Cwd))
	}
	return filepath.Dir(c.path(c.Collection))
}

// inputs is the text of what the run reads.
func (c *testcase) inputs() string {
	text := strings.Join(c.Args, "\n")
	for _, name := range []string{c.Collection, c.Environment, c.Globals, c.Data} {
		if name != "" {
			data, _ := os.ReadFile(c.path(name))
			text += "\n" + string(data)
		}
	}
	return text
}

// A stage is where a run takes place.
type stage struct {
	proxy *proxy
	out   string // the case's files
	cache string // what a program remembers between runs
}

// places are the texts that differ between stages, and what stands for them.
func (s *stage) places(c *testcase) []string {
	places := []string{s.out, "{out}", c.path("."), "{dir}", s.proxy.addr, "{proxy}", s.proxy.http, "{http}", s.proxy.https, "{https}"}
	for _, addr := range []string{s.proxy.http, s.proxy.https} {
		_, port, _ := net.SplitHostPort(addr)
		places = append(places, ":"+port, ":{port}")
	}
	return places
}

// fill puts the stage's places into a text of the list.
func (s *stage) fill(c *testcase, text string) string {
	_, securePort, _ := net.SplitHostPort(s.proxy.https)
	return strings.NewReplacer("{dir}", c.path("."), "{out}", s.out, "{ca}", filepath.Join(s.out, "ca.pem"),
		"{http}", s.proxy.http, "{https}", s.proxy.https, "{https-port}", securePort, "{proxy}", s.proxy.addr).Replace(text)
}

// args is the command line after `run`, as parity makes it.
func (s *stage) args(c *testcase) []string {
	var args []string
	if c.Collection != "" {
		args = append(args, c.path(c.Collection))
	}
	for _, o := range [][2]string{{"-e", c.Environment}, {"-g", c.Globals}, {"-d", c.Data}} {
		if o[1] != "" {
			args = append(args, o[0], c.path(o[1]))
		}
	}
	for _, a := range c.Args {
		args = append(args, s.fill(c, a))
	}
	if c.bare {
		return args
	}
	if !c.Secure {
		args = append(args, "--insecure")
	}
	out := func(name string) string { return filepath.Join(s.out, name) }
	return append(args, "--color", "off", "--reporters", "cli,json,junit",
		"--reporter-json-export", out("out.json"), "--reporter-junit-export", out("out.xml"),
		"--export-environment", out("env.json"), "--export-globals", out("globals.json"))
}

// env is what the run finds in its environment besides what any process has.
func (s *stage) env(c *testcase) map[string]string {
	env := map[string]string{"TZ": "UTC", "HOME": s.out, "XDG_CACHE_HOME": s.cache}
	if !c.NoProxy {
		for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
			env[name] = "http://" + s.proxy.addr
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Env)) {
		env[name] = s.fill(c, c.Env[name])
	}
	return env
}
