package cipher

import (
	"crypto/tls"
	"slices"
	"strings"
	"testing"
)

// The right sides were read off `openssl ciphers -v LIST`, as far as Go has the suites.
func TestSuites(t *testing.T) {
	tests := map[string]struct {
		list    string
		has     string // suites that are offered
		lacks   string
		unknown string
		refused bool
	}{
		"a suite":                         {list: "ECDHE-RSA-AES128-GCM-SHA256", has: "ECDHE-RSA-AES128-GCM-SHA256", lacks: "ECDHE-RSA-AES256-GCM-SHA384"},
		"a suite by its registered name":  {list: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", has: "ECDHE-RSA-AES128-GCM-SHA256", lacks: "AES128-SHA"},
		"a suite of TLS 1.3":              {list: "TLS_AES_128_GCM_SHA256"},
		"the default with a level":        {list: "DEFAULT@SECLEVEL=0", has: "ECDHE-RSA-AES128-GCM-SHA256 AES128-SHA", lacks: "RC4-SHA DES-CBC3-SHA"},
		"everything at a level":           {list: "ALL:@SECLEVEL=0", has: "AES128-SHA DES-CBC3-SHA"},
		"two properties":                  {list: "ECDHE+AESGCM", has: "ECDHE-ECDSA-AES256-GCM-SHA384", lacks: "AES128-GCM-SHA256 ECDHE-RSA-AES128-SHA"},
		"what is removed may come again":  {list: "AES128-SHA:-AES128-SHA:AES128-SHA", has: "AES128-SHA"},
		"what is forbidden does not":      {list: "AES128-SHA:!AES128-SHA:HIGH", lacks: "AES128-SHA", has: "AES256-SHA"},
		"what nobody has is left out":     {list: "HIGH:!aNULL:!PSK:+kRSA", has: "AES128-SHA"},
		"a word that OpenSSL lacks":       {list: "HIGH:NOSUCH", has: "AES128-SHA", unknown: "NOSUCH"},
		"only words that OpenSSL lacks":   {list: "NOSUCH", unknown: "NOSUCH", refused: true},
		"only a level":                    {list: "@SECLEVEL=1", refused: true},
		"only what Go lacks":              {list: "PSK:CAMELLIA"},
		"separated by commas and a space": {list: "AES128-SHA, AES256-SHA", has: "AES128-SHA AES256-SHA"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ids, unknown, ok := Suites(test.list)
			var names []string
			for _, id := range ids {
				names = append(names, openSSLName(tls.CipherSuiteName(id)))
			}
			for want := range strings.FieldsSeq(test.has) {
				if !slices.Contains(names, want) {
					t.Errorf("%s is not among %q", want, names)
				}
			}
			for not := range strings.FieldsSeq(test.lacks) {
				if slices.Contains(names, not) {
					t.Errorf("%s is among %q", not, names)
				}
			}
			if got := strings.Join(unknown, " "); got != test.unknown || ok == test.refused {
				t.Errorf("unknown %q, want %q; taken %v", got, test.unknown, ok)
			}
		})
	}
}

func TestOpenSSLName(t *testing.T) {
	for name, want := range map[string]string{
		"TLS_RSA_WITH_AES_128_CBC_SHA": "AES128-SHA", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA": "ECDHE-RSA-DES-CBC3-SHA",
	} {
		if got := openSSLName(name); got != want {
			t.Errorf("openSSLName(%q) = %q, want %q", name, got, want)
		}
	}
}
