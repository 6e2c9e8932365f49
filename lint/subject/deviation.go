package subject

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/openapi/node"
)

// A Deviation is a way in which a request of the collection is not as an OpenAPI file says.
type Deviation struct {
	contract.Violation
	Step  *Step
	draft *draft
}

// Drafted is what is known of the requests, held against the OpenAPI files.
type Drafted struct {
	Deviations []Deviation
	Requests   int // how many were held against a file
	All        int // how many there are
}

// Deviations holds every request against the OpenAPI files of the options, once; nothing without files. Requests that are wrong on
// purpose, by what their own tests ask for, are left out.
func (k *Checker) Deviations() Drafted {
	if k.Opt.API == nil || k.drafted != nil {
		if k.drafted == nil {
			return Drafted{}
		}
		return *k.drafted
	}
	k.drafted = &Drafted{All: len(k.Steps)}
	type checked struct {
		*draft
		contract.Draft
	}
	var list []checked
	// Hosts of which only a variable is known, and which have operations: what else goes there goes to the API.
	served := map[string]bool{}
	for _, s := range k.Steps {
		d, ok := k.draft(s)
		if !ok {
			continue
		}
		out := k.Opt.API.CheckDraft(d.request, d.host, d.url)
		if !out.Served {
			continue
		}
		if out.Operation != nil {
			served[d.said] = true
		}
		list = append(list, checked{d, out})
	}
	for _, c := range list {
		if c.Open || c.Operation == nil && !c.Host && !served[c.said] {
			continue
		}
		k.drafted.Requests++
		if wantsRefusal(c.step) {
			continue
		}
		for _, violations := range [][]contract.Violation{c.Violations, c.Notices} {
			for _, v := range violations {
				k.drafted.Deviations = append(k.drafted.Deviations, Deviation{v, c.step, c.draft})
			}
		}
	}
	return *k.drafted
}

// wantsRefusal reports whether the request's own tests ask for nothing else than a status from 400 to 499: it is wrong on purpose.
func wantsRefusal(s *Step) bool {
	refusals := 0
	for _, script := range s.Own() {
		for _, code := range script.Flow.Expects {
			if code.Status < 400 || code.Status > 499 {
				return false
			}
			refusals++
		}
	}
	return refusals > 0
}

// At is where the collection says what deviates: the parameter, the line of the body, or what comes nearest to what is missing.
func (d *Deviation) At(k *Checker) Span {
	it := d.Step.Item
	what, name, _ := strings.Cut(d.Where, " ")
	switch {
	case what == "query":
		at := k.At(it, []string{strconv.Quote(name), "?" + name + "=", "&" + name + "=", name}, "request", "url", "query")
		if text := at.Text(); strings.HasPrefix(text, "?") || strings.HasPrefix(text, "&") {
			at.Start, at.End = at.Start+1, at.End-len("=")
		}
		return at
	case what == "header" && name == "Content-Type", what == "header" && d.Keyword != "required":
		return k.At(it, []string{strconv.Quote(name), name}, "request", "header")
	case what == "path":
		for _, p := range d.draft.path(d.Violation) {
			if s := k.Part(it, "request", "url").Find(p); s.Known() {
				return s
			}
		}
		return k.address(it)
	case what == "request":
		return d.bodyAt(k, name)
	case what == "operation":
		return k.address(it)
	}
	return Span{}
}

// path are the texts by which the value of a path's parameter can be found.
func (d *draft) path(v contract.Violation) []string {
	name := strings.TrimPrefix(v.Where, "path ")
	var list []string
	if value, err := strconv.Unquote(v.Value); err == nil && value != "" {
		list = append(list, value)
	}
	return append(list, ":"+name, "{{"+name+"}}")
}

// address is the span of a request's URL.
func (k *Checker) address(it *collection.Item) Span {
	if _, _, isJSON := k.Json(it); isJSON {
		return k.Part(it, "request", "url", "raw")
	}
	return k.At(it, []string{"url:"})
}

// bodyAt is the place of a pointer into a body, or of the nearest value around it.
func (d *Deviation) bodyAt(k *Checker, pointer string) Span {
	it := d.Step.Item
	body := it.Request.Body
	if body == nil {
		return Span{}
	}
	if body.Mode != collection.BodyRaw {
		first, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
		return k.At(it, []string{strconv.Quote(node.Unescape(first)), node.Unescape(first)}, "request", "body", body.Mode)
	}
	root, err := node.ParseJSON(sameLength(body.Raw), &node.File{})
	if err != nil || body.RawJSON {
		return k.Part(it, "request", "body", "raw")
	}
	n := root
	for rest := strings.TrimPrefix(pointer, "body"); rest != ""; {
		if found := root.Pointer(rest); found != nil {
			n = found
			break
		}
		rest = rest[:strings.LastIndexByte(rest, '/')]
	}
	return k.inBody(it, body.Raw, n.Line, n.Col)
}

// inBody is the span of a place in a raw body, counted in lines and bytes from 1.
func (k *Checker) inBody(it *collection.Item, raw string, line, col int) Span {
	lines := strings.Split(raw, "\n")
	if line < 1 || line > len(lines) {
		return Span{}
	}
	before := strings.Join(lines[:line-1], "\n")
	if line > 1 {
		before += "\n"
	}
	offset := len(before) + col - 1
	length := 1
	if offset < len(raw) {
		length, _ = tokenAt(raw[offset:])
	}
	if _, _, isJSON := k.Json(it); isJSON {
		at := k.Part(it, "request", "body", "raw")
		start := escapedOffset(at.Text(), offset)
		end := escapedOffset(at.Text(), offset+length)
		if start < 0 || end < start {
			return at
		}
		return Span{at.Doc, at.Start + start, at.Start + end}
	}
	source := strings.TrimSpace(lines[line-1])
	at := k.At(it, []string{source}, "request", "body")
	if !at.Known() || at.Text() != source {
		return at
	}
	indent := len(lines[line-1]) - len(strings.TrimLeft(lines[line-1], " \t\r"))
	at.Start = min(at.Start+max(col-1-indent, 0), at.End)
	at.End = min(at.Start+length, at.End)
	return at
}

// escapedOffset is where the byte of a text stands in the JSON string that the text is written as, with its quote; -1 where it is none.
func escapedOffset(quoted string, offset int) int {
	if !strings.HasPrefix(quoted, `"`) {
		return -1
	}
	at := 1
	for offset > 0 && at < len(quoted) {
		if quoted[at] != '\\' || at+1 >= len(quoted) {
			at++
			offset--
			continue
		}
		if quoted[at+1] != 'u' || at+6 > len(quoted) {
			at += 2
			offset--
			continue
		}
		r, err := strconv.ParseUint(quoted[at+2:at+6], 16, 32)
		if err != nil {
			return -1
		}
		at += 6
		switch {
		case r >= 0xd800 && r < 0xdc00: // the first half of a pair; the second adds nothing
			offset -= 4
			at = min(at+6, len(quoted))
		default:
			offset -= max(utf8.RuneLen(rune(r)), 1)
		}
	}
	return at
}
