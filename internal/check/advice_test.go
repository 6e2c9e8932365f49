package check_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

// TestSetups has the command check every wrong set-up, then does what it advises, until all is right. No set-up that is
// wrong is called right, each blames what is wrong, and no credential is ever shown.
func TestSetups(t *testing.T) {
	play := simulator()
	good := httptest.NewServer(play)
	defer good.Close()
	total := map[int]int{}
	for _, group := range []struct {
		name   string
		setups []setup
	}{
		{"one value is damaged", damaged()},
		{"other kinds of keys", otherKinds()},
		{"two values are wrong", pairs()},
		{"somebody else answers", pretended(play)},
		{"answers that are documented", documented(t, play)},
		{"nobody is reached", unreachable(t, play)},
	} {
		count := map[int]int{}
		for _, s := range group.setups {
			count[s.exit]++
			total[s.exit]++
			t.Run(s.name, func(t *testing.T) { s.try(t, good.URL) })
		}
		t.Logf("%s: %d wrong (1), %d cannot be told (3), %d right (0)", group.name, count[1], count[3], count[0])
	}
	if all := total[0] + total[1] + total[3]; all < 300 {
		t.Errorf("there are %d set-ups, want 300 at least", all)
	}
	t.Logf("in all: %d wrong (1), %d cannot be told (3), %d right (0)", total[1], total[3], total[0])
}

// try checks a set-up, and follows the advice until the check is green.
func (s setup) try(t *testing.T, good string) {
	t.Helper()
	vars, side := s.vars, s.side
	code, text := s.check(t, vars, side, good)
	if code != s.exit {
		t.Fatalf("exit code %d, want %d\n%s", code, s.exit, text)
	}
	for _, name := range s.blames {
		if !regexp.MustCompile(`(?m)^  (?:FAIL|\?   )  ` + regexp.QuoteMeta(name) + `(?: |$)`).MatchString(text) {
			t.Errorf("no line blames %s:\n%s", name, text)
		}
	}
	if side != nil && side.message != "" && !strings.Contains(strings.Join(strings.Fields(text), " "), side.message) {
		t.Errorf("%q is not said:\n%s", side.message, text)
	}
	for round := 1; code != 0; round++ {
		if round > max(1, s.rounds) {
			t.Fatalf("after %d rounds of advice it is not right:\n%s", round-1, text)
		}
		if round < s.rounds && !strings.Contains(text, "Not checked yet:") && strings.Count(text, "\n  FAIL ") < 2 {
			t.Errorf("two things are wrong; one is named, and nothing is said of what is open:\n%s", text)
		}
		vars, side = follow(t, text, vars, side)
		code, text = s.check(t, vars, side, good)
	}
}

// check runs the command. It returns the exit code and what it printed.
func (s setup) check(t *testing.T, vars []variable, by *side, good string) (int, string) {
	t.Helper()
	if by == nil {
		by = &side{to: good}
	}
	to := by.to
	if by.serve != nil {
		server := httptest.NewServer(by.serve)
		defer server.Close()
		defer server.CloseClientConnections()
		to = server.URL
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "merchant.json"), environmentFile(t, vars), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	p := &process.Process{
		Args:  slices.Concat([]string{"check", "-e", "merchant.json", "--verbose", "--map", "https://apitest.vipps.no=" + to}, s.args, by.args),
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) { v, ok := by.env[name]; return v, ok },
	}
	code := cli.Main(t.Context(), p)
	text := out.String()
	if errs.Len() > 0 {
		t.Errorf("standard error has %s", errs.String())
	}
	holdsOfEveryReport(t, code, text, vars)
	return code, text
}

