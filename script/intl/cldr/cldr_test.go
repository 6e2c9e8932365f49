package cldr

import "testing"

func TestEveryFileReads(t *testing.T) {
	for _, code := range CarriedLanguages() {
		l := Find(code)
		if l == nil || l.Text("df.full") == "" || l.Text("dec.latn") == "" {
			t.Errorf("%s has no date or number pattern", code)
		}
	}
	if len(CarriedLanguages()) < 40 {
		t.Errorf("%d languages, want 40 at least", len(CarriedLanguages()))
	}
	if len(TimeZones().Metazones.Zones) < 400 || len(Rules().Available) < 500 {
		t.Error("the supplement is not whole")
	}
}

func TestFind(t *testing.T) {
	tests := map[string]string{
		"nb-NO": "nb", "en-GB": "en-GB", "en-US": "en", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant-HK", "zh-CN": "zh-Hans", "sr-RS": "sr-Cyrl",
		"pt-BR": "pt", "es-MX": "es-MX", "sr-Latn-RS": "sr-Latn", "en-XA": "en", "de-LU": "de-LU",
	}
	for tag, want := range tests {
		if got := Find(tag); got == nil || got.Tag != want {
			t.Errorf("Find(%s) = %v, want %s", tag, got, want)
		}
	}
	if Find("xx") != nil {
		t.Error("an unknown language has data")
	}
}

func TestTags(t *testing.T) {
	tests := map[string]string{
		"EN-us": "en-US", "zh-hANT-tw": "zh-Hant-TW", "iw": "he", "en-u-nu-latn-ca-gregory": "en-u-ca-gregory-nu-latn", "de-x-a": "de-x-a",
		"sl-ROZAJ-biske": "sl-biske-rozaj", "en-u-kn-true": "en-u-kn", "mo": "ro", "en-t-fr-u-nu-latn": "en-t-fr-u-nu-latn", "cmn": "zh", "sh": "sr-Latn",
	}
	for give, want := range tests {
		got, ok := Valid(give)
		if !ok || got.Canonical().String() != want {
			t.Errorf("%s = %s %v, want %s", give, got.Canonical(), ok, want)
		}
	}
	for _, bad := range []string{"", "a", "en_US", "en-", "123", "en-u", "en-a-bb-a-cc", "i-klingon", "en-US-", "abcd", "sl-rozaj-rozaj"} {
		if _, ok := Valid(bad); ok {
			t.Errorf("%q is taken for a tag", bad)
		}
	}
	if got := Maximize(Parse("nb")).String(); got != "nb-Latn-NO" {
		t.Errorf("nb is most likely %s", got)
	}
	if got := Minimize(Parse("zh-Hant-TW")).String(); got != "zh-TW" {
		t.Errorf("zh-Hant-TW is %s at its shortest", got)
	}
}

func TestPlurals(t *testing.T) {
	tests := []struct {
		locale, integer, fraction, want string
		ordinal                         bool
	}{
		{"en", "1", "", "one", false},
		{"en", "1", "0", "other", false},
		{"en", "2", "", "two", true},
		{"en", "13", "", "other", true},
		{"pl", "3", "", "few", false},
		{"pl", "12", "", "many", false},
		{"ru", "21", "", "one", false},
		{"ar", "0", "", "zero", false},
		{"ar", "103", "", "few", false},
		{"fr", "1", "5", "one", false},
		{"ja", "1", "", "other", false},
		{"lv", "0", "1", "one", false},
		{"pt-PT", "0", "", "other", false},
		{"pt", "0", "", "one", false},
	}
	for _, test := range tests {
		if got := Plural(test.locale, test.ordinal, Number{Integer: test.integer, Fraction: test.fraction}); got != test.want {
			t.Errorf("%s %s.%s = %s, want %s", test.locale, test.integer, test.fraction, got, test.want)
		}
	}
}
