package cause

import (
	"net/http"
	"slices"
	"strings"
)

// The statuses from which on a response tells of a problem.
const badRequest = http.StatusBadRequest

// bad says that a step's request came to nothing: an error status, or no response.
func (st *state) bad() bool { return st.unanswered || st.status >= badRequest }

// known says that a name is a name. One that was masked may stand for several.
func known(name string) bool { return name != "" && !strings.Contains(name, "***") }

// reason finds what a step's failures follow from, and how; nil when they are its own.
func (j *Judge) reason(st *state) (c *Cause, through string) {
	for _, find := range []func(*state) *entry{j.byVariable, j.byHost, j.byCredential, j.byResource, j.byChange, j.byAbsence} {
		if e := find(st); e != nil {
			return e.cause, e.through
		}
	}
	return nil, ""
}

// A use is a variable that was wrong when the step's request was made of it.
type use struct {
	entry
	missing bool
}

// note looks for what is wrong with the variables of a request as it is sent: its test scripts may put them right.
func (j *Judge) note(st *state) {
	st.used, st.absent = nil, nil
	if len(j.blamed.entries) == 0 && len(j.absent.entries) == 0 {
		return
	}
	for _, n := range st.request.Names {
		if !known(n.Key) {
			continue
		}
		if e := j.blamed.lookup(st.step.Group, n.Key); e != nil {
			st.used = append(st.used, use{*e, n.Unset || n.Void})
		}
		if e := j.absent.lookup(st.step.Group, n.Key); e != nil && n.Unset && st.absent == nil { // of several the first
			was := *e
			st.absent = &was
		}
	}
}

// byVariable finds a variable that the step used and that an earlier failure left without a proper value. Where the
// value is the user's, and the request was taken, something else may be wrong.
func (j *Judge) byVariable(st *state) *entry {
	for i, u := range st.used {
		if u.missing || !u.initial || st.bad() {
			return &st.used[i].entry
		}
	}
	for _, name := range st.flow.Read {
		if e := j.blamed.lookup(st.step.Group, name); e != nil && known(name) && (!e.initial || st.bad()) {
			return e
		}
	}
	return nil
}

// byHost finds a host that an earlier request could not reach for the same reason.
func (j *Judge) byHost(st *state) *entry {
	if !st.unanswered || !shared(st.code) || st.request.Host == "" {
		return nil
	}
	return j.lost.lookup("", st.request.Host+"\x00"+st.code)
}

// shared knows errors of a connection that every request to the host would meet. That a response does not come in time,
// or breaks off, says nothing of others.
func shared(code string) bool {
	switch code {
	case "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN":
		return true
	}
	return strings.HasPrefix(code, "CERT_") || strings.Contains(code, "_CERT") || strings.HasPrefix(code, "UNABLE_TO_") || strings.HasPrefix(code, "ERR_TLS_CERT")
}

func isRefusal(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

// byCredential finds a credential that was refused before, by the same host with the same status.
func (j *Judge) byCredential(st *state) *entry {
	if !isRefusal(st.status) || st.request.Host == "" {
		return nil
	}
	for _, name := range st.flow.Credentials {
		if e := j.refused.lookup("", st.credential(name)); e != nil && known(name) {
			return e
		}
	}
	return nil
}

// credential is the key of a credential. It ends with the variable's, see heal.
func (st *state) credential(name string) string {
	return st.request.Host + "\x00" + http.StatusText(st.status) + "\x00" + st.step.Group + "\x00" + name
}

// byResource finds a resource that the step asked for and that was not made before: its URL stands below that of the
// request that failed, and is made of a variable that the request was made of too, but not its URL.
func (j *Judge) byResource(st *state) *entry {
	if len(j.unmade.entries) == 0 || !wantsResource(st.status) {
		return nil
	}
	url := withoutQuery(st.request.URL)
	if e := j.unmade.lookup("", url); e != nil {
		return e
	}
	for {
		cut := strings.LastIndexByte(url, '/')
		if cut < 0 || strings.HasSuffix(url[:cut], "/") {
			return nil
		}
		url = url[:cut]
		for _, name := range st.flow.URL {
			if e := j.unmade.lookup("", url+"\x00"+st.step.Group+"\x00"+name); e != nil && known(name) {
				return e
			}
		}
	}
}

// byChange finds a resource that an earlier request failed to change, so that it is not in the state for this change.
func (j *Judge) byChange(st *state) *entry {
	if !changes(st.request.Method) || !known(st.flow.Resource) || !wantsState(st.status) {
		return nil
	}
	return j.unchanged.lookup("", st.flow.Resource)
}

// changes says whether a method changes something on the server, so that a later failure may come from its failing.
func changes(method string) bool {
	switch method {
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return true
	}
	return false
}

// wantsState knows the statuses of a response about a resource that is not in the state that a change wants.
func wantsState(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusPaymentRequired, http.StatusUnprocessableEntity:
		return true
	}
	return wantsResource(status)
}

