package recording_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"posthaste/internal/redact"
	"posthaste/runner/recording"
)

const planted = "s3cr3t/Value+that&nobody<sees>"

func secretSet() *redact.Set {
	set := &redact.Set{}
	set.Add("client_secret", planted)
	return set
}

func TestVerifyFindsASecretWhereverItStands(t *testing.T) {
	filler := func(n int) string { return strings.Repeat("x", n) }
	const window, overlap = 1 << 20, 64 << 10
	tests := map[string]struct {
		before int
		form   string
		after  int
	}{
		"at the beginning":                {0, planted, 100},
		"at the end":                      {3 * window, planted, 0},
		"across the first border":         {window - 10, planted, 100},
		"right at the border":             {window, planted, 0},
		"across a later border":           {2*window - overlap - 5, planted, 2 * window},
		"in base64, across a border":      {window - 7, base64.StdEncoding.EncodeToString([]byte("user:" + planted)), window},
		"encoded for a URL":               {50, url.QueryEscape(planted), 0},
		"escaped for JSON, with its tags": {50, strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(planted), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for form, want := range map[string]string{test.form: "client_secret", test.form[:5]: ""} {
				got, err := recording.Verify(secretSet(), strings.NewReader(filler(test.before)+form+filler(test.after)))
				if err != nil || got != want {
					t.Errorf("with %q in it Verify = %q, %v, want %q", form, got, err, want)
				}
			}
		})
	}
}

func TestVerifyLooksIntoGzip(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, "a "+planted); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := recording.Verify(secretSet(), &b); err != nil || got != "client_secret" {
		t.Errorf("Verify = %q, %v, want client_secret", got, err)
	}
}

func TestVerifyReturnsTheErrorsOfReading(t *testing.T) {
	bad := errors.New("disk on fire")
	if _, err := recording.Verify(secretSet(), iotest.ErrReader(bad)); !errors.Is(err, bad) {
		t.Errorf("Verify gives error %v, want %v", err, bad)
	}
}
