package rule

import (
	"net/http"
	"slices"
	"strings"

	"posthaste/lint/subject"
)

// wantsRefusal reports whether a request's own tests want to be refused, with a status of 4xx and no other: what is
// wrong with such a request is meant to be.
func wantsRefusal(s *subject.Step) bool {
	return wantsOnly(s, func(status int) bool {
		return status >= http.StatusBadRequest && status < http.StatusInternalServerError
	})
}

// wantsOnly reports whether a request's own tests want statuses, and these only.
func wantsOnly(s *subject.Step, ok func(status int) bool) bool {
	wanted := false
	for _, script := range s.Own() {
		for _, c := range script.Flow.Expects {
			if !ok(c.Status) {
				return false
			}
			wanted = wanted || !c.Guard
		}
	}
	return wanted
}

// unwelcome reports whether a credential is sent to be refused: the tests of its request want 401 and nothing else.
// What has the shape of a credential is one all the same.
func unwelcome(k *subject.Checker, c subject.Credential) bool {
	if c.Item == nil || strings.Contains(c.Name, " ") {
		return false
	}
	i := slices.IndexFunc(k.Steps, func(s *subject.Step) bool { return s.Item == c.Item })
	return i >= 0 && wantsOnly(k.Steps[i], func(status int) bool { return status == http.StatusUnauthorized })
}

// sessions calls visit for the cookies of a header that say who is asking.
func sessions(header string, visit func(name, value string)) {
	for part := range strings.SplitSeq(header, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		low := strings.ToLower(name)
		if ok && slices.ContainsFunc([]string{"sess", "token", "auth", "jwt", "csrf", "xsrf", ".sid"}, func(word string) bool {
			return strings.Contains(low, word) || low == "sid"
		}) {
			visit(name, value)
		}
	}
}
