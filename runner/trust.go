package runner

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/expansion"
	"posthaste/internal/placeholder"
	"posthaste/internal/variable"
	"posthaste/runner/event"
)

// The codes of notices that tell of a run that only looks green. They are failures under --strict.
const (
	CodeUnresolved  = event.CodeUnresolved
	CodePlaceholder = event.CodePlaceholder
	CodeUnasserted  = event.CodeUnasserted
	CodeUndefined   = event.CodeUndefined
	CodeSilent      = event.CodeSilent
)

// CodeVault is the code of a notice that a placeholder's value could not be read from outside.
const CodeVault = "vault"

// outsideNotices says what went wrong while values of placeholders were read, when their source tells.
func outsideNotices(p Placeholders) (list []event.Notice) {
	teller, ok := p.(interface{ Problems() []string })
	if !ok {
		return nil
	}
	for _, text := range teller.Problems() {
		list = append(list, event.Notice{
			Level: "warn", Code: CodeVault, Text: text, Hint: "the placeholders that name it went out as they are written",
		})
	}
	return list
}

// trust collects what a green run would hide, to be said once at its end.
type trust struct {
	item  string // name of the request at work
	order []*finding
	known map[string]*finding

	scripts map[scriptKey]*silence
	heard   []*silence // the same in the order in which they first ran
}

// A finding is one notice and the requests it concerns.
type finding struct {
	code, subject string
	text, hint    string
	items         []string
	within        map[string]bool // the same
}

func (t *trust) add(code, subject, text, hint string) {
	key := code + "\x00" + subject
	f := t.known[key]
	if f == nil {
		f = &finding{code: code, subject: subject, text: text, hint: hint, within: map[string]bool{}}
		if t.known == nil {
			t.known = map[string]*finding{}
		}
		t.known[key] = f
		t.order = append(t.order, f)
	}
	if !f.within[t.item] {
		f.within[t.item] = true
		f.items = append(f.items, t.item)
	}
}

// merge takes over the findings of a unit of a parallel run.
func (t *trust) merge(unit *trust) {
	t.hear(unit)
	defer func(item string) { t.item = item }(t.item)
	for _, f := range unit.order {
		for _, item := range f.items {
			t.item = item
			t.add(f.code, f.subject, f.text, f.hint)
		}
	}
}

// missing notes a name that no scope knows.
func (t *trust) missing(name string, scopes []variable.Reader) {
	hint := "set it in the environment, or with --env-var " + strconv.Quote(name+"=…")
	if near := nearVariable(name, scopes); near != "" {
		hint = fmt.Sprintf("there is a variable %q: names are case-sensitive", near)
	}
	t.add(CodeUnresolved, name, "{{"+name+"}} is not set anywhere and went out as it is written", hint)
}

// endless notes variables that lead to each other, so that the placeholder of the first one stayed.
func (t *trust) endless(names []string) {
	text := "{{" + names[0] + "}} "
	if names[0] == names[len(names)-1] {
		text += "leads back to itself (" + expansion.Way(names) + ")"
	} else {
		text += "stands too deep in other variables (" + expansion.Way(names) + ")"
	}
	t.add(CodeUnresolved, names[0], text+" and went out as it is written", "give it a value that needs no further variables")
}

// used notes a variable whose value asks to be replaced.
func (t *trust) used(name string, v collection.Value) {
	if placeholder.Is(v.String()) {
		t.add(CodePlaceholder, name, fmt.Sprintf("%s still holds its placeholder %s", name, shorten(v.String())),
			"put the real value into the environment")
	}
}

// unasserted notes an answer that says that something is wrong, when no test of the step looked at it.
func (t *trust) unasserted(code int) {
	t.add(CodeUnasserted, t.item+strconv.Itoa(code), fmt.Sprintf("answered %d and no test looked at it", code),
		"add a test, such as pm.response.to.have.status(…)")
}

// undefined notes a variable that a script set to undefined.
func (t *trust) undefined(name, listen string, code int) {
	text := fmt.Sprintf("%s was set to undefined by the %s script", name, listen)
	if code != 0 {
		text += fmt.Sprintf(" (HTTP %d)", code)
	}
	t.add(CodeUndefined, name+t.item, text, "later requests that use it send the word null")
}

// notices returns what was found, in the order in which it was.
func (t *trust) notices() []event.Notice {
	t.silent()
	list := make([]event.Notice, 0, len(t.order))
	for _, f := range t.order {
		list = append(list, event.Notice{Level: "warn", Code: f.code, Text: f.sentence(), Hint: f.hint})
	}
	return list
}

// sentence names the requests that the finding concerns.
func (f *finding) sentence() string {
	switch f.code {
	case CodeUnasserted:
		return strconv.Quote(f.items[0]) + " " + f.text
	case CodeUndefined:
		return f.text + " of " + strconv.Quote(f.items[0])
	case CodeSilent:
		return f.text
	}
	const shown = 3
	names := make([]string, 0, shown)
	for _, item := range f.items[:min(shown, len(f.items))] {
		names = append(names, strconv.Quote(item))
	}
	if more := len(f.items) - shown; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return f.text + " (in " + strings.Join(names, ", ") + ")"
}

// nearVariable returns a variable whose name differs only in case and separators, "" when there is none.
func nearVariable(name string, scopes []variable.Reader) string {
	want := letters(name)
	for _, scope := range scopes {
		s, ok := scope.(*variable.Scope)
		if !ok {
			continue
		}
		for _, v := range s.Variables() {
			if !v.Disabled && v.Key != name && letters(v.Key) == want {
				return v.Key
			}
		}
	}
	return ""
}

func letters(name string) string {
	return strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(strings.ToLower(name))
}

func shorten(text string) string {
	const longest = 60
	if r := []rune(text); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return text
}
