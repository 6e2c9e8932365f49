package runner

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/placeholder"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	scripts "posthaste/script/flow"
)

// An UnsetError says that requests of a strict run would go out with placeholders in them,
// whatever its scripts do. Nothing was sent. Each name is listed once, with the first request
// that needs it.
type UnsetError struct {
	Places []UnsetPlace // at most one a name
	hint   string
}

// An UnsetPlace is the first request that needs a variable which nothing sets.
type UnsetPlace struct {
	Name string // of the variable
	Item string
	File string // of the request, "" where it is unknown
	Line int    // 1-based
	Near string // what the name may have been meant to be, as a sentence; "" for nothing
}

// Error lists the names with the requests, twenty at most: more would push the first out of
// the terminal.
func (e *UnsetError) Error() string {
	const shown = 20
	var b strings.Builder
	for i, p := range e.Places[:min(shown, len(e.Places))] {
		if i > 0 {
			b.WriteByte('\n')
		}
		if p.File != "" && p.Line > 0 {
			fmt.Fprintf(&b, "%s:%d: ", p.File, p.Line)
		}
		fmt.Fprintf(&b, "{{%s}} in %q is not set anywhere, and no script can set it", p.Name, p.Item)
		if p.Near != "" {
			b.WriteString("; " + p.Near)
		}
	}
	if more := len(e.Places) - shown; more > 0 {
		fmt.Fprintf(&b, "\nand %d more", more)
	}
	return b.String()
}

// Hint says what to do.
func (e *UnsetError) Hint() string {
	return e.hint + "; --strict sends nothing while it is certain that a value is missing"
}

// foresee finds what is known to be wrong with the values of variables before the first
// request: those that no scope holds, and those that still hold their placeholder, when no
// script sets them. It becomes notices of the run. In a strict run, where a notice is a
// failure, only what is certain does, and a name that is certainly without a value is an
// error.
//
// newman has nothing of the kind, so --compat does not look.
func (r *run) foresee() error {
	if r.opt.Compat || len(r.requests()) == 0 {
		return nil
	}
	// The first row is looked at and then handed on to the run as if nobody had: a reader of
	// data cannot be set back.
	if r.opt.Data != nil {
		rows := peek(r.opt.Data)
		r.opt.Data = rows
		if rows.ok {
			before := r.row.Scope
			r.row.Scope = rowScope(rows.row)
			defer func() { r.row.Scope = before }()
		}
	}
	f := r.foresight()
	var unset []UnsetPlace
	for _, item := range r.requests() {
		r.notices.at(shownItem(r.opt.Collection, item))
		f.names(item, func(name string, held bool, v collection.Value) {
			certain := f.certain(item, name)
			// A strict run may only fail for what is certain; any other run may warn of what
			// is likely.
			if r.opt.Strict && !certain || !r.opt.Strict && f.settable(name) {
				return
			}
			if held {
				r.notices.used(name, v)
				return
			}
			r.notices.missing(name, r.stack.Scopes, r.hasEnvironment())
			if r.opt.Strict && !slices.ContainsFunc(unset, func(p UnsetPlace) bool { return p.Name == name }) {
				unset = append(unset, UnsetPlace{name, item.item.Name, r.notices.file, r.notices.line, nearHint(name, r.stack.Scopes)})
			}
		})
	}
	r.foreseeSetup()
	if len(unset) > 0 {
		return &UnsetError{unset, unsetHint(unset[0].Name, r.hasEnvironment())}
	}
	return nil
}

// A foresight looks at the requests of a plan before anything runs. It is used once and by
// one goroutine.
type foresight struct {
	run   *run
	stack *variable.Stack
	// of all scripts of the plan, worked out when first needed
	looked  bool
	given   map[string]bool // names that scripts set, as far as can be told
	unknown bool            // they set others too
	sure    bool            // nothing in them could set another, or change what is sent
	before  map[*planned]bool
}

// foresight works on a stack of its own, so that looking leaves no trace in what the run says
// of names.
func (r *run) foresight() *foresight {
	f := &foresight{run: r, given: map[string]bool{}, before: map[*planned]bool{}}
	var seed [32]byte
	dynamic := variable.NewDynamic(r.opt.Today, rand.NewChaCha8(seed)) // what the run draws must not depend on this
	scopes := r.stack.Scopes
	if r.opt.Placeholders != nil {
		scopes = scopes[1:] // a vault is not asked before it is needed
	}
	f.stack = &variable.Stack{Scopes: scopes, Dynamic: dynamic, Angles: r.stack.Angles, Lenient: r.stack.Lenient}
	return f
}

