package limit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"unicode/utf8"
)

// The most that a body that is looked at may have: in bytes, and in brackets within each other.
const (
	mostBody  = 16 << 20
	mostDepth = 200
)

// read returns the amounts in a request's body, and their currency, "" where the body names none.
//
// Servers differ in how they read what is ambiguous: of two members of one name some take the first and some the last,
// and some do not tell upper from lower case. Such a body is refused, as is all else that leaves a doubt.
func (l *Limit) read(r *Request) (amounts []*big.Rat, currency string, err error) {
	body, ok := r.Body()
	switch {
	case !ok:
		return nil, "", errors.New("its body comes from a file, so " + l.name() + " cannot be read")
	case len(body) > mostBody:
		return nil, "", errors.New("its body is too large to look for " + l.name())
	case encoded(r):
		return nil, "", errors.New("its body is encoded, so " + l.name() + " cannot be read")
	case !utf8.Valid(body):
		return nil, "", errors.New("its body is no UTF-8, so " + l.name() + " cannot be read")
	}
	root, err := parseJSON(body)
	if err != nil {
		return nil, "", fmt.Errorf("its body is no JSON that everybody reads the same way (%w), so %s cannot be read", err, l.name())
	}
	found := []trail{{root}}
	for i, name := range l.amount {
		var next []trail
		for _, t := range found {
			more, err := t.step(name)
			if err != nil {
				return nil, "", fmt.Errorf("%s cannot be read: %w", strings.Join(l.amount[:i+1], "."), err)
			}
			next = append(next, more...)
		}
		found = next
	}
	for i, t := range found {
		amount, err := number(t[len(t)-1])
		if err != nil {
			return nil, "", fmt.Errorf("%s cannot be read: %w", l.name(), err)
		}
		own, err := t.currency()
		if err != nil {
			return nil, "", err
		}
		if i > 0 && own != currency {
			return nil, "", errors.New("its amounts are in several currencies")
		}
		amounts, currency = append(amounts, amount), own
	}
	if len(amounts) == 0 {
		return nil, "", errors.New("it has no " + l.name())
	}
	return amounts, currency, nil
}

// encoded reports whether a header says that the body is packed, or in letters other than UTF-8.
func encoded(r *Request) bool {
	for i := range r.Header {
		value := strings.ToLower(r.Header[i].Value)
		switch strings.ToLower(r.Header[i].Key) {
		case "content-encoding":
			if value = strings.TrimSpace(value); value != "" && value != "identity" {
				return true
			}
		case "content-type":
			if _, set, found := strings.Cut(value, "charset="); found && !strings.HasPrefix(strings.Trim(set, `" `), "utf-8") {
				return true
			}
		}
	}
	return false
}

// An object keeps members in their order, those of one name too.
type object []member

type member struct {
	name  string
	value any
}

// A trail is a value with all that it is in, outermost first.
type trail []any

// step goes on to a member, or with "*" to every element of a list.
func (t trail) step(name string) ([]trail, error) {
	with := func(v any) trail { return append(t[:len(t):len(t)], v) }
	switch in := t[len(t)-1].(type) {
	case []any:
		if name != "*" {
			return nil, errors.New("it is in a list, whose elements * stands for")
		}
		var list []trail
		for _, v := range in {
			list = append(list, with(v))
		}
		return list, nil
	case object:
		v, n := in.get(name)
		switch {
		case n == 0:
			return nil, errors.New("the body has no such member")
		case n > 1:
			return nil, errors.New("the body has several members of that name")
		}
		return []trail{with(v)}, nil
	}
	return nil, errors.New("the body has no such member")
}

// get returns the member of a name, and how many there are that some server might take for it.
func (o object) get(name string) (value any, n int) {
	for _, m := range o {
		if strings.EqualFold(m.name, name) {
			n++
			if n == 1 || m.name == name {
				value = m.value
			}
		}
	}
	return value, n
}

// number reads an amount: a JSON number of 0 or more.
func number(v any) (*big.Rat, error) {
	n, ok := v.(json.Number)
	if !ok {
		return nil, errors.New("it is no number")
	}
	text := n.String()
	if mantissa, exponent, scientific := strings.Cut(strings.ToLower(text), "e"); len(mantissa) > longestNumber || scientific && len(strings.TrimLeft(exponent, "+-0")) > 2 {
		return nil, errors.New("it has too many digits")
	}
	amount, ok := new(big.Rat).SetString(text)
	switch {
	case !ok:
		return nil, errors.New("it is no number")
	case amount.Sign() < 0:
		return nil, errors.New("it is below 0")
	}
	return amount, nil
}

// currency is the member of that name that stands nearest to the amount: beside it, or beside what it is in.
func (t trail) currency() (string, error) {
	for i := len(t) - 2; i >= 0; i-- {
		in, ok := t[i].(object)
		if !ok {
			continue
		}
		v, n := in.get("currency")
		if n == 0 {
			continue
		}
		text, ok := v.(string)
		if text = strings.ToUpper(text); n > 1 || !ok || len(text) != 3 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return "", errors.New("its currency cannot be read")
		}
		return text, nil
	}
	return "", nil
}

// parseJSON reads one JSON value and nothing behind it. The error says what is wrong.
func parseJSON(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	v, err := value(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind it")
	}
	return v, nil
}

// value reads JSON and keeps the order of keys and doubled ones: a server may read the other one of the two.
func value(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return t, nil
	}
	if depth > mostDepth {
		return nil, errors.New("it is nested too deeply")
	}
	var list []any
	var o object
	for d.More() {
		name := ""
		if delim == '{' {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			name, _ = key.(string)
		}
		v, err := value(d, depth+1)
		if err != nil {
			return nil, err
		}
		list, o = append(list, v), append(o, member{name, v})
	}
	if _, err := d.Token(); err != nil { // the closing bracket
		return nil, err
	}
	if delim == '{' {
		return o, nil
	}
	return list, nil
}
