package golive

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// A Fact is what a call that succeeds tells of its payment, so that later calls can be judged: for which amount it was
// made, how much was captured so far.
type Fact struct {
	Method, Path  string
	ID            string // where the payment's reference is; "" for {id} in the path
	Name          string
	From          string // its value
	Add, Subtract bool   // the value adds up with, or is taken off, what was known
}

// A Condition compares two values. A value is a number, a text in quotes, or where it is read from: "request:PATH" and
// "answer:PATH" in a JSON body, "form:NAME" and "query:NAME" of the request, "status" of the answer, "payment:NAME" of
// the facts with this call and "before:NAME" of those before it. Of several between "or" the first that is there counts.
type Condition struct {
	At, Is, Than string // Is is "equals", "below", "above" or "has"
	Else         string // what a call was for which it does not hold
}

// facts are what is known of a payment.
type facts map[string]float64

// A scene is a call with what was known of its payment.
type scene struct {
	*call
	before, after facts
}

// learn returns what is known of the payments with a call, by their references.
func (c Checklist) learn(of *call, known map[string]facts) {
	if of.status >= http.StatusMultipleChoices {
		return
	}
	for _, f := range c.Facts {
		id, ok := matches(f.Method, f.Path, of.method, of.url)
		if !ok {
			continue
		}
		if f.ID != "" {
			id = scene{call: of}.value(f.ID).String()
		}
		if known[id] == nil {
			known[id] = facts{}
		}
		v, ok := number(scene{of, of.before, known[id]}.value(f.From))
		switch {
		case !ok:
		case f.Add:
			known[id][f.Name] += v
		case f.Subtract:
			known[id][f.Name] -= v
		default:
			known[id][f.Name] = v
		}
	}
}

// value reads a value; it does not exist where nothing is there.
func (s scene) value(text string) gjson.Result {
	for one := range strings.SplitSeq(text, " or ") {
		if v := s.read(strings.TrimSpace(one)); v.Exists() {
			return v
		}
	}
	return gjson.Result{}
}

func (s scene) read(text string) gjson.Result {
	from, path, isPath := strings.Cut(text, ":")
	known := func(f facts) gjson.Result {
		v, ok := f[path]
		if !ok {
			return gjson.Result{}
		}
		return gjson.Result{Type: gjson.Number, Num: v, Raw: strconv.FormatFloat(v, 'f', -1, 64)}
	}
	switch {
	case strings.HasPrefix(text, "'"):
		return texted(strings.Trim(text, "'"), true)
	case text == "status":
		return gjson.Parse(strconv.Itoa(s.status))
	case !isPath:
		return gjson.Parse(text)
	case from == "request":
		return gjson.GetBytes(s.sent, path)
	case from == "answer":
		return gjson.GetBytes(s.answer, path)
	case from == "payment":
		return known(s.after)
	case from == "before":
		return known(s.before)
	case from == "query":
		return texted(s.url.Query().Get(path), s.url.Query().Has(path))
	}
	form, err := url.ParseQuery(string(s.sent))
	return texted(form.Get(path), err == nil && form.Has(path))
}

func texted(text string, exists bool) gjson.Result {
	if !exists {
		return gjson.Result{}
	}
	return gjson.Result{Type: gjson.String, Str: text, Raw: strconv.Quote(text)}
}

// number reads an amount, also one that is a text, as some APIs take it.
func number(v gjson.Result) (float64, bool) {
	if v.Type == gjson.String {
		n, err := strconv.ParseFloat(v.Str, 64)
		return n, err == nil
	}
	return v.Num, v.Type == gjson.Number
}

// holds reports whether the condition holds of a call, and whether the recordings show that at all.
func (c Condition) holds(s scene) (holds, known bool) {
	at, than := s.value(c.At), s.value(c.Than)
	n, isNumber := number(at)
	m, also := number(than)
	numbers := isNumber && also
	switch {
	case !at.Exists() || !than.Exists():
		return false, false
	case c.Is == "has":
		return strings.Contains(at.String(), than.String()), true
	case c.Is == "below":
		return numbers && n < m, numbers
	case c.Is == "above":
		return numbers && n > m, numbers
	case numbers:
		return n == m, true
	}
	return at.String() == than.String(), true
}
