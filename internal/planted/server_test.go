package planted_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
)

func escaped(s string) string { return html.EscapeString(s) }

// echo lists secret s in every form in which a server may write it.
func echo(s string) string {
	perByte := func(format, separator string) string {
		var parts []string
		for i := range len(s) {
			parts = append(parts, fmt.Sprintf(format, s[i]))
		}
		return strings.Join(parts, separator)
	}
	perRune := func(format string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, format, r)
		}
		return b.String()
	}
	inner, b64 := quoted(map[string]string{"v": s}), base64.StdEncoding.EncodeToString([]byte("user:"+s))
	var wide []byte
	for _, u := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	lines := []string{
		s, url.QueryEscape(s), url.PathEscape(s), strings.ToLower(perByte("%%%02x", "")), perByte("%%%02X", ""), quoted(s), perRune(`\u%04x`), html.EscapeString(s),
		perRune("&#%d;"), perRune("&#x%X;"), hex.EncodeToString([]byte(s)), perByte("%02X", ""), perByte("%02x", " "), b64,
		base64.URLEncoding.EncodeToString([]byte("x" + s)), base64.StdEncoding.EncodeToString([]byte(b64)), perByte("%d", ","), "[" + perByte("%d", ", ") + "]",
		quoted(inner), quoted(quoted(inner)), url.QueryEscape(inner), url.QueryEscape(url.QueryEscape(s)), base64.StdEncoding.EncodeToString([]byte(inner)),
		hex.EncodeToString([]byte(b64)), base64.StdEncoding.EncodeToString(wide), perByte(`\x%02x`, ""), b64[:8] + "\r\n " + b64[8:],
	}
	return strings.Join(lines, "\n") + "\n"
}

func server(secrets map[int]string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/fine", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "fine") })
	mux.HandleFunc("/echo/{n}", func(w http.ResponseWriter, r *http.Request) { answerEcho(w, r, secrets) })
	mux.HandleFunc("/echo/{n}/{rest}", func(w http.ResponseWriter, r *http.Request) { answerEcho(w, r, secrets) })
	mux.HandleFunc("/reveal/{kind...}", func(w http.ResponseWriter, r *http.Request) {
		path := r.PathValue("kind")
		i := strings.LastIndexByte(path, '/')
		n, err := strconv.Atoi(path[i+1:])
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		reveal(w, path[:i], secrets[n], n)
	})
	return mux
}

func answerEcho(w http.ResponseWriter, r *http.Request, secrets map[int]string) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	got, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("X-Echo", url.PathEscape(secrets[n]))
	w.Header().Set("X-Echo-64", base64.StdEncoding.EncodeToString([]byte(secrets[n])))
	fmt.Fprintf(w, "%sgot %s %s\n%s\n", echo(secrets[n]), r.Method, r.URL, got)
}

func reveal(w http.ResponseWriter, kind, s string, n int) {
	kind, name, _ := strings.Cut(kind, "/")
	q, h := quoted(s), html.EscapeString(s)
	switch kind {
	case "header":
		w.Header().Set(name, s)
	case "cookie":
		w.Header().Set("Set-Cookie", name+"="+s+"; Path=/never; HttpOnly")
	case "location":
		w.Header().Set("Location", "https://elsewhere.test/cb?x=1&"+name+"="+url.QueryEscape(s))
	case "json":
		fmt.Fprintf(w, `{"access_token":%s,"expires_in":3600}`, q)
	case "json-bom":
		fmt.Fprintf(w, "\ufeff{\"token\":%s}", q)
	case "json-comments":
		fmt.Fprintf(w, "{ /* it is */ \"token\" : %s, // yes\n}", q)
	case "json-cut":
		fmt.Fprintf(w, `{"list":[{"idToken":%s,"x":{"y":"z`, q)
	case "json-lines":
		fmt.Fprintf(w, "{\"a\":1}\n{\"session_token\":%s}\n", q)
	case "json-plural":
		fmt.Fprintf(w, `{"secrets":[%s]}`, q)
	case "json-in-json":
		fmt.Fprint(w, quoted(map[string]string{"payload": `{"password":` + q + `}`}))
	case "json-pairs":
		fmt.Fprintf(w, `{"headers":[{"key":"X-Api-Key","value":%s}]}`, q)
	case "json-object":
		fmt.Fprintf(w, `{"token":{"value":%s,"type":"Bearer"}}`, q)
	case "xml":
		fmt.Fprintf(w, "<?xml version=\"1.0\"?><a><SessionToken>%s</SessionToken></a>", h)
	case "xml-attribute":
		fmt.Fprintf(w, `<a><user name="me" password="%s"/></a>`, h)
	case "html-input":
		fmt.Fprintf(w, `<html><form><input type="hidden" name="csrf_token" value="%s"></form></html>`, h)
	case "html-meta":
		fmt.Fprintf(w, `<html><meta name="csrf-token" content="%s"></html>`, h)
	case "html-script":
		fmt.Fprintf(w, `<html><script>window.state = {"apiToken":%s};</script></html>`, q)
	case "form":
		fmt.Fprintf(w, "oauth_token=x&oauth_token_secret=%s", url.QueryEscape(s))
	case "graphql":
		fmt.Fprintf(w, `{"data":{"login":{"accessToken":%s}}}`, q)
	case "jwt":
		fmt.Fprintf(w, `{"any":%s}`, quoted(s))
	case "jwt-html":
		fmt.Fprintf(w, "<p>%s</p>", s)
	case "pem", "pem-json":
		pem := "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY\n", 2) + pemLine(n) + "\n-----END RSA PRIVATE KEY-----\n"
		if kind == "pem-json" {
			data, err := json.Marshal(map[string]string{"any": pem})
			if err != nil {
				panic(err)
			}
			pem = string(data)
		}
		fmt.Fprint(w, pem)
	}
}
