package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/secret/naming"
	"posthaste/lint/subject"
	"posthaste/script/flow"
)

// A verdict is what is known of a variable that a request uses at one step.
type verdict struct {
	Ok      bool
	Later   []subject.Setter // that set it, but not in time
	never   []subject.Setter // that never get to set it
	file    subject.Written
	hollow  string // why the value in the file is no real value
	Written bool
}

// Judge follows a variable to where it gets its value before a step's request is sent. A script that sets the
// variable in time decides alone, whatever the file holds: the file's value is only a start.
func Judge(k *subject.Checker, s *subject.Step, name string) verdict {
	var v verdict
	for _, by := range k.Setters(name) {
		switch {
		case by.Never != "":
			v.never = append(v.never, by)
		case k.InTime(by, s):
			return verdict{Ok: true}
		default:
			v.Later = append(v.Later, by)
		}
	}
	v.file, v.Written = k.Variable(name)
	if v.Written {
		v.hollow = subject.Hollow(v.file.Variable)
		v.Ok = v.hollow == ""
	}
	// Rows of data and dynamic variables need no setter.
	v.Ok = v.Ok || k.FromData(name) || subject.IsDynamic(name)
	return v
}

// Needed calls visit for every variable that requests use, also through the values of others, and in scripts.
func Needed(k *subject.Checker, visit func(s *subject.Step, u subject.Use)) {
	for _, s := range k.Steps {
		// A variable whose value names itself, directly or through others, would be followed for ever.
		seen := map[string]bool{}
		var follow func(u subject.Use)
		follow = func(u subject.Use) {
			visit(s, u)
			if w, ok := k.Variable(u.Name); ok && !seen[u.Name] && subject.Hollow(w.Variable) == "" {
				seen[u.Name] = true
				for name := range subject.NamesIn(w.Variable.Value.String()) {
					follow(subject.Use{Name: name, Where: u.Where + " through " + u.Name, Owner: u.Owner, Keys: u.Keys, Token: u.Token})
				}
			}
		}
		for _, u := range s.Uses {
			follow(u)
		}
	}
}

// unset finds variables that nobody sets. Without an environment, only what looks like a
// mistake is reported.
func unset(k *subject.Checker) {
	var list []subject.Finding
	unknown := k.SetsUnknown()
	Needed(k, func(s *subject.Step, u subject.Use) {
		v := Judge(k, s, u.Name)
		// What is written but empty, or set too late, is the finding of another rule. Where a script sets a name that
		// is computed, any variable may be set by it, so nothing is reported.
		if v.Ok || v.Written || len(v.Later) > 0 || unknown && len(v.never) == 0 || u.Template {
			return
		}
		near := k.Nearest(u.Name, 1)
		if len(k.Files) == 0 && len(v.never) == 0 && len(near) == 0 && !strings.HasPrefix(u.Name, "$") {
			return // an environment would have it
		}
		f := k.Here(s, u, fmt.Sprintf("nobody sets {{%s}}, which %s uses: it goes out as it is written", u.Name, u.Where))
		switch {
		case len(v.never) > 0:
			by := v.never[0]
			f.Text = fmt.Sprintf("{{%s}}, which %s uses, is only set by %q: %s", u.Name, u.Where, by.Step.Item.Name, by.Never)
			f.Hint = "correct that script"
		case len(near) > 0:
			f.Hint = fmt.Sprintf("did you mean {{%s}}? Names count every letter, case and blank", near[0])
		case strings.HasPrefix(u.Name, "$"):
			f.Hint = "Postman has no dynamic variable of that name"
		default:
			f.Hint = "set it in the environment, or by a script of an earlier request"
		}
		list = append(list, f)
	})
	// Without an environment a script may rightly expect what the environment of the run has.
	if len(k.Files) > 0 && !unknown {
		list = append(list, unsetInScripts(k)...)
	}
	k.Gathered(list)
}

// unsetInScripts finds variables that scripts read and nobody sets. Reads that expect the variable to be missing
// (Optional), such as `if (pm.environment.get("x"))`, are no findings.
func unsetInScripts(k *subject.Checker) []subject.Finding {
	var list []subject.Finding
	for _, s := range k.Scripts() {
		for _, u := range s.Flow.Uses {
			if _, ok := k.Variable(u.Name); ok || len(k.Setters(u.Name)) > 0 || k.FromData(u.Name) || subject.IsDynamic(u.Name) || u.Scope == "data" || u.Optional {
				continue
			}
			f := k.InScript(s, u.Place, u.Name, fmt.Sprintf("the script reads %s, which nobody sets: it gets undefined", u.Name))
			if near := k.Nearest(u.Name, 1); len(near) > 0 {
				f.Hint = "did you mean " + near[0] + "?"
			}
			list = append(list, f)
		}
	}
	return list
}

