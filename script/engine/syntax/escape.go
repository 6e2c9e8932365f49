package syntax

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"posthaste/script/engine/failure"
)

// What stands before the place of an error, where that decides what V8 says.
var (
	afterRest       = regexp.MustCompile(`[(,]\s*\.\.\.\s*(?:[\w$]+|[\[{].*)\s*$`)
	argumentsOpen   = regexp.MustCompile(`[\w$\])]\s*\([^()]*$`) // a call whose bracket is open
	statementOpen   = regexp.MustCompile(`\b(?:if|while|for|switch|return|typeof|void|await|of|in)\s*\([^()]*$`)
	endsWithLet     = regexp.MustCompile(`(?:\)|\belse|\bdo|:)\s*let\s+$`)
	severalDeclared = regexp.MustCompile(`\bfor\s*\(\s*(?:let|const|var)\s[^;)]*,[^;)]*$`)
)

// wordedByPlace words a message by what stands at its place, or before it.
func wordedByPlace(m, rest string, f *failure.Fault) (text string, ok bool) {
	switch {
	case m == "Unexpected token ILLEGAL":
		return illegal(rest), true
	case strings.HasPrefix(m, "invalid escape: "):
		return escapeText(strings.TrimPrefix(m, "invalid escape: ")), true
	case m == "Octal escape sequences are not allowed in this context" && strings.Contains(f.Source, "`"):
		return "Octal escape sequences are not allowed in template strings.", true
	case strings.HasPrefix(m, "Logical expressions and coalesce expressions cannot be mixed"):
		return mixed(f, rest), true
	case m == "Unexpected token ," && afterRest.MatchString(before(f)):
		return "Rest parameter must be last formal parameter", true
	case m == "Unexpected identifier" && endsWithLet.MatchString(before(f)):
		return "Lexical declaration cannot appear in a single-statement context", true
	case m == "Async functions can only be declared at top level or inside a block.":
		return "Async functions can only be declared at the top level or inside a block.", true
	case m == "for-in loop variable declaration may not have an initializer":
		if strings.Contains(f.Source, " of ") && !strings.Contains(f.Source, " in ") {
			return "for-of loop variable declaration may not have an initializer.", true
		}
		return m + ".", true
	case m == "Unexpected identifier" && failure.Word(rest) == "of" && severalDeclared.MatchString(before(f)):
		return "Invalid left-hand side in for-of loop: Must have a single binding.", true
	case m == "Lexical declaration cannot appear in a single-statement context" && failure.Word(rest) == "const":
		return "Unexpected token 'const'", true
	}
	return "", false
}

// before is the line of a fault up to its place.
func before(f *failure.Fault) string {
	if f.Col < 1 || f.Col > len(f.Source)+1 {
		return ""
	}
	return f.Source[:f.Col-1]
}

// illegal words what is wrong with a text literal, or with what is no token at all.
func illegal(rest string) string {
	if rest == "" || strings.IndexByte("'\"`", rest[0]) < 0 {
		return "Invalid or unexpected token"
	}
	literal := rest[1:]
	if end := quotedEnd(rest, 0); end < len(rest) {
		literal = rest[1:end]
	}
	for i := 0; i+1 < len(literal); i++ {
		if literal[i] != '\\' {
			continue
		}
		i++
		switch rest := literal[i+1:]; {
		case literal[i] == 'x' && hexDigits(rest, 2) < 2:
			return "Invalid hexadecimal escape sequence"
		case literal[i] == 'u' && strings.HasPrefix(rest, "{"):
			digits := hexDigits(rest[1:], len(rest))
			if digits == 0 || !strings.HasPrefix(rest[1+digits:], "}") {
				return "Invalid Unicode escape sequence"
			}
			if n, err := strconv.ParseUint(rest[1:1+digits], 16, 64); err != nil || n > unicode.MaxRune {
				return "Undefined Unicode code-point"
			}
		case literal[i] == 'u' && hexDigits(rest, 4) < 4:
			return "Invalid Unicode escape sequence"
		}
	}
	return "Invalid or unexpected token"
}

// hexDigits counts the digits that a text begins with, up to most.
func hexDigits(s string, most int) int {
	n := 0
	for n < len(s) && n < most && strings.IndexByte("0123456789abcdefABCDEF", s[n]) >= 0 {
		n++
	}
	return n
}

// escapeText words what is wrong with an escape in a template.
func escapeText(m string) string {
	if strings.HasPrefix(m, `\x`) {
		return "Invalid hexadecimal escape sequence"
	}
	return "Invalid Unicode escape sequence"
}

// mixed names the operator that may not follow the one before it. The engine's place is "??" in "a && b ?? c", where that is
// the one, and in "a ?? b && c" as well.
func mixed(f *failure.Fault, rest string) string {
	if argumentsOpen.MatchString(before(f)) && !statementOpen.MatchString(before(f)) {
		return "missing ) after argument list"
	}
	for _, operator := range []string{"||", "&&"} {
		if strings.HasPrefix(rest, operator) {
			return "Unexpected token '" + operator + "'"
		}
	}
	if !logicalBefore(before(f)) {
		if at := strings.Index(rest, "&&"); at >= 0 {
			return "Unexpected token '&&'"
		}
	}
	return "Unexpected token '??'"
}

// logicalBefore says whether the operand that ends a text has && or || in it, outside of brackets.
func logicalBefore(text string) bool {
	depth := 0
	for i := len(text) - 1; i > 0; i-- {
		switch c := text[i]; {
		case strings.IndexByte(")]}", c) >= 0:
			depth++
		case strings.IndexByte("([{", c) >= 0:
			if depth--; depth < 0 {
				return false
			}
		case depth > 0:
		case c == text[i-1] && (c == '&' || c == '|'):
			return true
		case strings.IndexByte(";,:", c) >= 0, c == '=' && strings.IndexByte("=!<>", text[i-1]) < 0 && (i+1 == len(text) || text[i+1] != '='):
			return false
		}
	}
	return false
}
