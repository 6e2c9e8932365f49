package subject

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/vipps/facts"
	"posthaste/script/flow"
)

// An Answer is what a request may get when all is well.
type answer struct {
	Method string   `json:"method"`
	Path   string   `json:"path"`
	Status []int    `json:"status"`
	Fields []string `json:"fields"`

	from   string         // who says so, as a message ends
	bodies []gjson.Result // saved examples' JSON, which are judged in depth
}

// Answer returns what is known of a request's answers, nil when nothing is: what the collection has saved, else
// what the Vipps documents say.
func (k *Checker) Answer(s *Step) *answer {
	if a := savedAnswer(s.Item); a != nil {
		return a
	}
	if k.answers == nil && json.Unmarshal(facts.Answers(), &k.answers) != nil {
		return nil // a test reads it
	}
	host, path := k.target(s.Item.Request.URL)
	if host != "" && !strings.HasSuffix(host, ".vipps.no") && !strings.Contains(host, "{{") {
		return nil
	}
	for i := range k.answers {
		if a := &k.answers[i]; a.Method == s.Item.Request.Method && samePath(a.Path, path) {
			a.from = "by the Vipps documentation"
			return a
		}
	}
	return nil
}

// savedAnswer reads the examples that were saved with a request, as far as they tell of success.
func savedAnswer(it *collection.Item) *answer {
	a := &answer{from: "in the saved examples"}
	for _, e := range gjson.ParseBytes(it.Responses).Array() {
		code := int(e.Get("code").Int())
		if code < 200 || code > 299 || !isExampleOf(e.Get("originalRequest"), it.Request) {
			continue
		}
		if !slices.Contains(a.Status, code) {
			a.Status = append(a.Status, code)
		}
		if body := e.Get("body").String(); gjson.Valid(body) {
			a.bodies = append(a.bodies, gjson.Parse(body))
		}
	}
	if len(a.Status) == 0 {
		return nil
	}
	return a
}

// target takes a URL's host, "" when a variable of unknown value stands for it, and its path without a query.
func (k *Checker) target(u collection.URL) (host, path string) {
	text := u.Resolved()
	for range 5 { // variables in the values of variables
		i := strings.Index(text, "{{")
		j := strings.Index(text, "}}")
		if i < 0 || j < i || strings.Contains(text[:i], "?") || i > 0 && strings.Contains(strings.ReplaceAll(text[:i], "://", ""), "/") {
			break
		}
		value := ""
		if w, ok := k.Variable(text[i+2 : j]); ok && Hollow(w.Variable) == "" {
			value = w.Variable.Value.String()
		}
		text = text[:i] + value + text[j+2:]
	}
	text, _, _ = strings.Cut(text, "?")
	text, _, _ = strings.Cut(text, "#")
	if _, rest, ok := strings.Cut(text, "://"); ok {
		host, path, _ = strings.Cut(rest, "/")
		return host, "/" + path
	}
	if !strings.HasPrefix(text, "/") && strings.Contains(strings.SplitN(text, "/", 2)[0], ".") {
		host, path, _ = strings.Cut(text, "/")
		return host, "/" + path
	}
	return "", "/" + strings.TrimPrefix(text, "/")
}

// samePath compares paths by segment; {id} stands for any one segment.
func samePath(pattern, path string) bool {
	want := strings.Split(strings.Trim(pattern, "/"), "/")
	got := strings.Split(strings.Trim(path, "/"), "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != "{id}" && !strings.EqualFold(want[i], got[i]) {
			return false
		}
	}
	return true
}

// A Mismatch is what a script wants of an answer that does not have it.
type mismatch struct {
	Text  string
	Place flow.Place
}

// Mismatch judges what feeds a variable; nil when nothing speaks against it.
func (k *Checker) Mismatch(s *Step, set flow.Set) *mismatch {
	if len(set.Codes) == 0 && len(set.Reads) == 0 || onlyFailures(set.Codes) || set.Optional {
		return nil
	}
	a := k.Answer(s)
	if a == nil {
		return nil
	}
	var wants []string
	at := set.Place
	if code := a.Refuses(set.Codes); code != 0 {
		wants = append(wants, "status "+strconv.Itoa(code))
	}
	for _, r := range set.Reads {
		if len(r.Path) > 0 && !a.has(r.Path) && !ofProblems(r.Path[0]) {
			wants = append(wants, strings.Join(r.Path, "."))
			break
		}
	}
	if len(wants) == 0 {
		return nil
	}
	return &mismatch{fmt.Sprintf("its script wants %s, and the answer is %s", strings.Join(wants, " and "), a.Says()), at}
}

// onlyFailures reports whether none of the statuses asked for is one of success: what answers hold then is not known.
func onlyFailures(codes []flow.Code) bool {
	return len(codes) > 0 && !slices.ContainsFunc(codes, func(c flow.Code) bool { return c.Status >= 200 && c.Status <= 299 })
}

// ofProblems knows fields that answers have when something is wrong.
func ofProblems(field string) bool {
	switch near.Fold(field) {
	case "error", "errors", "errordescription", "errorcode", "errormessage", "message", "title", "detail", "code", "statuscode", "type", "traceid":
		return true
	}
	return false
}

// Refuses returns a status that is asked for and never given, 0 when one of those asked for is.
func (a *answer) Refuses(codes []flow.Code) int {
	if len(codes) == 0 {
		return 0
	}
	for _, c := range codes {
		if slices.Contains(a.Status, c.Status) || c.Status < 200 || c.Status > 299 {
			return 0
		}
	}
	return codes[0].Status
}

// has reports whether the answer may hold a field.
func (a *answer) has(path []string) bool {
	if a.bodies != nil {
		return slices.ContainsFunc(a.bodies, func(body gjson.Result) bool { return holds(body, path) })
	}
	return a.Fields == nil || slices.Contains(a.Fields, path[0]) ||
		path[0] != "[]" && slices.Contains(a.Fields, "[]") && isListWord(path[0])
}

// isListWord knows what every list has.
func isListWord(key string) bool {
	return key == "length" || key == "map" || key == "find" || key == "filter"
}

// holds follows a path through a saved body. What an empty list would hold is not known.
func holds(r gjson.Result, path []string) bool {
	for i, key := range path {
		if r.IsArray() && key == "[]" {
			if len(r.Array()) == 0 {
				return true
			}
			return slices.ContainsFunc(r.Array(), func(e gjson.Result) bool { return holds(e, path[i+1:]) })
		}
		if r.IsArray() && isListWord(key) {
			return true
		}
		if r = Get(r, key); !r.Exists() {
			return false
		}
	}
	return true
}

// Says describes the answer as a message does.
func (a *answer) Says() string {
	var codes []string
	for _, c := range a.Status {
		codes = append(codes, strconv.Itoa(c))
	}
	text := strings.Join(codes, " or ")
	fields := a.Fields
	if len(a.bodies) > 0 && a.bodies[0].IsObject() {
		a.bodies[0].ForEach(func(key, _ gjson.Result) bool {
			fields = append(fields, key.Str)
			return true
		})
	}
	const most = 4
	switch {
	case len(fields) == 1 && fields[0] == "[]":
		text += " with a list"
	case len(fields) > most:
		text += " with " + strings.Join(fields[:most], ", ") + " and more"
	case len(fields) > 1:
		text += " with " + strings.Join(fields[:len(fields)-1], ", ") + " and " + fields[len(fields)-1]
	case len(fields) == 1:
		text += " with " + fields[0]
	}
	return text + " " + a.from
}