// wantsResource knows the statuses of a response about a resource that is not there, or not in the state that was asked for.
func wantsResource(status int) bool {
	switch status {
	case http.StatusNotFound, http.StatusGone, http.StatusConflict:
		return true
	}
	return false
}

// byAbsence finds a variable that was not set when an earlier request failed either.
func (j *Judge) byAbsence(st *state) *entry {
	if !st.bad() || st.absent == nil || st.absent.end != st.end() || !st.needs(st.absent.name) {
		return nil
	}
	return st.absent
}

// needs says that a request cannot do without a variable: it stands in the URL or in the authentication.
func (st *state) needs(name string) bool {
	return slices.Contains(st.flow.URL, name) || slices.Contains(st.flow.Credentials, name)
}

// end says in short how the request ended.
func (st *state) end() string { return statusText(st.status, st.code) }

// harm forgets variables without which a request was taken all the same, and leaves them out of the others' reasons.
func (j *Judge) harm(st *state) {
	if st.bad() || st.status == 0 {
		return
	}
	for _, n := range st.request.Names {
		if n.Unset {
			key := st.step.Group + "\x00" + n.Key
			j.absent.forget(key)
			j.harmless.put(key, &Cause{}, "")
		}
	}
}

// left is what the step left without a proper value: by what its scripts would have set, and by what they set before.
func (j *Judge) left(st *state) []Left {
	list := slices.DeleteFunc(slices.Clone(st.flow.Left), func(l Left) bool { return !known(l.Name) })
	for _, name := range j.habits.of(st) {
		has := slices.ContainsFunc(list, func(l Left) bool { return l.Name == name })
		if !has && !slices.Contains(st.sets, name) && !slices.Contains(st.flow.Given, name) && known(name) {
			list = append(list, Left{name, Stale})
		}
	}
	return list
}

// remember notes what later steps may follow from.
func (j *Judge) remember(st *state, c *Cause, left []Left) {
	group := st.step.Group
	for _, l := range left {
		if e := j.blamed.lookup(group, l.Name); e != nil && e.cause == c {
			continue // it was wrong before
		}
		e := j.blamed.put(group+"\x00"+l.Name, c, l.Name+" is "+stateText(l.State))
		e.initial = l.State == Initial
	}
	host := st.request.Host
	if st.unanswered && shared(st.code) && host != "" {
		if key := "\x00" + host + "\x00" + st.code; j.lost.lookup("", key[1:]) == nil {
			j.lost.put(key, c, host+" cannot be reached")
		}
	}
	if isRefusal(st.status) && host != "" {
		for _, name := range st.flow.Credentials {
			if key := st.credential(name); known(name) && j.refused.lookup("", key) == nil {
				j.refused.put("\x00"+key, c, refusedText(name, st.flow.Credentials))
			}
		}
	}
	for _, n := range st.request.Names {
		if n.Unset && known(n.Key) && st.bad() && st.needs(n.Key) && j.absent.lookup(group, n.Key) == nil && j.harmless.lookup(group, n.Key) == nil {
			e := j.absent.put(group+"\x00"+n.Key, c, n.Key+" is not set")
			e.end, e.name = st.end(), n.Key
		}
	}
	j.rememberResource(st, c)
}

// refusedText says that a credential was refused, as far as that is known: of several that a request was sent with, the
// server may have refused any.
func refusedText(name string, sent []string) string {
	const few = 3
	sent = slices.DeleteFunc(slices.Clone(sent), func(n string) bool { return !known(n) })
	switch {
	case len(sent) <= 1:
		return name + " was refused"
	case len(sent) > few:
		return name + " or another credential of that request was refused"
	}
	last := len(sent) - 1
	return strings.Join(sent[:last], ", ") + " or " + sent[last] + " was refused"
}

// rememberResource notes what a request did not make: a resource of its own URL, or one below it that is named by a
// variable which does not stand in the URL.
func (j *Judge) rememberResource(st *state, c *Cause) {
	if !st.bad() {
		return
	}
	if changes(st.request.Method) && known(st.flow.Resource) && j.unchanged.lookup("", st.flow.Resource) == nil {
		j.unchanged.put("\x00"+st.flow.Resource, c, "what it needs was not done")
	}
	url, through := "\x00"+withoutQuery(st.request.URL), "the resource was not created"
	switch st.request.Method {
	case http.MethodPut:
		j.unmade.put(url, c, through)
	case http.MethodPost:
		for _, n := range st.request.Names {
			if known(n.Key) && !n.Unset && !n.Void && !slices.Contains(st.flow.URL, n.Key) {
				j.unmade.put(url+"\x00"+st.step.Group+"\x00"+n.Key, c, through)
			}
		}
	}
}

func withoutQuery(url string) string {
	url, _, _ = strings.Cut(url, "?")
	url, _, _ = strings.Cut(url, "#")
	return strings.TrimRight(url, "/")
}

func stateText(state string) string {
	switch state {
	case Missing:
		return "not set"
	case Undefined:
		return "undefined"
	case Stale:
		return "still the one of before"
	}
	return "still the one that was given"
}