// late finds variables that are set only later than they are used; tokens are another rule's.
func late(k *subject.Checker) { lateness(k, false) }

// lateToken finds requests that use the token before the request that fetches it.
func lateToken(k *subject.Checker) { lateness(k, true) }

// lateness is both rules: they differ in what they look at only, so that a user can switch off one without the other.
func lateness(k *subject.Checker, tokens bool) {
	var list []subject.Finding
	Needed(k, func(s *subject.Step, u subject.Use) {
		v := Judge(k, s, u.Name)
		if v.Ok || len(v.Later) == 0 || tokens != (u.Token || naming.Names(u.Name)) {
			return
		}
		if len(k.Files) == 0 && isAddress(u.Name) {
			return // the environment of the run has it, and a script changes it
		}
		by := v.Later[0]
		if len(k.Files) == 0 && by.Step == s && !v.Written {
			return // its first value can only come from the environment of the run
		}
		text := fmt.Sprintf("{{%s}} is used here, but only set by %q, request %d of %d", u.Name, by.Step.Item.Name, by.Step.Index+1, len(k.Steps))
		hint := fmt.Sprintf("move %q before this request", by.Step.Item.Name)
		own := by.Step == s
		if own {
			text = fmt.Sprintf("{{%s}} is used here, but only set by this request's own test script", u.Name)
			hint = "give it a value for the first time, in the environment or by an earlier request"
			if u.Owner != s.Item {
				hint = "it comes from " + u.Where + " that this request inherits: if it needs none, set its auth to No Auth"
			}
		}
		f := k.Here(s, u, text)
		// A request that sets its own next page needs a first value, which may come from anywhere.
		f.Hint, f.Mild = hint, own // paging is done like that
		list = append(list, f)
	})
	k.Gathered(list)
}

// isAddress knows the names that every environment gives: of the server that requests go to. Names are compared
// without case and separators: base_url and baseUrl are the same name here.
func isAddress(name string) bool {
	switch near.Fold(name) {
	case "url", "baseurl", "host", "hostname", "domain", "server", "serverurl", "apiurl", "origin", "root", "rooturl":
		return true
	}
	return false
}

// unfilled finds values of the environment that are to be filled in, of variables that requests or scripts read.
func unfilled(k *subject.Checker) {
	type need struct {
		w     subject.Written
		path  string
		never []subject.Setter
	}
	// A map has no order, and findings must come in the same order each time.
	var order []string
	needs := map[string]need{}
	note := func(name, why, path string, v verdict) {
		if _, known := needs[name]; !known && why != "" {
			order = append(order, name)
			needs[name] = need{v.file, path, v.never}
		}
	}
	unknown := k.SetsUnknown()
	Needed(k, func(s *subject.Step, u subject.Use) {
		v := Judge(k, s, u.Name)
		if !v.Ok && v.Written && strings.HasSuffix(v.hollow, "empty") && (u.Beside || unknown) {
			return // a path, a suffix that is not there; or a script may fill it
		}
		if !v.Ok && v.Written && len(v.Later) == 0 {
			note(u.Name, v.hollow, subject.Joined(append(s.Item.Path(), s.Item.Name)), v)
		}
	})
	written(k)
	for _, s := range k.Scripts() {
		for _, u := range s.Flow.Uses {
			if w, ok := k.Variable(u.Name); ok && len(k.Setters(u.Name)) == 0 && !k.FromData(u.Name) {
				if why := subject.Hollow(w.Variable); strings.HasPrefix(why, "still") {
					note(u.Name, why, ownerName(k, s.Owner), verdict{file: w})
				}
			}
		}
	}
	for _, name := range order {
		n := needs[name]
		f := inFile(k, n.w, fmt.Sprintf("%s %s, and %q uses it", name, subject.Hollow(n.w.Variable), n.path))
		f.Name = name
		f.Hint = "put the real value in"
		if len(n.never) > 0 {
			f.Hint = fmt.Sprintf("%q would set it, but %s", n.never[0].Step.Item.Name, n.never[0].Never)
		} else if other := k.SetAs(name); other != "" {
			f.Hint = "scripts set " + other + ": was that one meant?"
		}
		k.Report(f)
	}
}

