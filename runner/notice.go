package runner

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/expansion"
	"posthaste/internal/near"
	"posthaste/internal/placeholder"
	"posthaste/internal/variable"
	"posthaste/runner/event"
)

// The codes of notices that tell of a run that only looks green. They are failures under
// --strict. Reports and recordings hold them, so they never change.
const (
	CodeUnresolved  = event.CodeUnresolved
	CodePlaceholder = event.CodePlaceholder
	CodeUnasserted  = event.CodeUnasserted
	CodeUndefined   = event.CodeUndefined
	CodeSilent      = event.CodeSilent
	CodeSetup       = event.CodeSetup
	CodeMissing     = event.CodeMissing
)

// CodeVault is the code of a notice that a placeholder's value could not be read from outside.
const CodeVault = "vault"

// outsideNotices says what went wrong while values of placeholders were read, when their
// source tells. It is asked at the end of the run.
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

// notices collects what a green run would hide, to be said once at its end. A run of a
// thousand iterations would else say it a thousand times.
type notices struct {
	item  string // name of the request at work
	file  string // of that request
	line  int
	order []*finding
	known map[string]*finding

	scripts map[scriptKey]*silence
	heard   []*silence // the same in the order in which they first ran
}

// A finding is one notice and the requests it concerns.
type finding struct {
	code, subject string
	text, hint    string
	file          string // of the first of the requests
	line          int    // 1-based, 0 when unknown
	told          bool   // before the first request
	items         []string
	within        map[string]bool // the same
}

// add gathers a notice over the items where it applies: told once, with all of them. Notices
// with the same code and subject are one; the texts of the first are kept.
func (n *notices) add(code, subject, text, hint string) {
	key := code + "\x00" + subject
	f := n.known[key]
	if f == nil {
		f = &finding{code: code, subject: subject, text: text, hint: hint, file: n.file, line: n.line, within: map[string]bool{}}
		if n.known == nil {
			n.known = map[string]*finding{}
		}
		n.known[key] = f
		n.order = append(n.order, f)
	}
	if !f.within[n.item] {
		f.within[n.item] = true
		f.items = append(f.items, n.item)
	}
}

// merge takes over the findings of a unit of a parallel run. Units are merged in their order,
// so the result is that of a sequential run.
func (n *notices) merge(unit *notices) {
	n.hear(unit)
	defer func(item, file string, line int) { n.item, n.file, n.line = item, file, line }(n.item, n.file, n.line)
	for _, f := range unit.order {
		for _, item := range f.items {
			n.item, n.file, n.line = item, f.file, f.line
			n.add(f.code, f.subject, f.text, f.hint)
		}
	}
}

// missing notes a name that no scope knows. environment says whether the run was given one. A
// name that differs only in case is the likelier mistake.
func (n *notices) missing(name string, scopes []variable.Reader, environment bool) {
	hint := unsetHint(name, environment)
	if near := nearHint(name, scopes); near != "" {
		hint = near
	}
	n.add(CodeUnresolved, name, "{{"+name+"}} is not set anywhere and went out as it is written", hint)
}

// nearHint is a sentence, "" when no name is near.
func nearHint(name string, scopes []variable.Reader) string {
	if like := nearVariable(name, scopes); like != "" {
		return fmt.Sprintf("there is a variable %q: names are case-sensitive", like)
	}
	return ""
}

// unsetHint says where a value can be given.
func unsetHint(name string, environment bool) string {
	if environment {
		return "set it in the environment, or with --env-var " + strconv.Quote(name+"=…")
	}
	return "give the run an environment that has it, with -e FILE, or set it with --env-var " + strconv.Quote(name+"=…")
}

// at notes the request at work, which the findings that follow belong to.
func (n *notices) at(item event.Item) { n.item, n.file, n.line = item.Name, item.File, item.Line }

// endless notes variables that lead to each other, so that the placeholder of the first one
// stayed. names is the way from the first to where it was given up.
func (n *notices) endless(names []string) {
	text := "{{" + names[0] + "}} "
	if names[0] == names[len(names)-1] {
		text += "leads back to itself (" + expansion.Way(names) + ")"
	} else {
		text += "stands too deep in other variables (" + expansion.Way(names) + ")"
	}
	n.add(CodeUnresolved, names[0], text+" and went out as it is written", "give it a value that needs no further variables")
}

// used notes a variable whose value asks to be replaced, such as "your-api-key-here" or
// "<token>".
func (n *notices) used(name string, v collection.Value) {
	if placeholder.Is(v.String()) {
		n.add(CodePlaceholder, name, fmt.Sprintf("%s still holds its placeholder %s", name, shorten(v.String())),
			"put the real value into the environment")
	}
}

// unasserted notes a response that says that something is wrong (400 and up), when no test of
// the step looked at it.
func (n *notices) unasserted(code int) {
	n.add(CodeUnasserted, n.item+", "+strconv.Itoa(code), fmt.Sprintf("answered %d and no test looked at it", code),
		"add a test, such as pm.response.to.have.status(…)")
}

// undefined notes a variable that a script set to undefined. code is the status of the
// response that the script saw, 0 when there was none.
func (n *notices) undefined(name, listen string, code int) {
	text := fmt.Sprintf("%s was set to undefined by the %s script", name, listen)
	if code != 0 {
		text += fmt.Sprintf(" (HTTP %d)", code)
	}
	n.add(CodeUndefined, name+" in "+n.item, text, "later requests that use it send the word null")
}

// list returns what was found, in the order in which it was, without what was told before the
// first request.
func (n *notices) list() []event.Notice {
	n.silent()
	list := make([]event.Notice, 0, len(n.order))
	for _, f := range n.order {
		if !f.told {
			list = append(list, f.notice())
		}
	}
	return list
}

// early returns what was found before the first request. It is not told again, but later
// requests are still added to it.
func (n *notices) early() (list []event.Notice) {
	for _, f := range n.order {
		f.told = true
		e := f.notice()
		e.Text = strings.Replace(e.Text, " went out as ", " goes out as ", 1)
		list = append(list, e)
	}
	return list
}

// notice is the finding as an event.
func (f *finding) notice() event.Notice {
	e := event.Notice{Level: "warn", Code: f.code, Text: f.sentence(), Hint: f.hint, Subject: f.subject, File: f.file, Line: f.line}
	if f.names() {
		e.Requests = strings.Join(f.items, "\n")
	}
	return e
}

// names reports whether the finding's sentence ends with the requests that it concerns.
func (f *finding) names() bool {
	return f.code == CodeUnresolved || f.code == CodePlaceholder || f.code == CodeMissing
}

// sentence names the requests that the finding concerns, where it can concern several.
func (f *finding) sentence() string {
	switch f.code {
	case CodeUnasserted:
		return strconv.Quote(f.items[0]) + " " + f.text
	case CodeUndefined:
		return f.text + " of " + strconv.Quote(f.items[0])
	case CodeSilent, CodeSetup:
		return f.text
	}
	return f.text + event.InRequests(f.items)
}

// nearVariable returns a variable whose name differs only in case and separators, or "":
// apiKey, api_key and API-KEY are near each other.
func nearVariable(name string, scopes []variable.Reader) string {
	want := near.Fold(name)
	for _, scope := range scopes {
		s, ok := scope.(*variable.Scope)
		if !ok {
			continue
		}
		for _, v := range s.Variables() {
			if !v.Disabled && v.Key != name && near.Fold(v.Key) == want {
				return v.Key
			}
		}
	}
	return ""
}

// shorten keeps a line of a report a line.
func shorten(text string) string {
	const longest = 60
	if r := []rune(text); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return text
}
