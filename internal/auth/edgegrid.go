package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"posthaste/collection"
)

// edgeGrid is Akamai's EG1-HMAC-SHA256 (newman: edgegrid.js).
type edgeGrid struct{ env Env }

// Sign sets Authorization. Without the tokens and the secret the request stays as it is. The
// body counts for POST only, up to maxBodySize bytes.
func (e edgeGrid) Sign(_ context.Context, p Params, r *Request) error {
	access, client, secret := p.Text("accessToken"), p.Text("clientToken"), p.Text("clientSecret")
	if access == "" || client == "" || secret == "" {
		return nil
	}
	t, err := r.Target()
	if err != nil {
		return err
	}
	stamp, once := p.Text("timestamp"), p.Text("nonce")
	if stamp == "" {
		stamp = e.env.Now().UTC().Format("20060102T15:04:05+0000")
	}
	if once == "" {
		if once, err = uuid(e.env.Rand); err != nil {
			return err
		}
	}
	sum, err := edgeBodyHash(p, r)
	if err != nil {
		return err
	}
	header := "EG1-HMAC-SHA256 client_token=" + client + ";access_token=" + access +
		";timestamp=" + stamp + ";nonce=" + once + ";"
	data := strings.Join([]string{
		r.Method, t.Scheme, or(hostOf(p.Text("baseURL")), t.Host), t.requestURI(), edgeHeaders(p, r.Header), sum, header,
	}, "\t")
	// The signing key is itself a signature, of the time, in base64.
	key := base64.StdEncoding.EncodeToString(hmacSHA256([]byte(secret), stamp))
	signature := base64.StdEncoding.EncodeToString(hmacSHA256([]byte(key), data))
	r.setHeader("Authorization", header+"signature="+signature)
	return nil
}

// edgeBodyHash hashes the body of POST only, and at most its first maxBodySize bytes (131072
// by default), as Akamai's specification says. It is base64, "" for no body.
func edgeBodyHash(p Params, r *Request) (string, error) {
	if r.Method != http.MethodPost {
		return "", nil
	}
	w, err := r.Wire()
	if err != nil || w.Mode == "" {
		return "", err
	}
	limit := leadingInt(p.Text("maxBodySize"))
	if limit == 0 {
		limit = 128 << 10
	}
	h := sha256.New()
	known, err := w.feed(h, max(limit, 0))
	if err != nil || !known {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// hostOf returns host and port of a URL's text in lower case, "" for an empty text.
func hostOf(text string) string {
	if text == "" {
		return ""
	}
	u := collection.ParseURL(text)
	host := strings.ToLower(strings.Join(u.Host, "."))
	if u.Port != "" {
		host += ":" + u.Port
	}
	return host
}

// edgeHeaders writes the headers that headersToSign lists, as text with commas or as a list,
// in that order, separated by tabs. Headers without a value are left out.
func edgeHeaders(p Params, header []collection.Header) string {
	var names []string
	if v, _ := p.Lookup("headersToSign"); v.Kind() == collection.JSON {
		var list []any
		_ = json.Unmarshal([]byte(v.JSONText()), &list) // what is no list names no headers
		for _, e := range list {
			if name, ok := e.(string); ok {
				names = append(names, name)
			}
		}
	} else {
		names = strings.Split(v.String(), ",")
	}
	var list []string
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		value := ""
		for _, h := range header {
			if !h.Disabled && name != "" && strings.EqualFold(h.Key, name) {
				value = strings.Join(strings.Fields(h.Value), " ")
			}
		}
		if value != "" {
			list = append(list, name+":"+value)
		}
	}
	return strings.Join(list, "\t")
}
