// Package evidence decides what an answer proves.
//
// An answer is evidence only when it is believed: when it can have come from the API and from nobody in between. A
// page of a portal, JSON of another shape, an answer from a cache or one whose clock stands still prove nothing,
// whatever their status. Believe is the only way from an answer to Evidence, and a line of a report that says ok
// cannot be made without Evidence.
package evidence

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// Evidence is what a line of a report rests on. The zero Evidence proves nothing.
type Evidence struct{ text string }

// String says what was seen, without any value that was given.
func (e Evidence) String() string { return e.text }

// IsZero reports whether there is nothing behind it.
func (e Evidence) IsZero() bool { return e.text == "" }

// Seen is what values themselves show, without a call.
func Seen(text string) Evidence { return Evidence{text} }

// And adds what an answer that is believed also says.
func (e Evidence) And(text string) Evidence {
	if e.IsZero() {
		return e
	}
	return Evidence{e.text + "; " + text}
}

// Want is what an answer must have in order to be believed.
type Want struct {
	JSON  bool     // it is JSON and says so
	Empty bool     // an empty body will do in the place of JSON
	Shape []string // paths in it and their types: "webhooks objects"; "objects" alone is the whole
}

// A Doubt is why an answer is not believed. The zero Doubt means that the answer is believed.
type Doubt struct {
	Why string // goes behind "it is"
	Old bool   // it may have been true once
}

// StaleClock is how far the time of an answer may lie from ours.
const StaleClock = 5 * time.Minute

// Believe returns what an exchange proves, or the reason why it proves nothing.
func Believe(x *Exchange, want Want) (Evidence, Doubt) {
	a := x.Answer
	if a == nil {
		return Evidence{}, Doubt{Why: "no answer"}
	}
	const redirects, errors = 300, 400
	switch {
	case a.Status >= redirects && a.Status < errors:
		return Evidence{}, Doubt{Why: "a redirect to somewhere else"}
	case a.IsPage():
		return Evidence{}, Doubt{Why: "a web page, and the API has none"}
	case cached(a) != "":
		return Evidence{}, Doubt{"an old answer that a cache has kept (" + cached(a) + ")", true}
	}
	if off := Skew(x); off.Abs() > StaleClock {
		return Evidence{}, Doubt{"dated " + Span(off.Abs()) + map[bool]string{true: " ago", false: " in the future"}[off > 0], true}
	}
	if why := want.doubts(a); why != "" {
		return Evidence{}, Doubt{Why: why}
	}
	return Evidence{want.seen(x)}, Doubt{}
}

// doubts looks at the body.
func (w Want) doubts(a *Answer) string {
	if len(a.Body) == 0 {
		if w.Empty || !w.JSON && len(w.Shape) == 0 {
			return ""
		}
		return "empty"
	}
	if !w.JSON && len(w.Shape) == 0 {
		return ""
	}
	switch kind := a.MediaType(); {
	case kind == "":
		return "without a content type, and the API sends JSON"
	case !isJSON(kind):
		return printable(kind) + ", and the API sends JSON"
	case !gjson.ValidBytes(a.Body):
		return "no JSON, though it says so"
	}
	for _, part := range w.Shape {
		if !has(a.Body, part) {
			return "JSON of another shape: it has no " + plainShape(part)
		}
	}
	return ""
}

// Fits reports whether a body has the shape, whatever else is to be said of the answer.
func (w Want) Fits(body []byte) bool {
	for _, part := range w.Shape {
		if !gjson.ValidBytes(body) || !has(body, part) {
			return false
		}
	}
	return true
}

// has says whether a body has a part, written as "path kind". A kind alone is about the whole body; a number may be a
// text of digits, since APIs disagree on that.
func has(body []byte, part string) bool {
	path, kind, ok := strings.Cut(part, " ")
	if !ok {
		path, kind = "@this", path
	}
	v := gjson.GetBytes(body, path)
	switch kind {
	case "array":
		return v.IsArray()
	case "objects":
		return v.IsArray() && !slices.ContainsFunc(v.Array(), func(one gjson.Result) bool { return !one.IsObject() })
	case "object":
		return v.IsObject()
	case "number":
		return v.Type == gjson.Number || v.Type == gjson.String && v.Str != "" && strings.Trim(v.Str, "0123456789") == ""
	}
	return v.Type == gjson.String && v.Str != ""
}

// plainShape is a part as messages say it.
func plainShape(part string) string {
	path, kind, ok := strings.Cut(part, " ")
	if !ok {
		return strings.Replace(kind, "objects", "list of objects", 1)
	}
	return path + " (" + strings.Replace(kind, "objects", "list of objects", 1) + ")"
}

func isJSON(kind string) bool {
	return kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json")
}

// seen says what was believed.
func (w Want) seen(x *Exchange) string {
	a := x.Answer
	text := fmt.Sprintf("%s %s: HTTP %d", x.Request.Method, x.Path, a.Status)
	if kind := a.MediaType(); kind != "" && len(a.Body) > 0 {
		text += ", " + printable(kind)
	}
	if len(a.Body) == 0 {
		text += ", no body"
	}
	for _, part := range w.Shape {
		path, _, _ := strings.Cut(part, " ")
		text += ", " + path
	}
	if a.Issuer != "" {
		text += ", certificate by " + printable(a.Issuer)
	}
	return text
}

// cached says what shows that an answer was kept by a cache, "" when nothing does.
func cached(a *Answer) string {
	if age := a.Get("Age"); age != "" && strings.Trim(age, "0") != "" {
		return "Age " + printable(age)
	}
	for _, name := range []string{"X-Cache", "CF-Cache-Status", "X-Cache-Lookup"} {
		if v := a.Get(name); strings.HasPrefix(strings.ToUpper(v), "HIT") {
			return name + " " + printable(v)
		}
	}
	return ""
}

// Skew is how far our clock is ahead of an answer's, 0 when the answer has no time.
func Skew(x *Exchange) time.Duration {
	if x.Answer == nil {
		return 0
	}
	date, err := http.ParseTime(x.Answer.Get("Date"))
	if err != nil {
		return 0
	}
	return x.Ended.Sub(date)
}

// printable is what the other side says, short and without what could steer a terminal.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
	const most = 60
	if len(text) > most {
		text = text[:most] + "..."
	}
	return text
}

// Span is a duration for people.
func Span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%.0f days", d.Hours()/24)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%.0f hours", d.Hours())
	case d >= 2*time.Minute:
		return fmt.Sprintf("%.0f minutes", d.Minutes())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
