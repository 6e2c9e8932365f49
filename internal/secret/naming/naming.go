// Package naming judges names: whether what is called so holds a secret. One judgement serves headers, cookies,
// parameters of URLs, fields of forms, members of JSON and XML, variables of GraphQL, pairs of names and values, and
// variables of runs.
package naming

import (
	"slices"
	"strings"
)

// A Class says what a name holds.
type Class int

// The classes, each holding those before it.
const (
	Innocent  Class = iota
	Parameter       // a secret where it names a header, a cookie, a parameter of a URL or a field of a form: code, sid
	Secret          // a secret everywhere
)

// Names reports whether a name holds a secret wherever it stands: client_secret, x-api-key, accessToken,
// Ocp-Apim-Subscription-Key. Names that merely speak of secrets do not: token_endpoint, jwt_error, addTokenTo.
func Names(name string) bool { return Hints(name) && Judge(name) == Secret }

// NamesParameter reports whether a header, a cookie, a parameter or a field of that name holds a secret.
func NamesParameter(name string) bool { return Hints(name) && Judge(name) >= Parameter }

// Judge returns the class of a name, judged by its words in their order, in any casing and joining.
func Judge(name string) Class {
	const longest = 128 // bytes: what is longer is no name
	if len(name) > longest {
		return Innocent
	}
	list := words(name)
	if len(list) == 0 {
		return Innocent
	}
	if strings.HasPrefix(list[0], "aspsessionid") { // which goes on with letters of chance
		return Secret
	}
	v := vocabulary()
	if !slices.ContainsFunc(list, func(word string) bool { return v.last[word] }) {
		return Innocent // as most names: nothing in them is a secret
	}
	joined := strings.Join(list, " ")
	if class, ok := v.whole[joined]; ok {
		return class
	}
	end, class := lastCore(list)
	if class == Innocent {
		return Innocent
	}
	for _, word := range list[end:] {
		if v.after[word] {
			return Innocent
		}
	}
	return class
}

// lastCore finds the last words that name a secret, and returns the index behind them.
func lastCore(list []string) (end int, class Class) {
	v := vocabulary()
	for end = len(list); end > 0; end-- {
		if !v.last[list[end-1]] {
			continue
		}
		for begin := max(0, end-v.longest); begin < end; begin++ {
			class, ok := v.core[strings.Join(list[begin:end], " ")]
			if !ok || begin == 0 && end == len(list) && class == Innocent {
				continue
			}
			if begin > 0 && v.notBehind[list[begin-1]+" "+list[end-1]] {
				continue
			}
			if class == Parameter && (begin > 1 || end-begin < len(list) && !v.common[list[0]] && !v.common[list[len(list)-1]]) {
				continue // such words name a secret alone, or with a prefix that says nothing
			}
			if begin > 0 && v.before[list[0]] && end == len(list) || begin > 0 && (list[0] == "is" || list[0] == "has") {
				return 0, Innocent // hasToken, max_tokens, isPasswordSet
			}
			return end, class
		}
	}
	return 0, Innocent
}

// words returns the lower-case words of a name in any spelling; those that are written together are taken apart, plurals
// are singular.
func words(name string) (list []string) {
	for _, word := range separated(name) {
		list = append(list, apart(word)...)
	}
	for i, word := range list {
		if one, ok := strings.CutSuffix(word, "s"); ok && vocabulary().singular[one] {
			list[i] = one
		}
	}
	return list
}

// separated cuts a name at what is no letter and no digit, and where the case says that a word begins.
func separated(name string) (list []string) {
	var word []byte
	flush := func() {
		if len(word) > 0 {
			list = append(list, string(word))
			word = word[:0]
		}
	}
	last := byte(' ')
	for i := range len(name) {
		c := name[i]
		upper := c >= 'A' && c <= 'Z'
		lowerBefore := last >= 'a' && last <= 'z' || last >= '0' && last <= '9'
		lowerAfter := i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z'
		if upper && (lowerBefore || last >= 'A' && last <= 'Z' && lowerAfter && !pluralAcronym(name, i)) {
			flush()
		}
		switch {
		case upper:
			word = append(word, c|0x20)
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80:
			word = append(word, c)
		default:
			flush()
		}
		last = c
	}
	flush()
	return list
}

// pluralAcronym reports whether the capital at i ends an acronym in the plural, as in JWTs.
func pluralAcronym(name string, i int) bool {
	return name[i+1] == 's' && (i+2 == len(name) || name[i+2] < 'a' || name[i+2] > 'z')
}

// apart cuts a word that is several words of the vocabulary: accesstoken. Digits at its end are cut off.
func apart(word string) []string {
	if vocabulary().known[word] {
		return []string{word}
	}
	bare := strings.TrimRight(word, "0123456789")
	if bare != word && bare != "" {
		return append(apart(bare), word[len(bare):])
	}
	const shortest = 5
	if len(word) < shortest {
		return []string{word}
	}
	// rest[i] is a way to cut word[i:], or nil.
	rest := make([][]string, len(word)+1)
	rest[len(word)] = []string{}
	for i := len(word) - 1; i >= 0; i-- {
		for j := len(word); j > i+1; j-- { // the longest first
			if rest[j] != nil && vocabulary().known[word[i:j]] {
				rest[i] = append([]string{word[i:j]}, rest[j]...)
				break
			}
		}
	}
	if rest[0] == nil || !slices.ContainsFunc(rest[0], func(part string) bool { return len(part) > 2 }) {
		return []string{word}
	}
	return rest[0]
}
