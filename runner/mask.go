package runner

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"posthaste/internal/redact"
	"posthaste/runner/event"
)

// A masker masks events for reports: bodies are cut to what was asked for, secrets replaced
// by what is known. It is a value that copies share; the secrets behind it lock themselves.
type masker struct {
	secrets Secrets // nil masks nothing
	bodies  int     // bytes of each body that reports want to see
	keep    *secretKeeper
	later   bool // what is masked here is masked once more, by the run that this one is part of
}

// Masker returns what masks events once more, by what secrets know now. It cuts no bodies,
// and it learns nothing from what it masks.
func Masker(secrets Secrets) event.Masker { return masker{secrets: secrets, bodies: math.MaxInt} }

// Known is how many secrets are known. A text that was masked while fewer were known may have
// to be masked again.
func (m masker) Known() int64 {
	if m.secrets == nil {
		return 0
	}
	return m.secrets.Learned()
}

// Alike tells texts apart that are masked to the same: a number that is the same for the same
// text, and 0 for texts that hold no secret.
func (m masker) Alike(text string) int64 {
	if m.secrets == nil {
		return 0
	}
	return m.secrets.Alike(text)
}

// Text masks a text. What it gives away itself, such as a token that a script prints, is learnt first.
func (m masker) Text(s string) string {
	if m.secrets == nil {
		return s
	}
	if m.keep != nil {
		m.keep.text(s)
	}
	return m.secrets.Text(s)
}

// Document masks a JSON document of a collection, value by value. What says what a thing is
// stays, or reports could not find their items again. The keys are those of the format.
func (m masker) Document(b []byte) []byte {
	if m.secrets == nil || b == nil {
		return b
	}
	return m.secrets.JSON(b, []string{
		"id", "_postman_id", "uid", "schema", "listen", "mode", "type", "method", "protocol", "version", "language", "enabled", "disabled",
	}, []string{"value"})
}

// Header masks names and values by what is known, and the values of headers that hold secrets
// whatever they are. The list is copied when something changes, since it is shared with the
// run.
func (m masker) Header(list []event.Header) []event.Header {
	if m.secrets == nil {
		return list
	}
	masked := list
	for i, h := range list {
		h.Value = m.secrets.Mask(h.Value)
		if secretHeader(h.Key) {
			h.Value = maskCredentials(h.Value)
		}
		h.Key = m.secrets.Text(h.Key)
		if h == list[i] {
			continue
		}
		if &masked[0] == &list[0] {
			masked = slices.Clone(list)
		}
		masked[i] = h
	}
	return masked
}

// secretHeader knows the headers that exist to carry credentials. The lengths are compared
// first because this is asked for every header of every event.
func secretHeader(key string) bool {
	for _, one := range [...]string{"cookie", "set-cookie", "authorization", "proxy-authorization"} {
		if len(key) == len(one) && strings.EqualFold(key, one) {
			return true
		}
	}
	return false
}

// maskCredentials keeps the scheme of an Authorization header and the names and attributes of
// cookies: they help to see what went wrong. "Bearer abc" becomes "Bearer ******". What still
// holds a placeholder holds no secret yet.
func maskCredentials(value string) string {
	if value == "" || strings.Contains(value, "{{") {
		return value
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && !strings.ContainsAny(scheme, "=;,") && rest != "" {
		return scheme + " " + redact.Mask
	}
	if name, _, ok := strings.Cut(value, "="); ok && !strings.ContainsAny(name, " ;,") {
		return name + "=" + redact.Mask
	}
	return redact.Mask
}

// margin is how many bytes beyond the cut are looked at (64 KiB), so that a secret that the
// cut goes through is masked.
const margin = 64 << 10

// Body cuts a body to what reports asked for before it masks, so that large ones cost
// nothing. Size keeps the whole length.
func (m masker) Body(b event.Body) event.Body {
	b.Cut = b.Cut || len(b.Data) > m.bodies
	if m.bodies == 0 {
		b.Data = nil
		return b
	}
	if len(b.Data)-margin > m.bodies {
		b.Data = bytes.Clone(b.Data[:m.bodies+margin]) // a piece would hold the whole body in memory
	}
	// The run that this one is part of needs the margin too.
	if m.later {
		return b
	}
	if m.secrets != nil && b.Data != nil {
		b.Data = m.secrets.Bytes(b.Data)
	}
	if len(b.Data) > m.bodies { // the capacity is cut too, so that nobody appends into what was masked
		b.Data = b.Data[:m.bodies:m.bodies]
	}
	return b
}

// bare returns the text that value is the JSON of, where it is a string that is written as it
// is: most variables. It saves parsing.
func bare(value string) (text string, ok bool) {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return "", false
	}
	text = value[1 : len(value)-1]
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' {
			return "", false
		}
	}
	return text, true
}

// Variable masks a value that is JSON text, and the names in it. It is a whole value, so
// short secrets are masked too. What has none comes back as the same string.
func (m masker) Variable(value string) string {
	if m.secrets == nil {
		return value
	}
	if text, ok := bare(value); ok && m.secrets.Mask(text) == text {
		return value
	}
	doc := []byte(value)
	if masked := m.secrets.JSON(doc, nil, nil); len(doc) != len(masked) || len(doc) > 0 && &doc[0] != &masked[0] {
		return string(masked)
	}
	return value
}