// holdsOfEveryReport checks what is true whatever was found.
func holdsOfEveryReport(t *testing.T, code int, text string, vars []variable) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if len([]rune(line)) > 80 && !strings.Contains(line, "://") {
			t.Errorf("a line has more than 80 columns: %s", line)
		}
		if !strings.HasPrefix(line, "  ok ") {
			continue
		}
		proof := ""
		for _, next := range lines[i+1:] {
			if strings.HasPrefix(next, "          - ") {
				proof = next
			}
			if proof != "" || !strings.HasPrefix(next, "        ") {
				break
			}
		}
		if proof == "" {
			t.Errorf("a line says ok, and no evidence stands below it: %s\n%s", line, text)
		}
	}
	if (code == 0) == strings.Contains(text, "Do this:") {
		t.Errorf("exit code %d:\n%s", code, text)
	}
	for _, v := range vars {
		secret := strings.TrimSpace(v.value)
		if v.name != nameBase && v.name != nameMSN && len(secret) > 7 && !strings.ContainsAny(secret[:1], "<\"{") && strings.Contains(text, secret) {
			t.Errorf("the value of %s is shown:\n%s", v.name, text)
		}
	}
	for _, name := range []string{nameID, nameSecret, nameKey} {
		if strings.Contains(text, rightValue(name)) || strings.Contains(text, "a-password") {
			t.Errorf("the value of %s is shown:\n%s", name, text)
		}
	}
}

func environmentFile(t *testing.T, vars []variable) []byte {
	t.Helper()
	type entry struct {
		Key     string `json:"key"`
		Value   string `json:"value"`
		Enabled bool   `json:"enabled"`
	}
	var file struct {
		Values []entry `json:"values"`
	}
	for _, v := range vars {
		file.Values = append(file.Values, entry{v.name, v.value, !v.disabled})
	}
	data, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var quotedName = regexp.MustCompile(`"([^"]+)"`)

// follow does what a report says behind "Do this:". Values are taken from the portal only where it says so.
func follow(t *testing.T, text string, vars []variable, by *side) ([]variable, *side) {
	t.Helper()
	_, advice, _ := strings.Cut(text, "Do this: ")
	advice, _, _ = strings.Cut(advice, "\n\n")
	advice = strings.Join(strings.Fields(advice), " ")
	vars = slices.Clone(vars)
	for act := range strings.SplitSeq(advice, "; then ") {
		into := act
		if _, after, ok := strings.Cut(act, " into "); ok {
			into = after
		}
		names := map[string]bool{}
		for _, m := range quotedName.FindAllStringSubmatch(into, -1) {
			names[m[1]] = true
		}
		switch {
		case strings.Contains(act, "exchange the values of"):
			exchange(vars, names)
		case strings.HasPrefix(act, "in variable"):
			for i := range vars {
				if strings.HasPrefix(act, `in variable "`+vars[i].name+`",`) || strings.HasPrefix(act, "in variables") && names[vars[i].name] {
					vars[i].value = repair(act, vars[i].value, vars[i].name)
				}
			}
		case strings.HasPrefix(act, "tick the variable"):
			for i := range vars {
				vars[i].disabled = false
			}
		case strings.HasPrefix(act, "set variable"):
			for i := range vars {
				if names[vars[i].name] {
					vars[i].value = regexp.MustCompile(`https?://[a-z.]+[a-z]`).FindString(act)
				}
			}
		case strings.Contains(act, "copy ") || strings.Contains(act, "make a new client_secret there"):
			vars = copied(vars, names)
		}
		by = repairedSide(by, act, names)
	}
	return vars, by
}

// repairedSide is the other side after an advice: as it should be once the variables that it complains of are new, or once
// somebody has seen to proxy, network, clock or time.
func repairedSide(by *side, act string, names map[string]bool) *side {
	switch {
	case by == nil:
		return nil
	case len(by.repaired) > 0:
		if slices.ContainsFunc(by.repaired, func(name string) bool { return names[name] }) {
			return nil
		}
	case regexp.MustCompile(`proxy|another network|try again|the clock|status\.|HTTPS_PROXY|ssl-extra-ca|--map`).MatchString(act):
		return nil
	}
	return by
}

// copied puts the right values, as the portal has them, into variables that the advice names.
func copied(vars []variable, names map[string]bool) []variable {
	for name := range maps.Keys(names) {
		value := rightValue(name)
		if value == "" {
			continue
		}
		known := false
		for i := range vars {
			if vars[i].name == name {
				vars[i].value, known = value, true
			}
		}
		if !known {
			vars = append(vars, variable{name: name, value: value})
		}
	}
	return vars
}

func exchange(vars []variable, names map[string]bool) {
	var at []int
	for i, v := range vars {
		if names[v.name] {
			at = append(at, i)
		}
	}
	if len(at) == 2 {
		vars[at[0]].value, vars[at[1]].value = vars[at[1]].value, vars[at[0]].value
	}
}