// names tells of each variable of a request that has no value, or whose value asks to be
// replaced, once. held says that there is a value, v. It also looks for files of the body,
// since both need the request resolved.
func (f *foresight) names(item *planned, tell func(name string, held bool, v collection.Value)) {
	told := map[string]bool{}
	f.stack.Missing = func(name string) {
		// Names such as vault:key are answered from outside when they are needed.
		outside := f.run.opt.Placeholders != nil && strings.ContainsAny(name, ":$")
		if !told[name] && !outside {
			told[name] = true
			tell(name, false, collection.Value{})
		}
	}
	f.stack.Used = func(name string, v collection.Value, _ variable.Reader) {
		if !told[name] && placeholder.Is(v.String()) {
			told[name] = true
			tell(name, true, v)
		}
	}
	vars := f.stack.Expansion()
	resolved, _ := resolve(item.item.Request, item.item.Request.URL.Resolved(), vars, nil)
	f.files(item, resolved.Body)
	if item.auth != nil {
		_ = resolveAuth(item.auth, vars)
	}
}

// files notes the files of a request's body that are not there. A name that still has a
// placeholder is not looked for: a script may set it.
func (f *foresight) files(item *planned, body *collection.Body) {
	r := f.run
	if body == nil || body.Disabled || r.opt.Network.Files == nil {
		return
	}
	var names []string
	switch {
	case body.Mode == collection.BodyFile && body.File != nil && !body.File.HasContent:
		names = []string{body.File.Src}
	case body.Mode == collection.BodyFormData:
		for _, p := range body.FormData {
			if p.Type == "file" && !p.Disabled {
				names = append(names, p.Src...)
			}
		}
	}
	for _, name := range names {
		if name == "" || strings.Contains(name, "{{") || r.opt.Strict && !f.certain(item, "") {
			continue
		}
		file, err := r.opt.Network.Files.Open(name)
		if err == nil {
			_ = file.Close() // it was not read
			continue
		}
		r.notices.add(CodeMissing, name, "the body lacks a file: "+err.Error(), "put the file there, or say with --working-dir where files are")
	}
}

// foreseeSetup notes that a setup has no requests. That of several collections may have some
// in another one, which RunSeveral looks at.
func (r *run) foreseeSetup() {
	if r.opt.Place.Of > 0 || !slices.Equal(r.opt.Parallel.setups(r.plan), []int{0}) {
		return
	}
	n := setupNotice()
	r.notices.at(event.Item{Name: r.opt.Collection.Name, File: r.opt.Collection.File})
	r.notices.add(n.Code, "", n.Text, n.Hint)
}

// setupNotice is the notice; it concerns no request.
func setupNotice() event.Notice {
	return event.Notice{
		Level: "warn", Code: CodeSetup, Text: "--setup matches no request: nothing runs first",
		Hint: "posthaste list shows the paths that patterns are matched with",
	}
}

// look reads the scripts of the plan, each text once. Only a strict run needs to know whether
// it has understood all of a script; others take what was found.
func (f *foresight) look() {
	if f.looked {
		return
	}
	f.looked, f.sure = true, true
	seen := map[string]bool{}
	for _, item := range f.run.requests() {
		for i, list := range [][]collection.OwnedEvent{item.prerequest, item.test} {
			for _, owned := range list {
				source := owned.Script.Source
				// Most scripts do not mention the request, and need no further look.
				if i == 0 && strings.Contains(source, "request") {
					f.before[item] = f.before[item] || scripts.Give(source).Request
				}
				if seen[source] {
					continue
				}
				seen[source] = true
				f.script(source)
			}
		}
	}
}

// script adds what one script sets.
func (f *foresight) script(source string) {
	if f.run.opt.Strict {
		g := scripts.Give(source)
		f.sure = f.sure && g.Sure
		for _, name := range g.Names {
			f.given[name] = true
		}
		return
	}
	found := f.run.opt.flowing.of(source)
	f.unknown = f.unknown || found.SetsUnknown
	for _, set := range found.Sets {
		f.given[set.Name] = true
	}
}

// settable says whether a script may set a variable. A script that sets names which it
// computes may set any.
func (f *foresight) settable(name string) bool {
	f.look()
	return f.unknown || f.given[name]
}

// certain says whether a request is certain to need a variable as it is now: all scripts are
// understood, none sets it, and no script before it changes the request. The name "" asks for
// the request alone.
func (f *foresight) certain(item *planned, name string) bool {
	f.look()
	return f.sure && !f.given[name] && !f.before[item]
}

// hasEnvironment reports whether the user gave an environment; an empty one that was made for
// the run does not count.
func (r *run) hasEnvironment() bool {
	return r.opt.Environment != nil && cmp.Or(r.opt.Environment.File, r.opt.Environment.Name) != ""
}

// A peekedRows is rows whose first one was looked at. It is not safe for concurrent use, like
// any Rows.
type peekedRows struct {
	Rows

	row data.Row
	ok  bool
	err error
	old bool // the first has been handed on
}

// peek looks at the first row. Looking twice gives the same one.
func peek(rows Rows) *peekedRows {
	if p, ok := rows.(*peekedRows); ok && !p.old {
		return p
	}
	p := &peekedRows{Rows: rows}
	p.row, p.ok, p.err = rows.Next()
	return p
}

// Next hands on the first row, then the others.
func (p *peekedRows) Next() (data.Row, bool, error) {
	if p.old {
		return p.Rows.Next()
	}
	p.old = true
	row := p.row
	p.row = nil // it may be large and is not needed again
	return row, p.ok, p.err
}
