package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/secret/naming"
	"posthaste/script/flow"
)

// A verdict is what is known of a variable that a request uses.
type verdict struct {
	ok      bool
	later   []setter // that set it, but not in time
	never   []setter // that never get to set it
	file    written
	hollow  string // why the value in the file is none
	written bool
}

// judge follows a variable to where it gets its value before a step's request is sent.
func judge(k *checker, s *step, name string) verdict {
	var v verdict
	for _, by := range k.setters(name) {
		switch {
		case by.never != "":
			v.never = append(v.never, by)
		case k.inTime(by, s):
			return verdict{ok: true}
		default:
			v.later = append(v.later, by)
		}
	}
	v.file, v.written = k.variable(name)
	if v.written {
		v.hollow = hollow(v.file.variable)
		v.ok = v.hollow == ""
	}
	v.ok = v.ok || k.fromData(name) || isDynamic(name)
	return v
}

// needed calls visit for every variable that requests use, also through the values of others, and in scripts.
func needed(k *checker, visit func(s *step, u use)) {
	for _, s := range k.steps {
		seen := map[string]bool{}
		var follow func(u use)
		follow = func(u use) {
			visit(s, u)
			if w, ok := k.variable(u.name); ok && !seen[u.name] && hollow(w.variable) == "" {
				seen[u.name] = true
				for name := range namesIn(w.variable.Value.String()) {
					follow(use{name, u.where + " through " + u.name, u.owner, u.keys, u.token})
				}
			}
		}
		for _, u := range s.uses {
			follow(u)
		}
	}
}

// unset finds variables that nobody sets.
func unset(k *checker) {
	var list []Finding
	unknown := k.setsUnknown()
	needed(k, func(s *step, u use) {
		v := judge(k, s, u.name)
		if v.ok || v.written || len(v.later) > 0 || unknown && len(v.never) == 0 {
			return
		}
		near := k.nearest(u.name, 1)
		if len(k.files) == 0 && len(v.never) == 0 && len(near) == 0 && !strings.HasPrefix(u.name, "$") {
			return // an environment would have it
		}
		f := k.here(s, u, fmt.Sprintf("nobody sets {{%s}}, which %s uses: it goes out as it is written", u.name, u.where))
		switch {
		case len(v.never) > 0:
			by := v.never[0]
			f.Text = fmt.Sprintf("{{%s}}, which %s uses, is only set by %q: %s", u.name, u.where, by.step.item.Name, by.never)
			f.Hint = "correct that script"
		case len(near) > 0:
			f.Hint = fmt.Sprintf("did you mean {{%s}}? Names count every letter, case and blank", near[0])
		case strings.HasPrefix(u.name, "$"):
			f.Hint = "Postman has no dynamic variable of that name"
		default:
			f.Hint = "set it in the environment, or by a script of an earlier request"
		}
		list = append(list, f)
	})
	if len(k.files) > 0 && !unknown {
		list = append(list, unsetInScripts(k)...)
	}
	k.gathered(list)
}

// unsetInScripts finds variables that scripts read and nobody sets.
func unsetInScripts(k *checker) []Finding {
	var list []Finding
	for _, s := range k.scripts() {
		for _, u := range s.flow.Uses {
			if _, ok := k.variable(u.Name); ok || len(k.setters(u.Name)) > 0 || k.fromData(u.Name) || isDynamic(u.Name) || u.Scope == "data" {
				continue
			}
			f := k.inScript(s, u.Place, u.Name, fmt.Sprintf("the script reads %s, which nobody sets: it gets undefined", u.Name))
			if near := k.nearest(u.Name, 1); len(near) > 0 {
				f.Hint = "did you mean " + near[0] + "?"
			}
			list = append(list, f)
		}
	}
	return list
}

// late finds variables that are set only later than they are used; tokens are another rule's.
func late(k *checker) { lateness(k, false) }

// lateToken finds requests that use the token before the request that fetches it.
func lateToken(k *checker) { lateness(k, true) }

func lateness(k *checker, tokens bool) {
	var list []Finding
	needed(k, func(s *step, u use) {
		v := judge(k, s, u.name)
		if v.ok || len(v.later) == 0 || tokens != (u.token || naming.Names(u.name)) {
			return
		}
		by := v.later[0]
		text := fmt.Sprintf("{{%s}} is used here, but only set by %q, request %d of %d", u.name, by.step.item.Name, by.step.index+1, len(k.steps))
		hint := fmt.Sprintf("move %q before this request", by.step.item.Name)
		own := by.step == s
		if own {
			text = fmt.Sprintf("{{%s}} is used here, but only set by this request's own test script", u.name)
			hint = "give it a value for the first time, in the environment or by an earlier request"
		}
		f := k.here(s, u, text)
		f.Hint, f.mild = hint, own // paging is done like that
		list = append(list, f)
	})
	k.gathered(list)
}

