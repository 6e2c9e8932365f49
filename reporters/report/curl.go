package report

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"posthaste/runner/event"
)

// curlBody is the size in bytes up to which a body stands in the command itself.
const curlBody = 4 << 10

// A curl is a request as a command for a POSIX shell while it is made.
type curl struct {
	parts []string // a part a line
	feed  string   // a command whose output is the body, "" for none
	names []string // of the shell variables that stand for what was masked
}

// curlOf makes the command that sends a request again. It has what the user wrote and what the server needs; what every
// client adds is left to curl. A mapped request goes where the map leads, so that the command reaches nobody else. A value
// that was masked is a shell variable, which the reader sets. A body that is too long is read from a file that the reader
// makes.
func curlOf(q event.Request) *curl {
	c := &curl{}
	url := cmp.Or(q.Asked, q.URL)
	command := "curl "
	hasBody := q.Body.Size > 0 || len(q.Body.Data) > 0
	switch {
	case q.Method == http.MethodHead && !hasBody:
		command += "--head " // -X HEAD would wait for a body
	case q.Method != http.MethodGet || hasBody:
		command += "-X " + shellText(q.Method) + " "
	}
	if strings.ContainsAny(url, "[]{}") {
		command += "--globoff " // they are no patterns
	}
	if strings.Contains(url, "/./") || strings.Contains(url, "/../") {
		command += "--path-as-is "
	}
	c.parts = append(c.parts, command+c.word("", url))
	c.header(q.Header, hasBody)
	if hasBody {
		c.body(q.Body)
	}
	return c
}

// String is the command, a part a line.
func (c *curl) String() string {
	return c.feed + strings.Join(c.parts, " \\\n  ")
}

// header adds the header lines that the command needs.
func (c *curl) header(lines []event.Header, hasBody bool) {
	typed := false
	for _, h := range lines {
		name := strings.ToLower(h.Key)
		typed = typed || name == "content-type"
		switch {
		case slices.Contains([]string{"content-length", "connection", "transfer-encoding"}, name):
		case h.System && slices.Contains([]string{"host", "user-agent", "accept", "accept-encoding", "cache-control", "postman-token"}, name):
		case name == "accept-encoding":
			c.parts = append(c.parts, "-H "+c.word(h.Key, h.Key+": "+h.Value), "--compressed")
		case strings.TrimSpace(h.Value) == "":
			c.parts = append(c.parts, "-H "+shellText(h.Key+";")) // with a colon curl would drop the line
		default:
			c.parts = append(c.parts, "-H "+c.word(h.Key, h.Key+": "+h.Value))
		}
	}
	if hasBody && !typed {
		c.parts = append(c.parts, "-H Content-Type:") // else curl says that it is a form
	}
}

// body adds the body: in the command where a shell can hold it, decoded by base64 where it is no text.
func (c *curl) body(b event.Body) {
	text := utf8.Valid(b.Data) && !bytes.ContainsRune(b.Data, 0)
	masked := bytes.Contains(b.Data, []byte(maskText))
	switch {
	case b.Cut || len(b.Data) == 0 || len(b.Data) > curlBody || !text && masked:
		c.parts = append(c.parts, fmt.Sprintf("--data-binary @body # the body had %s", SizeText(b.Size)))
	case !text:
		c.feed = "printf %s " + base64.StdEncoding.EncodeToString(b.Data) + " | base64 -d | "
		c.parts = append(c.parts, "--data-binary @-")
	default:
		c.parts = append(c.parts, "--data-raw "+c.word("", string(b.Data)))
	}
}

// maskText is what stands in the place of a secret, and at least as many asterisks as any report shows for one.
const maskText = "*****"

// word quotes a text in which values may be masked. Each becomes a shell variable: that of the given name, or else of
// the name that stands before it, as in {"client_secret":"******"} or ?code=******.
func (c *curl) word(name, text string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, maskText)
		if i < 0 {
			break
		}
		before := text[:i]
		text = strings.TrimLeft(text[i:], "*")
		if before != "" {
			b.WriteString(shellText(before))
		}
		v := variableName(cmp.Or(name, nameBefore(before)))
		if !slices.Contains(c.names, v) {
			c.names = append(c.names, v)
		}
		b.WriteString(`"$` + v + `"`)
	}
	if text != "" || b.Len() == 0 {
		b.WriteString(shellText(text))
	}
	return b.String()
}

// nameBefore is the last word of a text behind which a value stands, such as client_secret in {"client_secret":".
func nameBefore(text string) string {
	text = strings.TrimRight(text, " \t\r\n\"'\\")
	for _, scheme := range []string{"Bearer", "Basic", "Token"} {
		text = strings.TrimRight(strings.TrimSuffix(text, scheme), " \"'\\")
	}
	if !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "=") {
		return ""
	}
	text = strings.TrimRight(text, ":= \t\"'\\")
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !wordRune(r) })+1:]
}

func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.'
}

// variableName is a name as that of a shell variable: client_secret and X-Api-Key are CLIENT_SECRET and X_API_KEY.
func variableName(name string) string {
	v := strings.Map(func(r rune) rune {
		if !wordRune(r) || r == '-' || r == '.' {
			return '_'
		}
		return r
	}, strings.ToUpper(name))
	if v = strings.Trim(v, "_"); v == "" || v[0] <= '9' || v == "PATH" || v == "IFS" {
		return "SECRET"
	}
	return v
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

// curlText is the command below a line that says what it is for, and which variables it needs. goos is the system of the
// reader: nothing of Windows' own reads such quotes.
func curlText(q event.Request, goos string) string {
	c := curlOf(q)
	head := "to send it again"
	if goos == "windows" {
		head += ", in Git Bash or WSL"
	}
	if len(c.names) > 0 {
		head += ", with your " + strings.Join(c.names, ", ")
	}
	return head + ":\n" + indentLines(c.String(), "    ")
}
