package check_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
)

// A setup is one way in which somebody has set things up wrong: variables, or what answers.
type setup struct {
	name   string
	vars   []variable
	side   *side
	exit   int
	blames []string // variables that a line must call wrong, or not told
	rounds int      // of advice until all is right; 0 is one
	args   []string
}

// A variable is an entry of the environment file.
type variable struct {
	name, value string
	disabled    bool
}

// The names under which the four values and the address stand in the file.
const (
	nameID, nameSecret, nameKey, nameMSN, nameBase = "client_id", "client_secret", "Ocp-Apim-Subscription-Key", "merchantSerialNumber", "base_url"
	namePSP                                        = "PSP-ID"
)

// credentials are the four, in the order of the file.
func credentials() []string { return []string{nameID, nameSecret, nameKey, nameMSN} }

// right is the file as it should be.
func right() []variable {
	var list []variable
	for _, name := range append(credentials(), nameBase) {
		list = append(list, variable{name: name, value: rightValue(name)})
	}
	return list
}

func rightValue(name string) string {
	switch name { // the names of other kinds of keys
	case namePSP:
		return "407112"
	case "partner_client_id", "accounting_client_id":
		name = nameID
	case "partner_client_secret", "accounting_client_secret":
		name = nameSecret
	case "Ocp-Apim-Subscription-Key-PSP":
		name = nameKey
	}
	return map[string]string{
		nameID: "5d1c3a8e-7b42-4f96-a0d7-3e9b6c215f84", nameSecret: "cG9zdGhhc3RlLXRlc3QtMQ==", nameKey: "b7e4d90c1f3a4865927ad08c6e51f2b3",
		nameMSN: "740117", nameBase: "https://apitest.vipps.no",
	}[name]
}

// with is a file in which one value is another.
func with(list []variable, name, value string) []variable {
	list = slices.Clone(list)
	for i, v := range list {
		if v.name == name {
			list[i].value = value
		}
	}
	return list
}

// A damage makes a wrong value of a right one. It returns the same where it does not apply.
type damage struct {
	name string
	make func(name, value string) string
}

// damages are the kinds of damage that a value meets on its way from the portal into a file.
func damages() []damage {
	keep := func(f func(string) string) func(string, string) string {
		return func(_, value string) string { return f(value) }
	}
	around := func(before, after string) func(string, string) string {
		return func(_, value string) string { return before + value + after }
	}
	half := func(value string) int { return len(value) / 2 }
	of := func(values map[string]string) func(string, string) string {
		return func(name, value string) string {
			if other, ok := values[name]; ok {
				return other
			}
			return value
		}
	}
	list := []damage{
		{"empty", keep(func(string) string { return "" })},
		{"blank", keep(func(string) string { return "  " })},
		{"placeholder", func(name, _ string) string { return "<Go To Vipps Portal->copy the " + name + " here>" }},
		{"placeholder-without-end", func(name, _ string) string { return "<Set your " + name + " (do not store to the cloud)" }},
		{"placeholder-in-quotes", func(name, _ string) string { return `"Add received ` + name + `"` }},
		{"placeholder-word", keep(func(string) string { return "YOUR-VALUE-HERE" })},
		{"reference", keep(func(string) string { return "{{not_there}}" })},
		{"reference-in-part", func(_, value string) string { return "{{not_there}}" + value[half(value):] }},
		{"example", of(map[string]string{nameID: "fb492b5e-7907-4d83-ba20-c7fb60ca35de", nameSecret: "Y8Kteew6GE2ZmeycEt6egg==", nameKey: "0f14ebcab0ec4b29ae0cb90d91b4a84a", nameMSN: "123456"})},
		{"example-of-a-specification", of(map[string]string{nameID: "fb492b5e-7907-4d83-bc20-c7fb60ca35de", nameSecret: "Y8Kteew6GE3ZmeycEt6egg==", nameKey: "da7d5b0e18a84aeda961c0c31b75c2a9", nameMSN: "98765"})},
		{"space-before", around(" ", "")},
		{"space-behind", around("", " ")},
		{"spaces-around", around(" ", " ")},
		{"space-inside", func(_, value string) string { return value[:half(value)] + " " + value[half(value):] }},
		{"tab", around("", "\t")},
		{"line-break", around("", "\n")},
		{"line-breaks", around("\r\n", "\r\n")},
		{"byte-order-mark", around("\ufeff", "")},
		{"zero-width-space", func(_, value string) string { return value[:half(value)] + "\u200b" + value[half(value):] }},
		{"soft-hyphen", around("\u00ad", "")},
		{"right-to-left-mark", around("\u200f", "\u200e")},
		{"non-breaking-space", around("", "\u00a0")},
		{"quotes", around(`"`, `"`)},
		{"apostrophes", around("'", "'")},
		{"typographic-quotes", around("\u201c", "\u201d")},
		{"quote-at-one-end", around(`"`, "")},
		{"angle-brackets", around("<", ">")},
		{"braces", around("{{", "}}")},
		{"comma", around("", ",")},
		{"semicolon", around("", ";")},
		{"quotes-and-comma", around(`"`, `",`)},
		{"bearer", around("Bearer ", "")},
		{"name-in-front", func(name, value string) string { return name + ": " + value }},
		{"one-lost-at-the-end", keep(func(v string) string { return v[:len(v)-1] })},
		{"one-lost-at-the-start", keep(func(v string) string { return v[1:] })},
		{"cut-in-half", keep(func(v string) string { return v[:half(v)] })},
		{"one-too-many", func(_, v string) string { return v + v[len(v)-1:] }},
		{"two-exchanged", keep(func(v string) string { return v[1:2] + v[:1] + v[2:] })},
		{"letter-o", keep(func(v string) string { return strings.Replace(v, "0", "o", 1) })},
		{"capitals", keep(strings.ToUpper)},
		{"small-letters", keep(strings.ToLower)},
		{"cyrillic", keep(func(v string) string { return strings.NewReplacer("c", "\u0441", "a", "\u0430").Replace(v) })},
		{"full-width", keep(func(v string) string { return strings.ReplaceAll(v, v[:1], string(rune(v[0])+0xfee0)) })},
		{"url-encoded", keep(func(v string) string { return strings.NewReplacer("-", "%2D", "=", "%3D").Replace(v) })},
		{"html-encoded", keep(func(v string) string { return strings.NewReplacer("-", "&#45;", "=", "&#61;").Replace(v) })},
		{"base64", keep(func(v string) string { return base64.StdEncoding.EncodeToString([]byte(v)) })},
		{"pasted-twice", keep(func(v string) string { return v + v })},
		{"of-the-other-environment", of(map[string]string{nameID: "0a6b9a4d-52e0-4a37-9c1b-7d5f3e2c8b16", nameSecret: "bm90LXRoZS1yaWdodC1vbg==", nameKey: "4f6a8b2d1c9e4073b5a8d2e6f1c3907b", nameMSN: "204816"})},
		{"of-other-keys", of(map[string]string{nameID: "acc_7f3kd82hs", nameSecret: "Xy7~k2.LmN-4pQ_r8sT0uVwXyZ1aBcDeFgHiJk", nameKey: "not-a-subscription-key", nameMSN: "91234567"})},
	}
	for _, other := range credentials() {
		list = append(list, damage{"the-value-of-" + other, func(string, string) string { return rightValue(other) }})
	}
	return list
}

