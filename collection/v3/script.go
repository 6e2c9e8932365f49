package v3

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// scripts reads the scripts of a request, folder or collection in file order. it is nil for
// the collection; kind is that of the definition or request, which decides what types there
// are.
func (r *reader) scripts(v value, it *collection.Item, kind string) []collection.Event {
	if !v.isNull() && !v.isList() {
		r.wrong(v, "write a list of {type, code}", "scripts: expected a list, found %s", v.shown())
		return nil
	}
	var list []collection.Event
	for _, e := range v.elements() {
		if !e.isMap() {
			r.wrong(e, "write {type: afterResponse, code: …}", "scripts: expected a map with type and code, found %s", e.shown())
			continue
		}
		r.known(e, "a script", "type", "language", "code", "src", "packages", "requests", "id", "name")
		if t, ok := r.scriptType(e, it, kind); ok {
			script := r.script(e, it)
			list = appendScript(list, t, kind, script)
		}
	}
	return list
}

// appendScript adds an event. At collections and folders it is for its protocol only, unless
// one of the same source for the other came just before it: a conversion from format 2 writes
// both, and reading them back must give one.
func appendScript(list []collection.Event, t format.ScriptType, kind string, s collection.Script) []collection.Event {
	e := collection.Event{Listen: t.Listen, Script: s, HasScript: true}
	if format.ProtocolOf(kind) == "" {
		e.Only = t.Protocol
		if n := len(list); n > 0 && list[n-1].Listen == e.Listen && list[n-1].Script.Source == s.Source && list[n-1].Only == "http" && e.Only == "graphql" {
			list[n-1].Only = ""
			return list
		}
	}
	return append(list, e)
}

// scriptType finds a script's type for where it stands. What Postman would drop without a
// word is told and left out as well. At requests a type has no prefix, at collections and
// folders it has one.
func (r *reader) scriptType(v value, it *collection.Item, kind string) (format.ScriptType, bool) {
	at := v.get("type")
	name := r.text(at, "script type")
	if name == "" {
		r.wrong(v, "write type: beforeRequest or afterResponse", "the script has no type")
		return format.ScriptType{}, false
	}
	owner := "the collection"
	if it != nil {
		owner = fmt.Sprintf("%q", it.Name)
	}
	want := format.ProtocolOf(kind)
	for _, t := range format.ScriptTypes() {
		switch {
		case want == "" && name == t.Protocol+":"+t.Name && t.Listen == "":
			r.lose(it, "script of type %s, which belongs to a kind of request that does not run", name)
			return format.ScriptType{}, false
		case want == "" && name == t.Protocol+":"+t.Name, want == t.Protocol && name == t.Name:
			return t, true
		}
	}
	r.lose(it, "script of type %s, which does not run there", name)
	r.warn(at, "script-type", r.scriptHint(name, want), "the script of type %q of %s does not run", name, owner)
	return format.ScriptType{}, false
}

// scriptHint says what a type that is not one should have been; want is the protocol of the
// request, "" at a collection or folder. The names of format 2 are recognised.
func (r *reader) scriptHint(name, want string) string {
	protocol, bare, prefixed := strings.Cut(name, ":")
	if !prefixed {
		protocol, bare = "http", name
	}
	if want != "" {
		protocol = want
	}
	listen := ""
	switch strings.ToLower(bare) {
	case "prerequest", "pre-request", "beforerequest", "beforequery", "beforeinvoke":
		listen = "prerequest"
	case "test", "tests", "post-response", "postresponse", "afterresponse":
		listen = "test"
	}
	i := slices.IndexFunc(format.ScriptTypes(), func(t format.ScriptType) bool { return t.Protocol == protocol && t.Listen == listen })
	switch {
	case listen == "" || i < 0:
		return "the types are beforeRequest and afterResponse, at collections and folders http:beforeRequest and http:afterResponse"
	case want == "" && !prefixed:
		return "write " + protocol + ":" + format.ScriptTypes()[i].Name + ": at collections and folders the type says the protocol"
	case want == "":
		return "write " + protocol + ":" + format.ScriptTypes()[i].Name
	case prefixed:
		return "write " + format.ScriptTypes()[i].Name + ": at requests the type has no prefix"
	}
	return "write " + format.ScriptTypes()[i].Name
}