// written finds what asks for a value where requests have a credential themselves, without a variable.
func written(k *subject.Checker) {
	type place struct {
		owner *collection.Item
		name  string
	}
	seen := map[place]bool{}
	for _, s := range k.Steps {
		if wantsRefusal(s) {
			continue
		}
		tell := func(owner *collection.Item, name, where, value string, keys ...string) {
			at := place{owner, name}
			if seen[at] || !subject.AsksForValue(name, value) {
				return
			}
			seen[at] = true
			f := k.Finding(owner, name, fmt.Sprintf("%s still holds its placeholder, %s", where, short(value)))
			f.Hint = "put the real value in, by a variable"
			f.Put(k.At(owner, []string{value}, keys...))
			k.Report(f)
		}
		for _, h := range s.Item.Request.Header {
			if !h.Disabled {
				tell(s.Item, h.Key, "header "+h.Key, h.Value, "request", "header")
			}
		}
		k.Auth(s.Item, func(owner *collection.Item, auth *collection.Auth, keys ...string) {
			for _, p := range auth.Params {
				name := p.Key
				if name == "value" && auth.Type == "apikey" {
					name = "apikey"
				}
				tell(owner, name, "the "+auth.Type+" auth's "+p.Key, p.Value.String(), keys...)
			}
		})
	}
}

// ownerName is the path of the item whose script it is, or the collection's name for its own scripts (nil).
func ownerName(k *subject.Checker, it *collection.Item) string {
	if it == nil {
		return k.C.Name
	}
	return subject.Joined(append(it.Path(), it.Name))
}

// inFile makes a finding at a variable of a file. The last of several variables of one name counts, as in a run, so
// the list is searched from its end.
func inFile(k *subject.Checker, w subject.Written, text string) subject.Finding {
	f := subject.Finding{Name: w.Variable.Key, Text: text, File: k.C.File}
	list := subject.Get(gjsonOf(k.Document(k.C.File)), "variable")
	if w.File >= 0 {
		f.File = k.Files[w.File].Env.File
		list = environmentValues(k.Document(f.File))
	}
	d := k.Document(f.File)
	for _, e := range slices.Backward(subject.Elements(list)) {
		if key := subject.Get(e, "key"); key.Str == w.Variable.Key {
			value := subject.Get(e, "value")
			if !value.Exists() {
				value = key
			}
			f.Put(d.Node(value))
			return f
		}
	}
	if d != nil {
		// The file is not JSON, or not laid out as expected. The first place that has the name is better than no
		// place.
		f.Put(subject.Span{Doc: d, Start: 0, End: len(d.Text)}.Find(strconv.Quote(w.Variable.Key), w.Variable.Key))
	}
	return f
}

// wrongAnswer finds variables that are set from an answer that the API does not give. What the API gives comes from
// the documentation of Vipps (internal/vipps/facts) and from saved examples.
func wrongAnswer(k *subject.Checker) {
	var list []subject.Finding
	for _, s := range k.Steps {
		for _, script := range s.Own() {
			for _, set := range script.Flow.Sets {
				m := k.Mismatch(s, set)
				// A script that clears a variable sets it to nothing on purpose.
				if m == nil || set.Empty {
					continue
				}
				f := k.InScript(script, m.Place, set.Name, fmt.Sprintf("%s is never set here: %s", set.Name, m.Text))
				f.Path = append(s.Item.Path(), s.Item.Name)
				f.Hint = "look at a real answer and correct the script"
				list = append(list, f)
			}
		}
	}
	k.GatheredBy(list, func(f subject.Finding) string { return f.Name + "\x00" + f.Text })
}

// wrongStatus finds tests that want a status of success that the API does not give. An assertion may list several
// statuses. It is wrong only if the API gives none of them.
func wrongStatus(k *subject.Checker) {
	for _, s := range k.Steps {
		for _, script := range s.Own() {
			for i, c := range script.Flow.Expects {
				if i > 0 && c.Place == script.Flow.Expects[i-1].Place {
					continue // of the same list
				}
				a := k.Answer(s)
				if a == nil || a.Refuses(samePlace(script.Flow.Expects, c.Place)) == 0 {
					continue
				}
				code := strconv.Itoa(c.Status)
				f := k.InScript(script, c.Place, code, fmt.Sprintf("the test wants status %s, and the answer is %s", code, a.Says()))
				f.Path = append(s.Item.Path(), s.Item.Name)
				f.Hint = "correct the test: it can never pass"
				k.Report(f)
			}
		}
	}
}

// samePlace returns the statuses of one assertion.
func samePlace(codes []flow.Code, at flow.Place) []flow.Code {
	var list []flow.Code
	for _, c := range codes {
		if c.Place == at {
			list = append(list, c)
		}
	}
	return list
}
