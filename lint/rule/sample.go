package rule

import (
	"encoding/base64"
	"regexp"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

// isSample reports whether a value of something with a secret's name opens nothing by its
// look: the password of a documentation, digits in their order, the token of a tutorial, a
// reference to where the secret is kept. A wrong alarm makes people switch the rule off.
func isSample(name, value string) bool {
	return published[value] || isReference(value) || isTutorialToken(value) || isMonotone(value) || isSamplePassword(name, value) || isFieldName(value)
}

// published are the keys of the examples of Postman's own documentation and echo service.
//
//nolint:gochecknoglobals // a table
var published = map[string]bool{
	"D+EdQ-gs$-%@2Nu7": true, "RKCGzna7bv9YD57c": true, "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn": true, "dh37fgj492je": true,
}

// references begin a value that says where a secret is kept: "vault:…", "op://…", "arn:…",
// "${NAME}".
var (
	references = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:vault|secret|secrets|op|akv|ssm|sops|env|file|keyring|keychain|aws-sm|gcp-sm|ref\+\w+|kv)(?::|/)|^arn:|^https?://|^projects/|` +
			`^@Microsoft\.KeyVault|^\$[({A-Za-z]|^%\w+%$|^<%|^#\{`)
	})
	filePath = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:~|\.{1,2})?(?:/[a-z0-9._-]+){2,}$|^[A-Z]:\\|^[\w./-]+\.(?:pem|key|crt|p12|pfx|json|txt|env)$`)
	})
	fieldName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]+(?:[._-](?:[a-z]+|v?\d{1,3}))+$`) })
	wordSplit = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-z]+`) })
)

// isReference knows such values, and paths of files.
func isReference(value string) bool {
	return references().MatchString(value) || filePath().MatchString(value)
}

// isFieldName knows words joined by separators that say what stands in their place:
// access_token_v2.
func isFieldName(value string) bool {
	return fieldName().MatchString(value)
}

// isMonotone knows values of few different letters, and those whose letters or digits stand
// in their order: "aaaa", "abcdef123".
func isMonotone(value string) bool {
	const few = 3
	seen := map[rune]bool{}
	for _, r := range value {
		seen[r] = true
	}
	lower := strings.ToLower(value)
	for _, run := range []string{"abcdef", "012345", "987654", "qwerty", "aaaaaa"} {
		if strings.Contains(lower, run) {
			return true
		}
	}
	return len(seen) <= few
}

// isTutorialToken knows the JSON Web Token that tutorials show, by the subject of jwt.io's
// example.
func isTutorialToken(value string) bool {
	parts := strings.Split(value, ".")
	const three = 3
	if len(parts) != three || !strings.HasPrefix(value, "eyJ") {
		return false
	}
	r := claims(value)
	return r.Get("sub").String() == "1234567890" || r.Get("name").String() == "John Doe"
}

// isAnonymous knows the JSON Web Tokens that say of themselves to be nobody's, such as the key that Supabase gives to
// every page: they are made to be seen.
func isAnonymous(value string) bool {
	return claims(value).Get("role").String() == "anon"
}

// claims are what a JSON Web Token says, nothing where it is none. The token is not verified.
func claims(value string) gjson.Result {
	parts := strings.Split(value, ".")
	if len(parts) < 2 || !strings.HasPrefix(value, "eyJ") {
		return gjson.Result{}
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return gjson.Result{}
	}
	return gjson.ParseBytes(text)
}

// lived returns the time, in seconds, that a JSON Web Token was made for, 0 where it does not
// say. The token is not verified.
func lived(value string) int64 {
	r := claims(value)
	return r.Get("exp").Int() - r.Get("iat").Int()
}

// sampleWords are what the passwords of documentations, tests and first installations are made of.
const sampleWords = `password passwd passwort passord pass pwd word pw secret admin administrator root user username test tests tester testing demo
welcome hello world letmein qwerty changeme change changed change it me abc guest default foo bar baz example sample string value strong secure
safe super my new old current initial temp wrong invalid bad incorrect fake mock dummy weak short login account customer client service api key
token the a is not very long some any valid correct first second another other updated reset confirm teacher student manager employee staff owner
buyer seller vendor alice bob john jane doe postman`

//nolint:gochecknoglobals // a table
var samples = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(sampleWords) {
		words[word] = true
	}
	return words
}()

// isSamplePassword reports whether a password is made of such words, digits and signs alone.
// Keys are not judged by it: theirs are made by machines. "P@ssw0rd1" is one.
func isSamplePassword(name, value string) bool {
	low := strings.ToLower(name)
	if !strings.Contains(low, "pass") && !strings.Contains(low, "pwd") && !strings.Contains(low, "pw") {
		return false
	}
	plain := strings.ToLower(value)
	for _, leet := range [...][2]string{{"@", "a"}, {"$$", "ss"}, {"0", "o"}, {"3cret", "ecret"}, {"1ss", "iss"}} {
		plain = strings.ReplaceAll(plain, leet[0], leet[1])
	}
	for _, text := range [...]string{plain, strings.ToLower(value)} {
		if ofWords(text) {
			return true
		}
	}
	return false
}

// isDemoKey knows keys that are words which say so, with a number behind them: "DEMO_KEY9".
func isDemoKey(value string) bool {
	letters := 0
	for _, r := range value {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			letters++
		}
	}
	return letters > len(value)/2 && ofWords(strings.ToLower(value))
}

// ofWords reports whether every run of letters in a text is sample words written together,
// but for an o that was a 0.
func ofWords(text string) bool {
	found := false
	for _, letters := range wordSplit().Split(text, -1) {
		letters = strings.TrimRight(letters, "o")
		if letters == "" {
			continue
		}
		if !joinedWords(letters) && !joinedWords(letters+"o") {
			return false
		}
		found = true
	}
	return found
}

// joinedWords reports whether letters are sample words, one after another, such as
// "mypassword".
func joinedWords(letters string) bool {
	// ends[i] says that the first i letters are words.
	ends := make([]bool, len(letters)+1)
	ends[0] = true
	for i := range letters {
		if !ends[i] {
			continue
		}
		for j := i + 1; j <= len(letters); j++ {
			ends[j] = ends[j] || samples[letters[i:j]]
		}
	}
	return ends[len(letters)]
}