// script reads the source: code as a text or, in the early dialect, a list of lines; or a
// file named by src. Places of lines are kept, so that errors of scripts can name the line of
// the file.
func (r *reader) script(v value, it *collection.Item) collection.Script {
	s := collection.Script{ID: r.text(v.get("id"), "script id"), Name: r.text(v.get("name"), "script name"), Type: "text/javascript", File: v.f.name}
	if s.ID == "" {
		s.ID = r.newID()
	}
	if l := v.get("language"); l.text() != "" && l.text() != s.Type {
		r.warn(l, "script-language", "write language: text/javascript", "the language of a script is text/javascript, found %q", l.text())
	}
	if p := v.get("packages"); p.isMap() {
		s.Packages = []byte(p.json().JSONText())
	}
	if !v.get("requests").isNull() {
		r.lose(it, "script: requests")
	}
	code, src := v.get("code"), v.get("src")
	switch {
	case !src.isNull() && !code.isNull():
		r.wrong(src, "keep one of them", "a script has code or src, not both")
	case !src.isNull():
		r.scriptFile(&s, src)
	case code.isList():
		lines := code.elements()
		text := make([]string, len(lines))
		s.Lines = make([]collection.Pos, len(lines))
		for i, l := range lines {
			text[i], s.Lines[i] = r.text(l, "a line of the script"), l.pos()
		}
		s.Source = strings.Join(text, "\n")
		if !r.prerelease {
			r.warn(code, "script-lines", "write code: |- and the lines below it", "code stands as a list of lines, as in the pre-release dialect")
		}
	default:
		s.Source, s.Lines = r.text(code, "code"), code.lines()
	}
	return s
}

// scriptFile reads the file that src names, relative to the file that names it. It must lie
// in the collection and not behind a link: a collection from elsewhere must not read other
// files.
func (r *reader) scriptFile(s *collection.Script, src value) {
	name := r.text(src, "src")
	p := path.Join(path.Dir(src.f.path), name)
	if strings.Contains(name, `\`) {
		r.wrong(src, "write / between folders", "src %q has a backslash", name)
		return
	}
	if path.IsAbs(name) || !inside(r.root, p) {
		r.wrong(src, "name a file inside of the collection's directory, relative to this file", "src %q leads out of the collection", name)
		return
	}
	if linked(r.fsys, r.root, p) {
		r.wrong(src, "put the file itself there", "src %q is a symbolic link, or lies behind one, and those are not followed", name)
		return
	}
	data, err := readLimited(r.fsys, p)
	if err != nil {
		r.wrong(src, "src is relative to the file that names it", "reading script %s: %w", r.opt.name(p), err)
		return
	}
	s.Source, s.Lines, s.File = scriptSource(data), nil, r.opt.name(p)
	s.Lines = fileLines(s.Source)
}

// scriptSource returns a script file's text without what editors put around it: a byte order
// mark, carriage returns, the last line end.
func scriptSource(data []byte) string {
	text := strings.TrimPrefix(strings.ToValidUTF8(string(data), "\uFFFD"), "\uFEFF")
	return strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

// fileLines are the places of the lines of a script that has a file of its own.
func fileLines(source string) []collection.Pos {
	list := make([]collection.Pos, strings.Count(source, "\n")+1)
	for i := range list {
		list[i] = collection.Pos{Line: i + 1, Col: 1}
	}
	return list
}

// scriptFiles reads the files of a scripts directory that are named after a type:
// beforeRequest.js. Those of a collection or folder run for requests of every kind that has
// the type. They come after the scripts of the definition, by name.
func (r *reader) scriptFiles(dir, kind string, it *collection.Item) []collection.Event {
	entries, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		return nil // most have none
	}
	if linked(r.fsys, r.root, dir) {
		r.warnLink(dir)
		return nil
	}
	var list []collection.Event
	for _, e := range entries {
		name, isScript := strings.CutSuffix(e.Name(), ".js")
		p := path.Join(dir, e.Name())
		if !isScript || !e.Type().IsRegular() {
			continue
		}
		data, err := readLimited(r.fsys, p)
		if err != nil {
			r.fail(&collection.ParseError{File: r.opt.name(p), Err: fmt.Errorf("reading: %w", err)})
			continue
		}
		s := collection.Script{ID: r.newID(), Type: "text/javascript", Source: scriptSource(data), File: r.opt.name(p)}
		s.Lines = fileLines(s.Source)
		n := len(list)
		for _, t := range format.ScriptTypes() {
			if want := format.ProtocolOf(kind); name == t.Name && t.Listen != "" && (want == "" || want == t.Protocol) {
				list = appendScript(list, t, kind, s)
			}
		}
		if len(list) == n {
			r.lose(it, "script %s, which does not run there", e.Name())
			r.report(Warning{Code: "script-type", File: r.opt.name(p), Text: "the script does not run", Hint: "name it beforeRequest.js, afterResponse.js or, for GraphQL, beforeQuery.js"})
		}
	}
	return list
}
