package auth

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func hawkParams() map[string]any {
	return map[string]any{
		"authId": "dh37fgj492je", "authKey": "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn", "algorithm": "sha256",
		"timestamp": "1353832234", "nonce": "j4h3g2", "extraData": "some-app-ext-data",
	}
}

func TestHawkMatchesTheExamplesOfItsREADME(t *testing.T) {
	tests := map[string]struct {
		line, body, mime string
		payload          bool
		want             string
	}{
		"protocol example, GET": {
			line: "GET http://example.com:8000/resource/1?b=1&a=2",
			want: `Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", ext="some-app-ext-data", ` +
				`mac="6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE="`,
		},
		"payload validation, POST": {
			line: "POST http://example.com:8000/resource/1?b=1&a=2", body: "Thank you for flying Hawk", payload: true,
			want: `Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", ` +
				`hash="Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=", ext="some-app-ext-data", ` +
				`mac="aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw="`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "hawk", hawkParams())
			c.set(map[string]any{"includePayloadHash": test.payload})
			signed, err := c.sign(request(test.line, test.body, "Content-Type: text/plain"), 0)
			if got := headerOf(signed, "Authorization"); got != test.want || err != nil {
				t.Errorf("Authorization = %s, %v\nwant %s", got, err, test.want)
			}
		})
	}
}

// hawkServer checks as Hawk's specification says, and wants the payload to be covered.
func hawkServer(mk func() hash.Hash, key string, wantHash bool) func(http.ResponseWriter, *http.Request, []byte) string {
	seen := map[string]bool{}
	return func(_ http.ResponseWriter, r *http.Request, body []byte) string {
		rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Hawk ")
		if !ok {
			return "no Hawk"
		}
		f := map[string]string{}
		for _, m := range regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`).FindAllStringSubmatch(rest, -1) {
			f[m[1]] = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(m[2])
		}
		if seen[f["nonce"]+f["ts"]] {
			return "replayed"
		}
		seen[f["nonce"]+f["ts"]] = true
		host, port, err := net.SplitHostPort(r.Host)
		if err != nil {
			return err.Error()
		}
		if wantHash {
			mime := strings.ToLower(strings.TrimSpace(strings.Split(r.Header.Get("Content-Type"), ";")[0]))
			h := mk()
			h.Write([]byte("hawk.1.payload\n" + mime + "\n" + string(body) + "\n"))
			if f["hash"] != base64.StdEncoding.EncodeToString(h.Sum(nil)) {
				return "hash differs for " + mime
			}
		}
		text := "hawk.1.header\n" + f["ts"] + "\n" + f["nonce"] + "\n" + r.Method + "\n" + r.RequestURI + "\n" + host +
			"\n" + port + "\n" + f["hash"] + "\n" + strings.ReplaceAll(f["ext"], `\`, `\\`) + "\n"
		if f["app"] != "" {
			text += f["app"] + "\n" + f["dlg"] + "\n"
		}
		m := hmac.New(mk, []byte(key))
		m.Write([]byte(text))
		if f["mac"] != base64.StdEncoding.EncodeToString(m.Sum(nil)) {
			return "mac differs: " + text
		}
		return ""
	}
}

func TestHawkServerOfTheSpecificationAccepts(t *testing.T) {
	base := map[string]any{"authId": "id", "authKey": "key"}
	tests := map[string]struct {
		params  map[string]any
		hasher  func() hash.Hash
		payload bool
	}{
		"sha256 by default":     {nil, sha256.New, false},
		"sha1":                  {map[string]any{"algorithm": "sha1"}, sha1.New, false},
		"the payload":           {map[string]any{"includePayloadHash": true}, sha256.New, true},
		"application and user":  {map[string]any{"app": "a", "delegation": "d", "user": "u"}, sha256.New, false},
		"data with odd letters": {map[string]any{"extraData": `a "b" \c`}, sha256.New, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			url := serve(t, hawkServer(test.hasher, "key", test.payload))
			c := newCaller(t, "hawk", base)
			c.set(test.params)
			c.want(request("POST "+url+"/a b?x=ø", `{"a":1}`), 200, 1)
			c.want(request("POST "+url+"/a", "x", "Content-Type: Text/Plain; charset=utf-8"), 200, 1)
			c.want(form("POST "+url+"/f", "k", "v w"), 200, 1)
			if !test.payload {
				c.want(request("GET "+url, ""), 200, 1)
			}
		})
	}
	t.Run("not a wrong key", func(t *testing.T) {
		url := serve(t, hawkServer(sha256.New, "another", false))
		newCaller(t, "hawk", base).want(request("GET "+url, ""), 401, 1)
	})
}

func TestHawkHashesTheContentTypeThatIsWrittenAsNewmanDoes(t *testing.T) {
	for name, test := range map[string]struct {
		compat bool
		code   int
	}{"as newman": {true, 401}, "as it should": {false, 200}} {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "hawk", map[string]any{"authId": "id", "authKey": "key", "includePayloadHash": true})
			c.env.Compat = test.compat
			c.scheme = hawk{c.env}
			c.want(form("POST "+serve(t, hawkServer(sha256.New, "key", true)), "k", "v"), test.code, 1)
		})
	}
}

func TestHawkLeavesRequestsWithoutKeyAsTheyAre(t *testing.T) {
	c := newCaller(t, "hawk", map[string]any{"authId": "id"})
	signed, err := c.sign(request("GET http://h/", "", "authorization: Own"), 0)
	if got := headerOf(signed, "Authorization"); got != "Own" || err != nil {
		t.Errorf("Authorization = %q, %v, want the user's", got, err)
	}
}
