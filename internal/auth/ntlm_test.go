package auth

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestMD4MatchesRFC1320AppendixA5(t *testing.T) {
	tests := map[string]string{
		"":                           "31d6cfe0d16ae931b73c59d7e0c089c0",
		"a":                          "bde52cb31de33e46245e05fbdbd6fb24",
		"abc":                        "a448017aaf21d8525fc10ae87aa6729d",
		"message digest":             "d9130a8164549fe818874806e1c7014b",
		"abcdefghijklmnopqrstuvwxyz": "d79e1c308aa5bbcdeea8ed63df412da9",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789":                   "043f8582f241db351ce627e153e7f0e4",
		"12345678901234567890123456789012345678901234567890123456789012345678901234567890": "e33b4ddc9c38f2199c3e7b164fcc0536",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			sum := md4Sum([]byte(text))
			if got := hex.EncodeToString(sum); got != want {
				t.Errorf("md4 = %s, want %s", got, want)
			}
		})
	}
}

// The values are those of [MS-NLMP] section 4.2: User, Domain, Password, and fixed challenges.
func TestNTLMMatchesTheExamplesOfMSNLMP(t *testing.T) {
	server, client := unhex(t, "0123456789abcdef"), unhex(t, "aaaaaaaaaaaaaaaa")
	info := unhex(t, "02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000")
	v2 := ntKeyV2("User", "Domain", "Password")
	zero := time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)
	temp := "01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000" + hex.EncodeToString(info) + "00000000"
	tests := map[string]struct {
		got  []byte
		want string
	}{
		"4.2.2.1.1 LMOWFv1":                            {lmKey("Password"), "e52cac67419a9a224a3b108f3fa6cb6d"},
		"4.2.2.1.2 NTOWFv1":                            {ntKey("Password"), "a4f49c406510bdcab6824ee7c30fd852"},
		"4.2.2.2.1 NTLMv1 response":                    {respondV1("Password", server).nt, "67c43011f30298a2ad35ece64f16331c44bdbed927841f94"},
		"4.2.2.2.2 LMv1 response":                      {respondV1("Password", server).lm, "98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13"},
		"4.2.3.2.1 LMv1 response in extended security": {respondSession("Password", server, client).lm, "aaaaaaaaaaaaaaaa00000000000000000000000000000000"},
		"4.2.3.2.2 NTLMv1 response in extended security": {
			respondSession("Password", server, client).nt, "7537f803ae367128ca458204bde7caf81e97ed2683267232",
		},
		"4.2.4.1.1 NTOWFv2":       {v2, "0c868a403bfd7a93a3001ef22ef02e3f"},
		"4.2.4.2.1 LMv2 response": {respondV2(v2, server, client, info, zero).lm, "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"},
		"4.2.4.2.2 NTLMv2 response": {
			respondV2(v2, server, client, info, zero).nt, "68cd0ab851e51c96aabc927bebef6a1c" + temp,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := hex.EncodeToString(test.got); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestNTLMUsesTheServersTime(t *testing.T) {
	stamp := unhex(t, "0102030405060708")
	info := append(append(unhex(t, "020002004100"), 7, 0, 8, 0), append(stamp, 0, 0, 0, 0)...)
	r := respondV2(make([]byte, 16), make([]byte, 8), make([]byte, 8), info, time.Now())
	if got := r.nt[24:32]; string(got) != string(stamp) {
		t.Errorf("timestamp = %x, want the server's %x", got, stamp)
	}
	if string(r.lm) != string(make([]byte, 24)) {
		t.Errorf("LM response = %x, want zeros ([MS-NLMP] 3.1.5.1.2)", r.lm)
	}
}

// newman 6.2.2 sent this for domain DOM and workstation WS; the bytes are those of [MS-NLMP] 2.2.1.1.
func TestNTLMNegotiateMessageIsNewmans(t *testing.T) {
	const want = "TlRMTVNTUAABAAAAB7IIogMAAwAqAAAAAgACACgAAAAFASgKAAAAD1dTRE9N"
	if got := base64.StdEncoding.EncodeToString(negotiateMessage("DOM", "WS")); got != want {
		t.Errorf("type 1 = %s, want %s", got, want)
	}
}

// newman 6.2.2 answered this challenge, which knows no extended security, with these bytes.
func TestNTLMAuthenticateMessageIsNewmans(t *testing.T) {
	const (
		give = "TlRMTVNTUAACAAAACAAIADAAAAAFAoEAMTIzNDU2NzgAAAAAAAAAAAQABAA4AAAARgBBAEsARQAAAAAA"
		want = "TlRMTVNTUAADAAAAGAAYAFoAAAAYABgAcgAAAAYABgBIAAAACAAIAE4AAAAEAAQAVgAAAAAAAACKAAAABYKIogUBKAoAAAAPRABPAE0AdQBz" +
			"AGUAcgBXAFMATeR2xyw5oq4szzXxlgbbxEzgxjcLK95dZiTYS5a9nO9CvL8JJVGK6GHxXJhrCH1T"
	)
	n := &ntlm{env: Env{Rand: &counting{}}}
	got, err := n.authenticate(account{"user", "pw", "DOM", "WS"}, "NTLM", parseChallenges("NTLM "+give))
	if got != want || err != nil {
		t.Errorf("type 3 = %s, %v\nwant %s", got, err, want)
	}
}

func TestNTLMAccount(t *testing.T) {
	tests := map[string]struct {
		params map[string]any
		want   account
	}{
		"down-level name":         {map[string]any{"username": `Dom\user`}, account{user: "user", domain: "DOM"}},
		"principal name":          {map[string]any{"username": "user@dom.example"}, account{user: "user", domain: "DOM.EXAMPLE"}},
		"both are one name":       {map[string]any{"username": `a\b@c`}, account{user: `a\b@c`}},
		"a domain keeps the name": {map[string]any{"username": "a@b", "domain": "d"}, account{user: "a@b", domain: "D"}},
		"half a name":             {map[string]any{"username": `\user`, "workstation": "ws"}, account{user: `\user`, workstation: "WS"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := ntlmAccount(newCaller(t, "ntlm", test.params).list()); got != test.want {
				t.Errorf("ntlmAccount = %+v, want %+v", got, test.want)
			}
		})
	}
}

// connKey finds the connection of a request.
type connKey struct{}

// An ntlmServer follows [MS-NLMP] 3.2.5 for User of DOMAIN, whose NTOWFv2 it knows, and binds each handshake to its
// connection, which stays signed in.
type ntlmServer struct {
	flags    uint32
	scheme   string
	states   map[net.Conn]string
	messages []byte // types received
}

func startNTLM(t *testing.T, s *ntlmServer) string {
	t.Helper()
	s.states = map[net.Conn]string{}
	server := httptest.NewUnstartedServer(s)
	server.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, connKey{}, c)
	}
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func (s *ntlmServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn := r.Context().Value(connKey{}).(net.Conn)
	deny := func(challenge string) {
		w.Header().Add("WWW-Authenticate", challenge)
		w.WriteHeader(http.StatusUnauthorized)
	}
	data, ok := strings.CutPrefix(r.Header.Get("Authorization"), s.scheme+" ")
	if !ok {
		if s.states[conn] != "in" {
			deny(s.scheme)
		}
		return
	}
	m, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(m) < 32 || string(m[:8]) != "NTLMSSP\x00" {
		deny("Bad message")
		return
	}
	s.messages = append(s.messages, m[8])
	if m[8] == 1 {
		s.states[conn] = "challenged"
		deny(s.scheme + " " + base64.StdEncoding.EncodeToString(s.challenge()))
		return
	}
	if m[8] != 3 || s.states[conn] != "challenged" || !s.proven(m) {
		deny(s.scheme)
		return
	}
	s.states[conn] = "in"
}

const serverChallenge = "\x01\x23\x45\x67\x89\xab\xcd\xef"

func (s *ntlmServer) info() string {
	return "\x02\x00\x0c\x00D\x00o\x00m\x00a\x00i\x00n\x00\x00\x00\x00\x00"
}

// challenge is type 2: no target name, the fixed challenge, and names where the flags say so.
func (s *ntlmServer) challenge() []byte {
	f := s.flags
	head := "NTLMSSP\x00\x02\x00\x00\x00" + "\x00\x00\x00\x00\x38\x00\x00\x00" +
		string([]byte{byte(f), byte(f >> 8), byte(f >> 16), byte(f >> 24)}) + serverChallenge + "\x00\x00\x00\x00\x00\x00\x00\x00"
	n := byte(len(s.info()))
	return []byte(head + string([]byte{n, 0, n, 0, 0x38, 0, 0, 0}) + "\x06\x01\xb1\x1d\x00\x00\x00\x0f" + s.info())
}

// proven recomputes the NT proof from what the message says and the key the server keeps.
func (s *ntlmServer) proven(m []byte) bool {
	field := func(at int) []byte {
		n := int(m[at]) | int(m[at+1])<<8
		offset := int(m[at+4]) | int(m[at+5])<<8
		return m[offset : offset+n]
	}
	nt := field(20)
	if string(field(36)) != "U\x00s\x00e\x00r\x00" || string(field(28)) != "D\x00O\x00M\x00A\x00I\x00N\x00" {
		return false
	}
	if s.flags&0x80000 == 0 { // [MS-NLMP] 4.2.2.2.1 has the answer for this challenge
		return hex.EncodeToString(nt) == "67c43011f30298a2ad35ece64f16331c44bdbed927841f94"
	}
	// NTOWFv2 of User, DOMAIN, Password, from its published NTOWFv1.
	ntowf, _ := hex.DecodeString("a4f49c406510bdcab6824ee7c30fd852")
	key := hmacMD5(ntowf, []byte("U\x00S\x00E\x00R\x00D\x00O\x00M\x00A\x00I\x00N\x00"))
	return string(nt[:16]) == string(hmacMD5(key, []byte(serverChallenge), nt[16:])) &&
		strings.Contains(string(nt[16:]), s.info())
}

func TestNTLMServerOfMSNLMPSignsInOnOneConnection(t *testing.T) {
	tests := map[string]*ntlmServer{
		"NTLMv2":            {flags: 0xa2898205, scheme: "NTLM"},
		"NTLMv1":            {flags: 0x00810205, scheme: "NTLM"},
		"NTLM by Negotiate": {flags: 0xa2898205, scheme: "Negotiate"},
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) {
			url := startNTLM(t, s)
			c := newCaller(t, "ntlm", map[string]any{"username": `Domain\User`, "password": "Password", "workstation": "ws"})
			c.want(request("POST "+url, "body"), 200, 3)
			c.want(request("GET "+url, ""), 200, 1)
			if got := string(s.messages); got != "\x01\x03" {
				t.Errorf("messages of types %x came, want 1 and 3", got)
			}
			c.client.CloseIdle() // a new connection needs a new proof
			c.want(request("GET "+url, ""), 200, 3)
		})
	}
}