// damaged are the set-ups in which one value is damaged.
func damaged() []setup {
	var list []setup
	for _, name := range credentials() {
		for _, d := range damages() {
			wrong := d.make(name, rightValue(name))
			if wrong == rightValue(name) {
				continue
			}
			list = append(list, setup{name: name + "/" + d.name, vars: with(right(), name, wrong), exit: 1, blames: []string{name}})
		}
		list = append(list,
			setup{name: name + "/missing", vars: slices.DeleteFunc(right(), func(v variable) bool { return v.name == name }), exit: 1, blames: []string{name}},
			setup{name: name + "/switched-off", vars: switchedOff(name), exit: 1, blames: []string{name}},
			setup{name: name + "/twice-the-last-is-wrong", vars: append(right(), variable{name: name, value: "<later>"}), exit: 1, blames: []string{name}},
		)
		for _, other := range credentials() {
			if other > name {
				vars := with(with(right(), name, rightValue(other)), other, rightValue(name))
				list = append(list, setup{name: name + "/exchanged-with-" + other, vars: vars, exit: 1, blames: []string{name, other}})
			}
		}
	}
	return append(list, addresses()...)
}

func switchedOff(name string) []variable {
	list := right()
	for i := range list {
		list[i].disabled = list[i].name == name
	}
	return list
}

// otherKinds are the set-ups in which one value of a PSP's, a partner's or an accounting partner's keys is damaged.
func otherKinds() []setup {
	var list []setup
	for kind, names := range map[string][]string{
		"psp":        {nameID, nameSecret, "Ocp-Apim-Subscription-Key-PSP", namePSP},
		"partner":    {"partner_client_id", "partner_client_secret", nameKey},
		"accounting": {"accounting_client_id", "accounting_client_secret"},
	} {
		var whole []variable
		for _, name := range names {
			whole = append(whole, variable{name: name, value: rightValue(name)})
		}
		for _, name := range names {
			for _, d := range damages() {
				wrong := d.make(name, rightValue(name))
				if wrong == rightValue(name) {
					continue
				}
				list = append(list, setup{name: kind + "/" + name + "/" + d.name, vars: with(whole, name, wrong), exit: 1, blames: []string{name}})
			}
		}
	}
	return list
}

