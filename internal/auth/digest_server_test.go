package auth

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A digestServer checks as RFC 7616 says, section by section, and trusts nothing that the client says about itself:
// realm, nonce, algorithm, uri, and the count of requests are compared with what the server knows.
type digestServer struct {
	algorithm, qop string
	password       string
	expired        map[string]bool // nonces that are stale
	nonce          string
	issued         int
	counts         map[string]int64
	requests       int
}

func (s *digestServer) hash(parts ...string) string {
	var h hash.Hash
	switch strings.TrimSuffix(s.algorithm, "-sess") {
	case "MD5":
		h = md5.New()
	case "SHA-256":
		h = sha256.New()
	case "SHA-512-256":
		h = sha512.New512_256()
	}
	h.Write([]byte(strings.Join(parts, ":")))
	return hex.EncodeToString(h.Sum(nil))
}

func (s *digestServer) challenge(w http.ResponseWriter, stale bool) {
	s.issued++
	s.nonce = fmt.Sprintf("nonce-%d", s.issued)
	line := fmt.Sprintf(`Digest realm="the realm", nonce="%s", opaque="0paque", algorithm=%s`, s.nonce, s.algorithm)
	if s.qop != "" {
		line += fmt.Sprintf(`, qop="%s"`, s.qop)
	}
	if stale {
		line += ", stale=true"
	}
	w.Header().Add("WWW-Authenticate", `Basic realm="other"`)
	w.Header().Add("WWW-Authenticate", line)
}

func (s *digestServer) check(w http.ResponseWriter, r *http.Request, body []byte) string {
	s.requests++
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Digest ")
	if !ok {
		s.challenge(w, false)
		return "no digest"
	}
	f := map[string]string{}
	for _, m := range regexp.MustCompile(`(\w+\*?)=(?:"([^"]*)"|([^,\s]*))`).FindAllStringSubmatch(rest, -1) {
		f[m[1]] = m[2] + m[3]
	}
	if s.expired[f["nonce"]] || f["nonce"] != s.nonce {
		s.challenge(w, true)
		return "stale"
	}
	reason := s.verify(r, f, string(body))
	if reason != "" {
		s.challenge(w, false)
	}
	return reason
}

func (s *digestServer) verify(r *http.Request, f map[string]string, body string) string {
	switch {
	case f["realm"] != "the realm", f["opaque"] != "0paque", f["algorithm"] != s.algorithm, f["username"] != "me":
		return fmt.Sprintf("fields differ: %v", f)
	case f["uri"] != r.RequestURI:
		return fmt.Sprintf("uri is %s, want %s", f["uri"], r.RequestURI)
	case s.qop != "" && !strings.Contains(","+strings.ReplaceAll(s.qop, " ", "")+",", ","+f["qop"]+","):
		return "qop was not offered: " + f["qop"]
	case s.qop == "" && f["qop"] != "":
		return "qop was not offered at all"
	}
	a1 := s.hash("me", "the realm", s.password)
	if strings.HasSuffix(s.algorithm, "-sess") {
		a1 = s.hash(a1, f["nonce"], f["cnonce"])
	}
	a2 := s.hash(r.Method, r.RequestURI)
	if f["qop"] == "auth-int" {
		a2 = s.hash(r.Method, r.RequestURI, s.hash(body))
	}
	want := s.hash(a1, s.nonce, a2)
	if f["qop"] != "" {
		count, err := strconv.ParseInt(f["nc"], 16, 64)
		if err != nil || len(f["nc"]) != 8 || count <= s.counts[s.nonce] {
			return "nc is " + f["nc"]
		}
		s.counts[s.nonce] = count
		want = s.hash(a1, s.nonce, f["nc"], f["cnonce"], f["qop"], a2)
	}
	if f["response"] != want {
		return "response differs"
	}
	return ""
}

func newDigestServer(algorithm, qop string) *digestServer {
	return &digestServer{
		algorithm: algorithm, qop: qop, password: "secret", expired: map[string]bool{}, counts: map[string]int64{},
	}
}