func TestNTLMStops(t *testing.T) {
	account := map[string]any{"username": "User", "domain": "DOMAIN", "password": "wrong"}
	t.Run("when the proof is refused", func(t *testing.T) {
		c := newCaller(t, "ntlm", account)
		c.want(request("GET "+startNTLM(t, &ntlmServer{flags: 0xa2898205, scheme: "NTLM"}), ""), 401, 3)
	})
	t.Run("when retries are off", func(t *testing.T) {
		c := newCaller(t, "ntlm", account)
		c.set(map[string]any{"disableRetryRequest": true})
		c.want(request("GET "+startNTLM(t, &ntlmServer{scheme: "NTLM"}), ""), 401, 1)
	})
	t.Run("when another scheme is asked for", func(t *testing.T) {
		c := newCaller(t, "ntlm", account)
		c.want(request("GET "+startNTLM(t, &ntlmServer{scheme: "Kerberos"}), ""), 401, 1)
	})
	for name, test := range map[string]struct{ line, want string }{
		"when no challenge comes":     {"NTLM", "ntlm: server did not send NTLM type 2 message"},
		"when the challenge is short": {"NTLM TlRMTVNTUAAC", "ntlm: server did not correctly process authentication request"},
	} {
		t.Run(name, func(t *testing.T) {
			url := serve(t, func(w http.ResponseWriter, _ *http.Request, _ []byte) string {
				w.Header().Set("WWW-Authenticate", test.line)
				return "no"
			})
			c := newCaller(t, "ntlm", account)
			c.want(request("GET "+url, ""), 401, 2)
			if len(c.noticed) != 1 || c.noticed[0].Error() != test.want {
				t.Errorf("noticed %v, want %q", c.noticed, test.want)
			}
		})
	}
}

// FuzzParseChallenge holds that no message of a server makes the handshake fail in another way than by an error.
func FuzzParseChallenge(f *testing.F) {
	f.Add((&ntlmServer{flags: 0xa2898205}).challenge())
	f.Add([]byte("NTLMSSP\x00\x02\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseChallenge(b)
		if err != nil {
			return
		}
		r := respondV2(make([]byte, 16), m.server, make([]byte, 8), m.info, time.Unix(0, 0))
		if message := authenticateMessage(m, "D", "U", "W", r); len(message) < 72 {
			t.Errorf("message of %d bytes", len(message))
		}
	})
}
