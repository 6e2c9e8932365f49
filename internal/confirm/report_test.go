package confirm

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A jsonReport is what is compared of newman's JSON report.
type jsonReport struct {
	Run struct {
		Stats      map[string]struct{ Total, Pending, Failed int }
		Executions []struct {
			Cursor  struct{ Position, Iteration int }
			Item    struct{ Name string }
			Request *struct {
				Method string
				URL    any
			}
			Response *struct {
				Code   int
				Status string
			}
			RequestError *jsonError
			Assertions   []struct {
				Assertion string
				Skipped   bool
				Error     *jsonError
			}
			PrerequestScript []struct{ Error *jsonError }
			TestScript       []struct{ Error *jsonError }
		}
		Failures []struct {
			Error  *jsonError
			At     string
			Source struct{ Name string }
			Parent struct{ Name string }
			Cursor struct{ Iteration int }
		}
	}
}

type jsonError struct {
	Name, Message, Test string
	Code                any
}

func (e *jsonError) String() string {
	switch {
	case e == nil:
		return ""
	case e.Code != nil:
		return fmt.Sprintf("%s: %s [%v]", e.Name, e.Message, e.Code)
	}
	return e.Name + ": " + e.Message
}

// reportFacts states what the report says, by dimension.
func reportFacts(data []byte, facts map[string][]string) error {
	var r jsonReport
	if err := json.Unmarshal(data, &r); err != nil {
		return fmt.Errorf("JSON report: %w", err)
	}
	add := func(dimension, format string, args ...any) {
		facts[dimension] = append(facts[dimension], fmt.Sprintf(format, args...))
	}
	for i, e := range r.Run.Executions {
		line := fmt.Sprintf("#%d iteration %d position %d %q", i+1, e.Cursor.Iteration, e.Cursor.Position, e.Item.Name)
		if e.Request != nil {
			line += " " + e.Request.Method + " " + urlText(e.Request.URL)
		}
		if e.Response != nil {
			line += fmt.Sprintf(" -> %d %s", e.Response.Code, e.Response.Status)
		}
		add("exec", "%s", line)
		for _, a := range e.Assertions {
			result := "passed"
			switch {
			case a.Skipped:
				result = "skipped"
			case a.Error != nil:
				result = "failed, " + a.Error.String()
			}
			add("assert", "#%d %s: %s", i+1, a.Assertion, result)
		}
		if e.RequestError != nil {
			add("errors", "#%d request %s", i+1, e.RequestError)
		}
		for kind, scripts := range map[string][]struct{ Error *jsonError }{"prerequest": e.PrerequestScript, "test": e.TestScript} {
			for j, s := range scripts {
				if s.Error != nil {
					add("errors", "#%d %s %d %s", i+1, kind, j+1, s.Error)
				}
			}
		}
	}
	slices.Sort(facts["errors"])
	for _, name := range slices.Sorted(maps.Keys(r.Run.Stats)) {
		s := r.Run.Stats[name]
		add("stats", "%s: total %d, pending %d, failed %d", name, s.Total, s.Pending, s.Failed)
	}
	for i, f := range r.Run.Failures {
		add("failures", "#%d %s | at %s | in %s / %s | iteration %d", i+1, f.Error, f.At, f.Parent.Name, f.Source.Name, f.Cursor.Iteration)
	}
	return nil
}

// jsonShape lists the paths of a document with the kinds of values that stand there.
func jsonShape(t *testing.T, file string) []string {
	t.Helper()
	var document any
	if err := json.Unmarshal([]byte(readText(t, file)), &document); err != nil {
		t.Error(err)
	}
	paths := map[string]bool{}
	addShape("", document, paths)
	return slices.Sorted(maps.Keys(paths))
}

func addShape(at string, v any, paths map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		paths[at+" object"] = true
		for k, e := range v {
			addShape(at+"."+k, e, paths)
		}
	case []any:
		paths[at+" array"] = true
		for _, e := range v {
			addShape(at+"[]", e, paths)
		}
	case nil:
		paths[at+" null"] = true
	default:
		paths[fmt.Sprintf("%s %T", at, v)] = true
	}
}

// urlText writes the report's URL, a text or a taken apart one, as one text.
func urlText(v any) string {
	u, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprint(v)
	}
	list := func(name, separator string) string {
		parts, ok := u[name].([]any)
		if !ok {
			return text(u[name])
		}
		var out []string
		for _, p := range parts {
			out = append(out, text(p))
		}
		return strings.Join(out, separator)
	}
	s := list("host", ".")
	if p := text(u["protocol"]); p != "" {
		s = p + "://" + s
	}
	if p := text(u["port"]); p != "" {
		s += ":" + p
	}
	if _, ok := u["path"]; ok {
		s += "/" + list("path", "/")
	}
	query, _ := u["query"].([]any)
	sign := "?"
	for _, q := range query {
		p, _ := q.(map[string]any)
		if p["disabled"] == true {
			continue
		}
		s += sign + text(p["key"])
		if p["value"] != nil {
			s += "=" + text(p["value"])
		}
		sign = "&"
	}
	if h := text(u["hash"]); h != "" {
		s += "#" + h
	}
	return s
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