// unfilled finds values of the environment that are to be filled in, of variables that requests or scripts read.
func unfilled(k *checker) {
	type need struct {
		w     written
		path  string
		never []setter
	}
	var order []string
	needs := map[string]need{}
	note := func(name, why, path string, v verdict) {
		if _, known := needs[name]; !known && why != "" {
			order = append(order, name)
			needs[name] = need{v.file, path, v.never}
		}
	}
	needed(k, func(s *step, u use) {
		if v := judge(k, s, u.name); !v.ok && v.written && len(v.later) == 0 {
			note(u.name, v.hollow, joined(append(s.item.Path(), s.item.Name)), v)
		}
	})
	for _, s := range k.scripts() {
		for _, u := range s.flow.Uses {
			if w, ok := k.variable(u.Name); ok && len(k.setters(u.Name)) == 0 && !k.fromData(u.Name) {
				if why := hollow(w.variable); strings.HasPrefix(why, "still") {
					note(u.Name, why, ownerName(k, s.owner), verdict{file: w})
				}
			}
		}
	}
	for _, name := range order {
		n := needs[name]
		f := inFile(k, n.w, fmt.Sprintf("%s %s, and %q uses it", name, hollow(n.w.variable), n.path))
		f.Name = name
		f.Hint = "put the real value in"
		if len(n.never) > 0 {
			f.Hint = fmt.Sprintf("%q would set it, but %s", n.never[0].step.item.Name, n.never[0].never)
		} else if other := k.setAs(name); other != "" {
			f.Hint = "scripts set " + other + ": was that one meant?"
		}
		k.report(f)
	}
}

func ownerName(k *checker, it *collection.Item) string {
	if it == nil {
		return k.c.Name
	}
	return joined(append(it.Path(), it.Name))
}

// inFile makes a finding at a variable of a file.
func inFile(k *checker, w written, text string) Finding {
	f := Finding{Name: w.variable.Key, Text: text, File: k.c.File}
	list := get(gjsonOf(k.document(k.c.File)), "variable")
	if w.file >= 0 {
		f.File = k.files[w.file].env.File
		list = environmentValues(k.document(f.File))
	}
	d := k.document(f.File)
	for _, e := range slices.Backward(elements(list)) {
		if key := get(e, "key"); key.Str == w.variable.Key {
			value := get(e, "value")
			if !value.Exists() {
				value = key
			}
			f.put(d.node(value))
			return f
		}
	}
	if d != nil {
		f.put(span{d, 0, len(d.text)}.find(strconv.Quote(w.variable.Key), w.variable.Key))
	}
	return f
}

// wrongAnswer finds variables that are set from an answer that the API does not give.
func wrongAnswer(k *checker) {
	var list []Finding
	for _, s := range k.steps {
		for _, script := range s.own() {
			for _, set := range script.flow.Sets {
				m := k.mismatch(s, set)
				if m == nil || set.Empty {
					continue
				}
				f := k.inScript(script, m.place, set.Name, fmt.Sprintf("%s is never set here: %s", set.Name, m.text))
				f.Path = append(s.item.Path(), s.item.Name)
				f.Hint = "look at a real answer and correct the script"
				list = append(list, f)
			}
		}
	}
	k.gatheredBy(list, func(f Finding) string { return f.Name + "\x00" + f.Text })
}

// wrongStatus finds tests that want a status of success that the API does not give.
func wrongStatus(k *checker) {
	for _, s := range k.steps {
		for _, script := range s.own() {
			for i, c := range script.flow.Expects {
				if i > 0 && c.Place == script.flow.Expects[i-1].Place {
					continue // of the same list
				}
				a := k.answer(s)
				if a == nil || a.refuses(samePlace(script.flow.Expects, c.Place)) == 0 {
					continue
				}
				code := strconv.Itoa(c.Status)
				f := k.inScript(script, c.Place, code, fmt.Sprintf("the test wants status %s, and the answer is %s", code, a.says()))
				f.Path = append(s.item.Path(), s.item.Name)
				f.Hint = "correct the test: it can never pass"
				k.report(f)
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
