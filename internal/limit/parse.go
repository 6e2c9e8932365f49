package limit

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A SyntaxError says where a limit cannot be read.
type SyntaxError struct {
	Text   string
	Column int // 1-based, in characters
	Want   string
}

// Error names the column and what was expected there.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%q: column %d: expected %s", e.Text, e.Column, e.Want)
}

// longest is how many bytes a limit may have, and an amount in it.
const (
	longest       = 1000
	longestNumber = 30
)

// Parse reads "POST */payments: amount.value each <= 20000, total <= 100000": a method or "*", a glob on the path, the
// path of an amount in a JSON body, and one or both bounds. A bound is a number of 0 or more.
func Parse(text string) (*Limit, error) {
	s := &scanner{text: text}
	l := &Limit{Text: text}
	if len(text) > longest {
		return nil, s.wrong("no more than 1000 bytes")
	}
	s.space()
	method := s.until(" \t:")
	if method == "" || strings.Trim(strings.ToUpper(method), "ABCDEFGHIJKLMNOPQRSTUVWXYZ-*") != "" || method != "*" && strings.Contains(method, "*") {
		s.at -= len(method)
		return nil, s.wrong("a method such as POST, or *")
	}
	l.method = strings.ToUpper(method)
	s.space()
	glob, found := s.path()
	if glob == "" || !found {
		return nil, s.wrong("a glob on the path, such as */payments, and a colon behind it")
	}
	var err error
	if l.path, err = regexp.Compile("^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(normal(glob))) + "$"); err != nil {
		return nil, s.wrong("a glob on the path")
	}
	s.space()
	if l.amount, err = s.members(); err != nil {
		return nil, err
	}
	return l, s.bounds(l)
}

// bounds reads "each <= 1, total <= 2" to the end.
func (s *scanner) bounds(l *Limit) error {
	for {
		s.space()
		word := s.word()
		bound := &l.each
		switch {
		case word == "total":
			bound = &l.total
		case word != "each":
			s.at -= len(word)
			return s.wrong("each or total")
		}
		if *bound != nil {
			s.at -= len(word)
			return s.wrong("each and total once at most")
		}
		s.space()
		if !strings.HasPrefix(s.text[s.at:], "<=") {
			return s.wrong("<=")
		}
		s.at += len("<=")
		s.space()
		var err error
		if *bound, err = s.number(); err != nil {
			return err
		}
		s.space()
		switch {
		case s.at == len(s.text):
			return nil
		case s.text[s.at] != ',':
			return s.wrong("a comma or the end")
		}
		s.at++
	}
}

// A scanner goes through a limit from left to right.
type scanner struct {
	text string
	at   int // in bytes
}

func (s *scanner) wrong(want string) error {
	return &SyntaxError{Text: s.text, Column: utf8.RuneCountInString(s.text[:s.at]) + 1, Want: want}
}

func (s *scanner) space() {
	s.at = len(s.text) - len(strings.TrimLeft(s.text[s.at:], " \t"))
}

// until takes what stands before any of these characters.
func (s *scanner) until(stop string) string {
	rest := s.text[s.at:]
	if i := strings.IndexAny(rest, stop); i >= 0 {
		rest = rest[:i]
	}
	s.at += len(rest)
	return rest
}

// path takes the glob, which ends at the colon that a space or nothing follows, and reports whether there is one.
func (s *scanner) path() (string, bool) {
	rest := s.text[s.at:]
	i := strings.IndexAny(rest, " \t:")
	if i < 0 || rest[i] != ':' {
		if i > 0 {
			s.at += i
		}
		return "", false
	}
	s.at += i + 1
	return rest[:i], true
}

// word takes letters.
func (s *scanner) word() string {
	rest := s.text[s.at:]
	n := len(rest) - len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"))
	s.at += n
	return rest[:n]
}

// members takes the names of members, with a dot between them. "*" is every element of a list.
func (s *scanner) members() ([]string, error) {
	start := s.at
	text := s.until(" \t,:<=")
	list := strings.Split(text, ".")
	for _, name := range list {
		if name == "" {
			s.at = start
			return nil, s.wrong("the path of an amount, such as amount.value")
		}
	}
	return list, nil
}

// number takes a number of 0 or more, without an exponent.
func (s *scanner) number() (*big.Rat, error) {
	rest := s.text[s.at:]
	n := len(rest) - len(strings.TrimLeft(rest, "0123456789."))
	value, ok := new(big.Rat).SetString(rest[:n])
	if n > longestNumber || !ok || rest[n-1] == '.' || rest[0] == '.' {
		return nil, s.wrong("a number of 0 or more")
	}
	s.at += n
	return value, nil
}
