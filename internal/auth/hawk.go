package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"posthaste/collection"
)

// hawk is Hawk's header of version 1 (newman: hawk.js). Unlike newman, each request gets a
// nonce and a timestamp of its own, a missing algorithm is sha256, and the hash of the
// payload covers the Content-Type that is sent (Env.Compat: the one that is written).
type hawk struct{ env Env }

// Sign sets Authorization. Without authId or authKey the request stays as it is.
func (h hawk) Sign(_ context.Context, p Params, r *Request) error {
	id, key := p.Text("authId"), p.Text("authKey")
	if id == "" || key == "" {
		return nil
	}
	t, err := r.Target()
	if err != nil {
		return err
	}
	a := artifacts{
		method: r.Method, uri: t.requestURI(), host: t.Hostname, port: t.Port, ts: p.Text("timestamp"),
		nonce: p.Text("nonce"), ext: p.Text("extraData"), app: p.Text("app"), dlg: p.Text("delegation"),
	}
	if a.hasher, err = hawkHash(p.Or("algorithm", "sha256")); err != nil {
		return err
	}
	// The MAC covers the port even where the URL has none.
	if a.port == "" {
		a.port = map[string]string{"http": "80"}[t.Scheme]
		a.port = or(a.port, "443")
	}
	if a.nonce == "" {
		if a.nonce, err = nonce(h.env.Rand, 6); err != nil {
			return err
		}
		r.learn("nonce", collection.Text(a.nonce))
	}
	if leadingInt(a.ts) == 0 {
		now := h.env.Now().Unix()
		a.ts = strconv.FormatInt(now, 10)
		r.learn("timestamp", collection.NumberValue(float64(now)))
	}
	if p.Bool("includePayloadHash") {
		if a.payload, err = a.payloadHash(r, h.env.Compat); err != nil {
			return err
		}
	}
	r.setHeader("Authorization", a.header(id, key))
	return nil
}

// hawkHash is the hash of an algorithm; Hawk has no others.
func hawkHash(algorithm string) (func() hash.Hash, error) {
	switch algorithm {
	case "sha1":
		return sha1.New, nil
	case "sha256":
		return sha256.New, nil
	}
	return nil, fmt.Errorf("hawk knows the algorithms sha1 and sha256, not %q", algorithm)
}

// artifacts are what a Hawk MAC covers.
type artifacts struct {
	method, uri, host, port string
	ts, nonce               string
	ext, app, dlg           string // extra data, application and delegation
	payload                 string // its hash, "" where it is not covered
	hasher                  func() hash.Hash
}

// payloadHash returns "" where there is no body, or one that is not known before it is sent.
// With written, only a Content-Type that the request has by itself counts.
func (a *artifacts) payloadHash(r *Request, written bool) (string, error) {
	w, err := r.Wire()
	if err != nil || w.Mode == "" {
		return "", err
	}
	mime := w.Type
	if written {
		mime = headerValue(r.Header, "Content-Type")
	}
	mime, _, _ = strings.Cut(mime, ";")
	h := a.hasher()
	_, _ = io.WriteString(h, "hawk.1.payload\n"+strings.ToLower(strings.TrimSpace(mime))+"\n") // a hash takes everything
	known, err := w.feed(h, -1)
	if err != nil || !known {
		return "", err
	}
	h.Write([]byte("\n"))
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// mac signs the lines of Hawk's normalised request, in its order. ext is escaped so that it
// stays one line.
func (a *artifacts) mac(key string) string {
	lines := []string{
		"hawk.1.header", a.ts, a.nonce, strings.ToUpper(a.method), a.uri, strings.ToLower(a.host), a.port, a.payload,
		strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(a.ext),
	}
	if a.app != "" {
		lines = append(lines, a.app, a.dlg)
	}
	m := hmac.New(a.hasher, []byte(key))
	_, _ = io.WriteString(m, strings.Join(lines, "\n")+"\n") // a hash takes everything
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// header writes the fields in the order in which newman's Hawk library has them.
func (a *artifacts) header(id, key string) string {
	fields := []string{`id="` + id + `"`, `ts="` + a.ts + `"`, `nonce="` + a.nonce + `"`}
	if a.payload != "" {
		fields = append(fields, `hash="`+a.payload+`"`)
	}
	if a.ext != "" {
		fields = append(fields, "ext="+quoted(a.ext))
	}
	fields = append(fields, `mac="`+a.mac(key)+`"`)
	if a.app != "" {
		fields = append(fields, `app="`+a.app+`"`)
		if a.dlg != "" {
			fields = append(fields, `dlg="`+a.dlg+`"`)
		}
	}
	return "Hawk " + strings.Join(fields, ", ")
}

// leadingInt reads the number at the beginning of a text as JavaScript's parseInt does:
// "12px" is 12. It is 0 if missing.
func leadingInt(s string) int64 {
	s = strings.TrimSpace(s)
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && (s[end] == '-' || s[end] == '+')) {
		end++
	}
	n, err := strconv.ParseInt(s[:end], 10, 64)
	if err != nil {
		return 0
	}
	return n
}
