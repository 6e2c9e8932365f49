package find

import "strings"

// shapes finds what is a secret whatever it is called: JSON Web Tokens, PEM blocks, tokens
// with a prefix of their maker, users in URLs.
func (s search) shapes(text string) {
	if strings.Contains(text, "eyJ") {
		s.tokens(text)
	}
	if strings.Contains(text, pemBegin) {
		s.pem(text)
	}
	s.prefixed(text)
	if i := strings.Index(text, "://"); i >= 0 && strings.IndexByte(text[i:], '@') >= 0 {
		s.url(text) // it may have a user
	}
}

// tokens finds JSON Web Tokens, signed (three parts, RFC 7515) and encrypted ones (five, RFC
// 7516). eyJ is {" in base64, with which each begins.
func (s search) tokens(text string) {
	const shortestPart = 8
	for from := 0; ; {
		i := strings.Index(text[from:], "eyJ")
		if i < 0 {
			return
		}
		start := from + i
		end, parts, shortestOK := start, 0, true
		for {
			begin := end
			for end < len(text) && ofToken(text[end]) {
				end++
			}
			// The first two parts, header and payload, are never short; a third may be empty
			// (alg none).
			parts++
			shortestOK = shortestOK && (parts > 2 || end-begin >= shortestPart)
			if end >= len(text) || text[end] != '.' || parts == 5 {
				break
			}
			end++
		}
		from = end
		// In the middle of a word it is something else in base64.
		if parts >= 3 && shortestOK && (start == 0 || !ofToken(text[start-1])) {
			s.found("a JSON Web Token", strings.TrimRight(text[start:end], "."))
		}
	}
}

// ofToken reports whether a byte is one of base64url (RFC 4648 5), which words and prefixes
// consist of, too.
func ofToken(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// The marks of PEM (RFC 7468).
const (
	pemBegin = "-----BEGIN "
	pemEnd   = "-----END "
	pemDash  = "-----"
)

// pem finds PEM blocks but for those that are public by what they are, and adds their lines.
// A block without an end goes to the end of the text.
func (s search) pem(text string) {
	for {
		i := strings.Index(text, pemBegin)
		if i < 0 {
			return
		}
		text = text[i:]
		label, _, ok := strings.Cut(text[len(pemBegin):], pemDash)
		if !ok {
			return
		}
		end := len(text)
		if j := strings.Index(text, pemEnd); j >= 0 {
			end = j + len(pemEnd)
			if k := strings.Index(text[end:], pemDash); k >= 0 {
				end += k + len(pemDash)
			}
		}
		block := text[:end]
		text = text[end:]
		if strings.Contains(label, "CERTIFICATE") || strings.Contains(label, "PUBLIC KEY") || strings.Contains(label, "PARAMETERS") {
			continue
		}
		s.found("a PEM block", block)
		pemLines(block, s.found)
	}
}

// pemLines finds the lines of a PEM block that say something: neither marks nor headers. Each
// may appear by itself where a report breaks lines.
func pemLines(block string, found Found) {
	const shortestLine = 12
	block = strings.NewReplacer(`\r`, "\n", `\n`, "\n").Replace(block) // where it stands in a string of a program
	for line := range strings.FieldsFuncSeq(block, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = strings.TrimSpace(line)
		if len(line) >= shortestLine && !strings.HasPrefix(line, pemDash) && !strings.Contains(line, ": ") {
			found("a line of a PEM block", line)
		}
	}
}

// A maker puts a prefix before its tokens, behind which least characters follow at least, so
// that a word which begins alike is left alone.
type maker struct {
	prefix string
	least  int
}

// makers are those that are known, by the first byte of their prefix: GitHub, GitLab, Slack,
// Stripe, Postman, Google, npm, PyPI, DigitalOcean, SendGrid, Shopify, Vault, Anthropic,
// OpenAI.
//
//nolint:gochecknoglobals // a table
var makers = byFirst([]maker{
	{"ghp_", 30},
	{"gho_", 30},
	{"ghs_", 30},
	{"ghu_", 30},
	{"ghr_", 30},
	{"github_pat_", 30},
	{"glpat-", 20},
	{"xoxb-", 10},
	{"xoxp-", 10},
	{"xoxa-", 10},
	{"xoxr-", 10},
	{"xoxs-", 10},
	{"sk_live_", 16},
	{"rk_live_", 16},
	{"sk_test_", 16},
	{"PMAK-", 59},
	{"AIza", 35},
	{"npm_", 36},
	{"pypi-", 50},
	{"dop_v1_", 64},
	{"SG.", 60},
	{"shpat_", 32},
	{"hvs.", 24},
	{"sk-ant-", 40},
	{"sk-proj-", 40},
})

// byFirst sorts the makers by the first byte of their prefix.
func byFirst(list []maker) (table [256][]maker) {
	for _, m := range list {
		table[m.prefix[0]] = append(table[m.prefix[0]], m)
	}
	return table
}

// prefixed finds tokens by the prefix of their maker, such as ghp_. A prefix inside of a word
// is no prefix.
func (s search) prefixed(text string) {
	// The shortest token has ten characters behind a prefix of five.
	const shortest = 14
	for i := 0; i+shortest <= len(text); i++ {
		if glance[text[i]]&prefix == 0 || i > 0 && ofToken(text[i-1]) { // within a word
			continue
		}
		for _, m := range makers[text[i]] {
			if strings.HasPrefix(text[i:], m.prefix) {
				s.made(m, text, i)
			}
		}
	}
}

// made takes a token if it is as long as its maker's are; a word that only begins alike is
// shorter. Tokens whose prefix has a full stop may have more of them.
func (s search) made(m maker, text string, start int) {
	end := start + len(m.prefix)
	for end < len(text) && (ofToken(text[end]) || text[end] == '.' && m.prefix[len(m.prefix)-1] == '.') {
		end++
	}
	if end-start-len(m.prefix) >= m.least {
		s.found("a token", text[start:end])
	}
}
