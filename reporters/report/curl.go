package report

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"posthaste/runner/event"
)

// curlBody is the size in bytes up to which a body stands in the command itself.
const curlBody = 4 << 10

// curlText is a request as a curl command for a POSIX shell, a part a line. What was masked in the request is masked
// in the command. A mapped request goes where the map leads, so that the command reaches nobody else. A body that is too long or no text is read from a file that the reader has to make.
func curlText(q event.Request) string {
	url := cmp.Or(q.Asked, q.URL)
	parts := []string{"curl " + shellText(url)}
	if q.Method != http.MethodGet {
		parts[0] = "curl -X " + shellText(q.Method) + " " + shellText(url)
	}
	for _, h := range q.Header {
		switch strings.ToLower(h.Key) {
		case "host", "content-length", "connection", "transfer-encoding": // curl's own
		case "accept-encoding":
			parts = append(parts, "--compressed")
		default:
			parts = append(parts, "-H "+shellText(h.Key+": "+h.Value))
		}
	}
	switch {
	case q.Body.Size == 0 && len(q.Body.Data) == 0:
	case q.Body.Cut || len(q.Body.Data) > curlBody || !utf8.Valid(q.Body.Data):
		parts = append(parts, fmt.Sprintf("--data-binary @body # the body had %s", SizeText(q.Body.Size)))
	default:
		parts = append(parts, "--data-raw "+shellText(string(q.Body.Data)))
	}
	return strings.Join(parts, " \\\n  ")
}

// shellText quotes a text for a shell where it has to. Control characters, line breaks among them, need the $'…' of
// bash, zsh and POSIX 2024.
func shellText(text string) string {
	plainWord := text != "" && strings.IndexFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_-./:@%+=", r)
	}) < 0
	if plainWord {
		return text
	}
	if strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0 {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\'' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\%03o`, r)
		default:
			b.WriteRune(r)
		}
	}
	return "$'" + b.String() + "'"
}
