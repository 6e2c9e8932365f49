package runner

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/script"
)

// folder lets bodies name the files of one folder.
type folder struct{ *os.Root }

func (f folder) Open(name string) (fs.File, error) { return f.Root.Open(name) }

// A sentRequest is what a server got.
type sentRequest struct {
	host   string
	header http.Header
	query  string
	body   []byte
}

// receiver keeps what it gets. It challenges once with Digest or NTLM those that its path names.
func receiver(t *testing.T) (base string, take func() []sentRequest) {
	t.Helper()
	var mu sync.Mutex
	var got []sentRequest
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		got = append(got, sentRequest{r.Host, r.Header.Clone(), r.URL.RawQuery, body})
		mu.Unlock()
		if r.URL.Path == "/digest" && r.Header.Get("Authorization") == "" {
			w.Header().Set("WWW-Authenticate", `Digest realm="r", nonce="n", qop="auth-int"`)
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, func() []sentRequest {
		mu.Lock()
		defer mu.Unlock()
		list := got
		got = nil
		return list
	}
}

// bodies are one body of each mode, with text beyond ASCII.
func bodies() map[string]string {
	return map[string]string{
		"none":       ``,
		"raw":        `{"mode":"raw","raw":"blåbær"}`,
		"json":       `{"mode":"raw","raw":"{\"a\":1 /* æ */}","options":{"raw":{"language":"json"}}}`,
		"urlencoded": `{"mode":"urlencoded","urlencoded":[{"key":"å","value":"ø &"}]}`,
		"graphql":    `{"mode":"graphql","graphql":{"query":"{ æ }"}}`,
		"form-data":  `{"mode":"formdata","formdata":[{"key":"a","value":"æ","type":"text"}]}`,
		"form-data with a file": `{"mode":"formdata","formdata":[{"key":"a","value":"æ","type":"text"},` +
			`{"key":"f","type":"file","src":"å.bin"}]}`,
		"file": `{"mode":"file","file":{"src":"å.bin"}}`,
	}
}

// signatures are the schemes, by a name that a reader knows, with a check of what a signature says of the body: nil where it says
// nothing.
func signatures() map[string]struct {
	params string
	check  func(r sentRequest) string // "" when it is right
} {
	type signature = struct {
		params string
		check  func(r sentRequest) string
	}
	s3 := func(r sentRequest) string {
		sum := sha256.Sum256(r.body)
		return differ(r.header.Get("X-Amz-Content-Sha256"), hex.EncodeToString(sum[:]))
	}
	const aws = `{"key":"accessKey","value":"k"},{"key":"secretKey","value":"s"},{"key":"service","value":"s3"}`
	const oauth1 = `{"key":"consumerKey","value":"k"},{"key":"consumerSecret","value":"s"}`
	return map[string]signature{
		"noauth":           {},
		"basic":            {params: `{"key":"username","value":"u"},{"key":"password","value":"p"}`},
		"bearer":           {params: `{"key":"token","value":"t"}`},
		"apikey":           {params: `{"key":"key","value":"X-Key"},{"key":"value","value":"v"}`},
		"apikey in query":  {params: `{"key":"key","value":"ø"},{"key":"value","value":"v#w"},{"key":"in","value":"query"}`, check: func(r sentRequest) string { return differ(r.query, "q=%C3%A6&%C3%B8=v%23w") }},
		"oauth2":           {params: `{"key":"accessToken","value":"t"}`},
		"oauth2 in query":  {params: `{"key":"accessToken","value":"t"},{"key":"addTokenTo","value":"queryParams"}`},
		"jwt":              {params: `{"key":"algorithm","value":"HS256"},{"key":"secret","value":"s"},{"key":"payload","value":"{}"}`},
		"asap":             {params: `{"key":"issuer","value":"i"}`},
		"ntlm":             {params: `{"key":"username","value":"u"},{"key":"password","value":"p"}`},
		"awsv4":            {params: aws, check: s3},
		"awsv4 in query":   {params: aws + `,{"key":"addAuthDataToQuery","value":true}`},
		"digest":           {params: `{"key":"username","value":"u"},{"key":"password","value":"p"}`, check: digestBody},
		"hawk":             {params: `{"key":"authId","value":"i"},{"key":"authKey","value":"k"},{"key":"includePayloadHash","value":true}`, check: hawkBody},
		"edgegrid":         {params: `{"key":"accessToken","value":"a"},{"key":"clientToken","value":"c"},{"key":"clientSecret","value":"s"}`, check: edgeGridBody},
		"oauth1":           {params: oauth1 + `,{"key":"addParamsToHeader","value":true},{"key":"includeBodyHash","value":true}`, check: oauth1Body},
		"oauth1 elsewhere": {params: oauth1},
	}
}

func differ(got, want string) string {
	if got == want {
		return ""
	}
	return fmt.Sprintf("it signs %q, and %q is right", got, want)
}

// field is a field of an Authorization header.
func field(r sentRequest, name string) string {
	m := regexp.MustCompile(`[ ,]` + name + `="?([^",]*)`).FindStringSubmatch(r.header.Get("Authorization"))
	if m == nil {
		return ""
	}
	return m[1]
}

func digestBody(r sentRequest) string {
	if r.header.Get("Authorization") == "" {
		return "" // the try before the challenge
	}
	sum := func(text string) string { return fmt.Sprintf("%x", md5.Sum([]byte(text))) }
	right := sum(strings.Join([]string{
		sum("u:r:p"), "n", field(r, "nc"), field(r, "cnonce"), "auth-int",
		sum("POST:" + field(r, "uri") + ":" + sum(string(r.body))),
	}, ":"))
	return differ(field(r, "response"), right)
}

func hawkBody(r sentRequest) string {
	kind, _, _ := strings.Cut(r.header.Get("Content-Type"), ";")
	sum := sha256.Sum256([]byte("hawk.1.payload\n" + kind + "\n" + string(r.body) + "\n"))
	if len(r.body) == 0 {
		return differ(field(r, "hash"), "")
	}
	return differ(field(r, "hash"), base64.StdEncoding.EncodeToString(sum[:]))
}

func edgeGridBody(r sentRequest) string {
	mac := func(key, text string) string {
		m := hmac.New(sha256.New, []byte(key))
		m.Write([]byte(text))
		return base64.StdEncoding.EncodeToString(m.Sum(nil))
	}
	hash := ""
	if len(r.body) > 0 {
		sum := sha256.Sum256(r.body)
		hash = base64.StdEncoding.EncodeToString(sum[:])
	}
	said, signature, _ := strings.Cut(r.header.Get("Authorization"), "signature=")
	_, stamp, _ := strings.Cut(said, "timestamp=")
	stamp, _, _ = strings.Cut(stamp, ";")
	right := mac(mac("s", stamp), strings.Join([]string{"POST", "http", r.host, "/edgegrid?" + r.query, "", hash, said}, "\t"))
	return differ(signature, right)
}

func oauth1Body(r sentRequest) string {
	if strings.HasPrefix(r.header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return differ(field(r, "oauth_body_hash"), "") // its parameters are signed one by one
	}
	sum := sha1.Sum(r.body)
	said, err := url.PathUnescape(field(r, "oauth_body_hash"))
	if err != nil {
		return err.Error()
	}
	return differ(said, base64.StdEncoding.EncodeToString(sum[:]))
}

// Each try of a request is prepared once, whatever its body and its authentication, and what is signed is what is sent.
func TestEachRequestIsPreparedOnceAndSignedAsItIsSent(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "å.bin"), []byte{0, 0xff, 'x'}, 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	base, take := receiver(t)
	known := map[string]bool{}
	for scheme, signature := range signatures() {
		typ, _, _ := strings.Cut(scheme, " ")
		known[typ] = true
		for mode, body := range bodies() {
			t.Run(scheme+", "+mode, func(t *testing.T) {
				request := fmt.Sprintf(`{"method":"POST","url":"%s/%s?q=æ","auth":{"type":"%s","%s":[%s]}`, base, typ, typ, typ, signature.params)
				if body != "" {
					request += `,"body":` + body
				}
				r := prepareRun(t, `{"info":{"name":"C"},"item":[{"name":"r","request":`+request+`}}]}`, folder{root})
				script.Drive(func(d *script.Driver) {
					r.sandbox.Drive(d)
					r.whole(t.Context())
				})
				got := take()
				want := int64(1)
				if typ == "digest" || typ == "ntlm" {
					want = int64(len(got)) // each try is a request
				}
				if len(got) == 0 || int64(len(got)) != want {
					t.Fatalf("%d requests went out, want %d", len(got), want)
				}
				built := want
				if body == "" {
					built = 0
				}
				c := r.client.Counts()
				if c.URLs.Load() != want || c.Bodies.Load() != built || c.Finished.Load() != want {
					t.Errorf("%d URLs, %d bodies and %d requests were prepared, want %d, %d and %d",
						c.URLs.Load(), c.Bodies.Load(), c.Finished.Load(), want, built, want)
				}
				for _, request := range got {
					if signature.check == nil {
						continue
					}
					if wrong := signature.check(request); wrong != "" {
						t.Errorf("with the body %q %s", request.body, wrong)
					}
				}
			})
		}
	}
	for _, typ := range auth.Types() {
		if !known[typ] {
			t.Errorf("no request of this test has authentication of type %s", typ)
		}
	}
}

// prepareRun makes a run of a collection that reads bodies from files.
func prepareRun(t *testing.T, text string, files Files) *run {
	t.Helper()
	c, err := collection.Parse("c.json", []byte(text), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRun(Options{Collection: c, Network: Network{Files: files}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.release(); r.client.CloseIdle() })
	return r
}
