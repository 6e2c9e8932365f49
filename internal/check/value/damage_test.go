package value

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// secretLike is the shape of a client secret.
func secretLike(text string) bool {
	return len(text) == 24 && strings.HasSuffix(text, "==") && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == ""
}

func TestDamagesAreMended(t *testing.T) {
	const right = "cG9zdGhhc3RlLXRlc3QtMQ=="
	tests := map[string]struct{ text, what, do string }{
		"a space at the end":         {right + " ", "a space at the end", "take the space at the end out"},
		"a space at both ends":       {" " + right + " ", "a space at both ends", "take the space at both ends out"},
		"a space inside":             {right[:5] + " " + right[5:], "a space at character 6", "take the space at character 6 out"},
		"a line break":               {right + "\r\n", "a line break at the end", "take the line break at the end out"},
		"a byte order mark":          {"\ufeff" + right, "a byte order mark at the beginning", "take the byte order mark at the beginning out"},
		"a zero-width space":         {right[:3] + "\u200b" + right[3:], "an invisible character at character 4", "take the invisible character at character 4 out"},
		"quotes":                     {`"` + right + `"`, "quotes around it", "take the quotes out"},
		"typographic quotes":         {"\u201c" + right + "\u201d", "typographic quotes", "take the quotes out"},
		"brackets":                   {"<" + right + ">", "the angle brackets of the placeholder", "take the angle brackets out"},
		"Bearer":                     {"Bearer " + right, `the word "Bearer" in front`, `take "Bearer" out`},
		"a name":                     {"client_secret: " + right, "a name and a colon in front", "take the name and the sign behind it out"},
		"a name as in a shell":       {"client_secret=" + right, "a name and an equals sign in front", ""},
		"a comma":                    {right + ",", "a comma at the end", "take the comma at the end out"},
		"as in a URL":                {strings.ReplaceAll(right, "=", "%3D"), "characters encoded as in a URL, from character 23 (%3D)", `decode what is encoded as in a URL (%3D becomes "=")`},
		"as in HTML":                 {strings.ReplaceAll(right, "=", "&#61;"), "characters encoded as in HTML, from character 23 (&..;)", ""},
		"a Cyrillic letter":          {strings.Replace(right, "c", "\u0441", 1), "a Cyrillic letter at character 1 that only looks like ASCII", "replace character 1, a Cyrillic letter, by the Latin letter, digit or sign that it looks like"},
		"full-width signs":           {strings.Replace(right, "==", "\uff1d\uff1d", 1), "a full-width character at character 23 that only looks like ASCII", ""},
		"Base64 once more":           {"Y0c5emRHaGhjM1JsTFhSbGMzUXRNUT09", "encoded in Base64 once more", "decode the Base64 around it"},
		"twice":                      {right + right, "the value twice, one behind the other", "take one of the two out"},
		"two kinds at once":          {`"` + right + ` "`, "a space at character 26", ""},
		"nothing":                    {right, "", ""},
		"a letter of another tongue": {"\u00f8" + right[1:], "a letter or sign at character 1 that is not ASCII", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			list, repaired := Damages(test.text, secretLike)
			if test.what == "" {
				if len(list) > 0 {
					t.Errorf("it has %v", list)
				}
				return
			}
			if len(list) == 0 || list[0].What != test.what || test.do != "" && list[0].Do != test.do {
				t.Fatalf("it has %+v, want %q, %q", list, test.what, test.do)
			}
			if repaired != right && name != "a letter of another tongue" {
				t.Errorf("repaired, it is %q", repaired)
			}
		})
	}
}

func FuzzDamages(f *testing.F) {
	for _, text := range []string{"", " a", "\u200b", "%3D%3", "&#61;", "{{a}}", "Bearer ", "<", "a:b", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, repaired := Damages(text, secretLike)
		if len(list) == 0 && utf8.ValidString(text) && strings.TrimSpace(text) != text {
			t.Errorf("nothing is said of the blanks around %q", text)
		}
		for _, d := range list {
			if len(d.What) > 90 || len(d.Do) > 120 {
				t.Errorf("%q says too much of %q", d, text)
			}
		}
		if again, _ := Damages(repaired, secretLike); len(list) > 0 && len(list) < 8 && list[len(list)-1].Do != "" && len(again) > 0 {
			t.Errorf("%q is repaired to %q, which has %v", text, repaired, again)
		}
	})
}