// addresses are the set-ups in which the address is wrong.
func addresses() []setup {
	var list []setup
	for name, address := range map[string]string{
		"empty": "", "placeholder": "<the address>", "slash": "https://apitest.vipps.no/", "path": "https://apitest.vipps.no/recurring", "http": "http://apitest.vipps.no",
		"no-scheme": "apitest.vipps.no", "space": "https://apitest.vipps.no ", "query": "https://apitest.vipps.no?x=1", "user": "https://me@apitest.vipps.no",
		"mistyped": "https://apitest.vips.no", "production": "https://api.vipps.no", "quotes": `"https://apitest.vipps.no"`, "byte-order-mark": "\ufeffhttps://apitest.vipps.no",
		"zero-width": "https://apitest.\u200bvipps.no", "documentation": "https://developer.vippsmobilepay.com", "reference": "{{host}}", "port": "https://apitest.vipps.no:8443",
	} {
		list = append(list, setup{name: "base_url/" + name, vars: with(right(), nameBase, address), exit: 1, blames: []string{nameBase}})
	}
	return list
}

// pairs are the set-ups with two faults: every two values, each damaged in a way that can be seen and in one that cannot.
func pairs() []setup {
	var list []setup
	hidden := map[string]string{nameID: "0a6b9a4d-52e0-4a37-9c1b-7d5f3e2c8b16", nameSecret: "bm90LXRoZS1yaWdodC1vbg==", nameKey: "4f6a8b2d1c9e4073b5a8d2e6f1c3907b", nameMSN: "204816"}
	for i, a := range credentials() {
		for _, b := range credentials()[i+1:] {
			for kind, values := range map[string][2]string{
				"seen-seen": {rightValue(a) + " ", `"` + rightValue(b) + `"`}, "seen-hidden": {"<" + a + " goes here>", hidden[b]},
				"hidden-seen": {hidden[a], "\ufeff" + rightValue(b)}, "hidden-hidden": {hidden[a], hidden[b]},
			} {
				vars := with(with(right(), a, values[0]), b, values[1])
				list = append(list, setup{name: fmt.Sprintf("%s+%s/%s", a, b, kind), vars: vars, exit: 1, rounds: 2})
			}
		}
	}
	return list
}

// repair does to a value what an advice says, as somebody would who reads it and has the right value before his eyes only
// where the advice sends him to look.
func repair(advice, value, name string) string {
	for _, step := range []struct {
		says string
		do   func(string) string
	}{
		{"decode the Base64", func(v string) string {
			data, err := base64.StdEncoding.DecodeString(v)
			if err != nil {
				return v
			}
			return string(data)
		}},
		{`take "Bearer" out`, func(v string) string { return strings.TrimPrefix(v, "Bearer ") }},
		{"take the name and the sign behind it out", func(v string) string { return strings.TrimSpace(v[strings.IndexAny(v, ":=")+1:]) }},
		{"take the space", func(v string) string { return strings.ReplaceAll(v, " ", "") }},
		{"take the tab", func(v string) string { return strings.ReplaceAll(v, "\t", "") }},
		{"take the line break", func(v string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(v) }},
		{"take the non-breaking space", func(v string) string { return strings.ReplaceAll(v, "\u00a0", "") }},
		{"take the byte order mark", func(v string) string { return strings.ReplaceAll(v, "\ufeff", "") }},
		{"take the invisible character", func(v string) string {
			return strings.NewReplacer("\u200b", "", "\u00ad", "", "\u200f", "", "\u200e", "").Replace(v)
		}},
		{"take the comma at the end out", func(v string) string { return strings.TrimSuffix(v, ",") }},
		{"take the semicolon at the end out", func(v string) string { return strings.TrimSuffix(v, ";") }},
		{"take the quote", func(v string) string { return strings.Trim(v, "\"'\u201c\u201d") }},
		{"take the angle brackets out", func(v string) string { return strings.Trim(v, "<>") }},
		{"take the braces out", func(v string) string { return strings.Trim(v, "{}") }},
		{"take one of the two out", func(v string) string { return v[:len(v)/2] }},
		{"encoded as in a URL", func(v string) string {
			if plain, err := url.PathUnescape(v); err == nil {
				return plain
			}
			return v
		}},
		{"encoded as in HTML", html.UnescapeString},
		{"replace character", func(v string) string {
			runes, good := []rune(v), []rune(rightValue(name))
			for i := range runes {
				if strings.Contains(advice, fmt.Sprintf("replace character %d,", i+1)) && i < len(good) {
					runes[i] = good[i]
				}
			}
			return string(runes)
		}},
	} {
		if strings.Contains(advice, step.says) {
			value = step.do(value)
		}
	}
	return value
}
