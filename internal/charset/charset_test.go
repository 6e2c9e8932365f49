package charset

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every name that iconv-lite knows means the same here (testdata/record.mjs writes the table).
func TestNamesOfIconvLite(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "names.json"))
	if err != nil {
		t.Fatal(err)
	}
	var names map[string][2]string
	if err := json.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	for name, record := range names {
		if want, ok := strings.CutPrefix(record[1], "sha256:"); ok {
			all := make([]byte, 256)
			for c := range all {
				all[c] = byte(c)
			}
			text := Decode(all, name)
			if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s: the bytes are %q", name, text)
			}
			continue
		}
		b, err := base64.StdEncoding.DecodeString(record[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := Decode(b, name); got != record[1] {
			t.Errorf("%s: %x is %q, want %q", name, b, got, record[1])
		}
	}
	if len(names) < 400 {
		t.Errorf("there are %d names only", len(names))
	}
}

func TestDecode(t *testing.T) {
	for name, test := range map[string]struct{ give, charset, want string }{
		"letters and digits count only":     {"\xe5", "ISO8859_1", "å"},
		"case does not count":               {"\xe5", "iso-8859-1", "å"},
		"a year at the end":                 {"\xe5", "ISO_8859-1:1987", "å"},
		"latin-1 has no euro":               {"\x80", "ISO-8859-1", "\u0080"},
		"windows-1252 has":                  {"\x80", "windows-1252", "€"},
		"a code page":                       {"\x91\x9b\x86", "cp850", "æøå"},
		"its number alone":                  {"\x91\x9b\x86", "850", "æøå"},
		"IBM's name of it":                  {"\x91\x9b\x86", "IBM-850", "æøå"},
		"a code page that Go does not have": {"\xcc", "cp737", "╠"},
		"blanks and dots":                   {"\xe5", " ISO 8859.1 ", "å"},
		"ASCII is seven bits":               {"a\xe5", "us-ascii", "a\ufffd"},
		"an unknown one is UTF-8":           {"å", "x-user-defined", "å"},
		"UTF-8 that is invalid":             {"a\xe5b", "utf-8", "a\ufffdb"},
		"a mark of UTF-8":                   {"\xef\xbb\xbfå", "", "å"},
		"a mark of UTF-16":                  {"\xfe\xff\x00\xe5", "utf-16", "å"},
		"UTF-16 without a mark":             {"\x00a\x00b\x00\xe5", "utf-16", "abå"},
		"UTF-16 without a mark, the usual":  {"a\x00\xe5\x00", "UTF_16", "aå"},
		"Shift_JIS":                         {"\x93\xfa\x96{", "Shift_JIS", "日本"},
		"UTF-7 with a plus":                 {"1 +- 1 +AOU-", "UTF-7", "1 + 1 å"},
		"half a unit of UTF-16":             {"a\x00b", "utf-16le", "a"},
		"UTF-7 has seven bits":              {"a\xe5", "utf-7", "a\ufffd"},
		"a name that is part of another":    {"å", "8859", "å"},
		"two names in a row are no name":    {"å", "850 cp850", "å"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Decode([]byte(test.give), test.charset); got != test.want {
				t.Errorf("%q in %s is %q, want %q", test.give, test.charset, got, test.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"utf-7", "utf7imap", "cesu8", "utf16", "utf32", "gb18030", "shift_jis", "cp850", "viscii", "base64", "", "no such"} {
		f.Add([]byte("a+AOU-&AOU-\xe5\x93\xfa"), name)
	}
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		if got := Decode(b, name); strings.ToValidUTF8(got, "") != got {
			t.Errorf("%x in %q is %q", b, name, got)
		}
	})
}