func TestDigestServerOfRFC7616AcceptsEveryAlgorithmAndQOP(t *testing.T) {
	for _, algorithm := range []string{"MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"} {
		for _, qop := range []string{"", "auth", "auth-int", "auth-int, auth"} {
			t.Run(algorithm+" "+qop, func(t *testing.T) {
				s := newDigestServer(algorithm, qop)
				url := serve(t, s.check)
				c := newCaller(t, "digest", map[string]any{"username": "me", "password": "secret"})
				c.want(request("GET "+url+"/a b?q=ø&x", ""), 200, 2)
				for range 17 { // the count is hexadecimal
					c.want(request("POST "+url+"/post", `{"some":"body"}`), 200, 1)
				}
				c.want(form("PUT "+url+"/form", "k", "v w"), 200, 1)
			})
		}
	}
}

func TestDigestServerOfRFC7616RenewsWhatIsStale(t *testing.T) {
	s := newDigestServer("MD5", "auth")
	url := serve(t, s.check)
	c := newCaller(t, "digest", map[string]any{"username": "me", "password": "secret"})
	c.want(request("GET "+url, ""), 200, 2)
	s.expired[s.nonce] = true
	c.want(request("GET "+url, ""), 200, 2)
	c.want(request("GET "+url, ""), 200, 1)
}

func TestDigestStopsAfterABoundedNumberOfTries(t *testing.T) {
	t.Run("when every nonce is stale", func(t *testing.T) {
		tries := 0
		url := serve(t, func(w http.ResponseWriter, _ *http.Request, _ []byte) string {
			tries++
			w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Digest realm="r", nonce="%d", stale=true`, tries))
			return "stale"
		})
		c := newCaller(t, "digest", map[string]any{"username": "me"})
		c.want(request("GET "+url, ""), 401, 3)
	})
	t.Run("when the password is wrong", func(t *testing.T) {
		s := newDigestServer("MD5", "auth")
		url := serve(t, s.check)
		c := newCaller(t, "digest", map[string]any{"username": "me", "password": "wrong"})
		c.want(request("GET "+url, ""), 401, 2)
		s.nonce = "nonce-1" // the server goes on with the nonce it gave first
		c.want(request("GET "+url, ""), 401, 1)
		c.set(map[string]any{"password": "secret"})
		s.nonce = "nonce-1"
		c.want(request("GET "+url, ""), 200, 1)
	})
	t.Run("when retries are off", func(t *testing.T) {
		url := serve(t, newDigestServer("MD5", "auth").check)
		c := newCaller(t, "digest", map[string]any{"username": "me", "password": "secret", "disableRetryRequest": true})
		c.want(request("GET "+url, ""), 401, 1)
	})
	t.Run("as newman does, which takes a list of qualities for none", func(t *testing.T) {
		c := newCaller(t, "digest", map[string]any{
			"username": "Mufasa", "password": "CircleOfLife", "realm": "testrealm@host.com", "qop": "auth,auth-int",
			"nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093",
		})
		c.env.Compat = true
		c.scheme = newDigest(c.env)
		signed, err := c.sign(request("GET http://www.nowhere.org/dir/index.html", ""), 0)
		got, want := headerOf(signed, "Authorization"), `algorithm="MD5", response="1949323746fe6a43ef61f9606e7febea"` // RFC 2069
		if !strings.HasSuffix(got, want) || err != nil {
			t.Errorf("Authorization = %s, %v, want it to end in %s", got, err, want)
		}
	})
	t.Run("as newman does, which never renews", func(t *testing.T) {
		s := newDigestServer("MD5", "auth")
		url := serve(t, s.check)
		c := newCaller(t, "digest", map[string]any{"username": "me", "password": "secret"})
		c.env.Compat = true
		c.scheme = newDigest(c.env)
		c.want(request("GET "+url, ""), 200, 2)
		c.want(request("GET "+url, ""), 200, 1)
		s.expired[s.nonce] = true
		c.want(request("GET "+url, ""), 401, 1)
	})
}

func TestDigestKeepsOneChallengeAnOrigin(t *testing.T) {
	one, two := newDigestServer("MD5", "auth"), newDigestServer("SHA-256", "auth")
	first, second := serve(t, one.check), serve(t, two.check)
	c := newCaller(t, "digest", map[string]any{"username": "me", "password": "secret"})
	c.want(request("GET "+first, ""), 200, 2)
	c.want(request("GET "+second, ""), 200, 2)
	c.want(request("GET "+first, ""), 200, 1)
	c.want(request("GET "+second, ""), 200, 1)
}
